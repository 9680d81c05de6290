"""The parts of a manifest and their limits."""

from sandbox.manifest.shapes import Anything, Flag, Mapped, Several, Text, Whole

URL = r"^https?://"
ADDRESS = "https://example.com/slack/events"


def _url(most: int) -> Text:
    return Text(most=most, pattern=URL, like=ADDRESS)


METADATA = Mapped(
    parts={
        name: Whole()
        for name in ("schema_version", "min_version", "major_version", "minor_version")
    }
)
DISPLAY_INFORMATION = Mapped(
    required=("name",),
    parts={
        "name": Text(fewest=1, most=35),
        "description": Text(fewest=1, most=140),
        "background_color": Text(
            fewest=4, most=7, pattern=r"^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$", like="#7a1f1f"
        ),
        "long_description": Text(fewest=175, most=4_000),
    },
)
SLASH_COMMAND = Mapped(
    required=("command", "description"),
    parts={
        "command": Text(fewest=2, most=32, pattern=r"^/", like="/hello"),
        "url": _url(3_000),
        "description": Text(fewest=1, most=2_000),
        "usage_hint": Text(fewest=1, most=1_000),
        "should_escape": Flag(),
    },
)
SHORTCUT = Mapped(
    required=("name", "type", "callback_id", "description"),
    parts={
        "name": Text(fewest=1, most=24),
        "type": Text(one_of=("message", "global")),
        "callback_id": Text(fewest=1, most=255),
        "description": Text(fewest=1, most=150),
    },
)
PROMPT = Mapped(required=("title", "message"), parts={"title": Text(), "message": Text()})
AGENT_VIEW = Mapped(
    parts={
        "agent_description": Text(most=300),
        "suggested_prompts": Several(each=PROMPT, most=4),
        "actions": Several(
            each=Mapped(
                required=("name", "description"), parts={"name": Text(), "description": Text()}
            )
        ),
    }
)
ASSISTANT_VIEW = Mapped(
    required=("assistant_description",),
    parts={"assistant_description": Text(), "suggested_prompts": Several(each=PROMPT)},
)
FEATURES = Mapped(
    parts={
        "app_home": Mapped(
            parts={
                name: Flag()
                for name in (
                    "home_tab_enabled",
                    "messages_tab_enabled",
                    "messages_tab_read_only_enabled",
                )
            }
        ),
        "bot_user": Mapped(
            required=("display_name",),
            parts={"display_name": Text(fewest=1, most=80), "always_online": Flag()},
        ),
        "functions": Anything(),
        "shortcuts": Several(each=SHORTCUT, fewest=1, most=10),
        "slash_commands": Several(each=SLASH_COMMAND, fewest=1, most=50),
        "workflow_steps": Anything(),
        "unfurl_domains": Several(
            each=Text(most=255, pattern=r"^(?![.\-])([-a-z0-9.])+([a-z0-9])$", like="example.com"),
            fewest=1,
            most=5,
            unique=True,
        ),
        "assistant_view": ASSISTANT_VIEW,
        "agent_view": AGENT_VIEW,
    }
)
SCOPES = Several(each=Text(most=50), most=255)
OAUTH_CONFIG = Mapped(
    parts={
        "redirect_urls": Several(each=Text(most=2_500), most=1_000, unique=True),
        "scopes": Mapped(
            parts={"user": SCOPES, "bot": SCOPES, "user_optional": SCOPES, "bot_optional": SCOPES}
        ),
        "token_management_enabled": Flag(),
        "pkce_enabled": Flag(),
    }
)
EVENTS = Several(each=Text(most=50), most=100, unique=True)
METADATA_SUBSCRIPTION = Mapped(
    required=("app_id", "event_type"), parts={"app_id": Text(), "event_type": Text(most=50)}
)
SETTINGS = Mapped(
    parts={
        "allowed_ip_address_ranges": Several(each=Text(), fewest=1, most=50, unique=True),
        "event_subscriptions": Mapped(
            parts={
                "request_url": _url(3_500),
                "user_events": EVENTS,
                "bot_events": EVENTS,
                "metadata_subscriptions": Several(
                    each=METADATA_SUBSCRIPTION, fewest=1, most=20, unique=True
                ),
            }
        ),
        "incoming_webhooks": Mapped(parts={"incoming_webhooks_enabled": Flag()}),
        "interactivity": Mapped(
            required=("is_enabled",),
            parts={
                "is_enabled": Flag(),
                "request_url": _url(3_500),
                "message_menu_options_url": _url(3_500),
            },
        ),
        "org_deploy_enabled": Flag(),
        "socket_mode_enabled": Flag(),
        "is_hosted": Flag(),
        "token_rotation_enabled": Flag(),
        "siws_links": Anything(),
        "hermes_app_type": Text(),
        "function_runtime": Text(),
        "is_mcp_enabled": Flag(),
    }
)
# Parts for apps that Slack itself hosts, lists in its directory, or connects to models.
NOT_MODELLED = (
    "app_directory",
    "functions",
    "workflows",
    "datastores",
    "outgoing_domains",
    "types",
    "external_auth_providers",
    "mcp_servers",
)
MANIFEST = Mapped(
    required=("display_information",),
    parts={
        "$schema": Text(),
        "_metadata": METADATA,
        "display_information": DISPLAY_INFORMATION,
        "features": FEATURES,
        "oauth_config": OAUTH_CONFIG,
        "settings": SETTINGS,
        **{name: Anything() for name in NOT_MODELLED},
    },
)
