"""Manifests at their limits and with mistakes, each with the sentence that names it."""

from copy import deepcopy
from typing import Any

from sandbox.json_types import Json
from tests.sandbox.app_manifest import manifest

URL = "https://app.example.com/slack/events"
COMMAND = {"command": "/hello", "description": "Says hello"}
SHORTCUT = {"name": "Greet", "type": "global", "callback_id": "greet", "description": "Greets"}
NAME = "display_information"
EVENTS = "settings.event_subscriptions"


def changed(path: str, value: Any, start: Json | None = None) -> Json:
    """The manifest of these tests with one part replaced."""
    description = deepcopy(start or manifest())
    place: Any = description
    *parents, last = path.split(".")
    for name in parents:
        place = place.setdefault(name, {})
    place[last] = value
    return description


def commands(count: int) -> list[Json]:
    return [COMMAND | {"command": f"/hello{number}"} for number in range(count)]


def shortcuts(count: int) -> list[Json]:
    return [SHORTCUT | {"callback_id": f"greet{number}"} for number in range(count)]


def domains(count: int) -> list[str]:
    return [f"host{number}.example.com" for number in range(count)]


# The longest or largest that fits, and what is one above it.
AT_THE_LIMIT: list[tuple[str, Any, Any]] = [
    (f"{NAME}.name", "n" * 35, "n" * 36),
    (f"{NAME}.description", "d" * 140, "d" * 141),
    (f"{NAME}.long_description", "d" * 4_000, "d" * 4_001),
    (f"{NAME}.long_description", "d" * 175, "d" * 174),
    ("features.bot_user.display_name", "b" * 80, "b" * 81),
    ("features.slash_commands", commands(50), commands(51)),
    ("features.slash_commands", commands(1), []),
    (
        "features.slash_commands",
        [COMMAND | {"command": "/" + "c" * 31}],
        [COMMAND | {"command": "/" + "c" * 32}],
    ),
    ("features.slash_commands", [COMMAND | {"command": "/c"}], [COMMAND | {"command": "/"}]),
    (
        "features.slash_commands",
        [COMMAND | {"description": "d" * 2_000}],
        [COMMAND | {"description": "d" * 2_001}],
    ),
    (
        "features.slash_commands",
        [COMMAND | {"usage_hint": "h" * 1_000}],
        [COMMAND | {"usage_hint": "h" * 1_001}],
    ),
    ("features.shortcuts", shortcuts(10), shortcuts(11)),
    ("features.shortcuts", [SHORTCUT | {"name": "n" * 24}], [SHORTCUT | {"name": "n" * 25}]),
    (
        "features.shortcuts",
        [SHORTCUT | {"callback_id": "c" * 255}],
        [SHORTCUT | {"callback_id": "c" * 256}],
    ),
    (
        "features.shortcuts",
        [SHORTCUT | {"description": "d" * 150}],
        [SHORTCUT | {"description": "d" * 151}],
    ),
    ("features.unfurl_domains", domains(5), domains(6)),
    ("features.agent_view.agent_description", "d" * 300, "d" * 301),
    (
        "features.agent_view.suggested_prompts",
        [{"title": "t", "message": "m"}] * 4,
        [{"title": "t", "message": "m"}] * 5,
    ),
]

MISTAKES: list[tuple[str, Any, str]] = [
    (f"{NAME}.name", 7, f"{NAME}.name must be a text."),
    (f"{NAME}.colour", "#fff", f"{NAME}.colour is not a part of a manifest"),
    (f"{NAME}.background_color", "#ggg", f"{NAME}.background_color must look like #7a1f1f"),
    ("featurs", {}, "featurs is not a part of a manifest"),
    ("features", None, "features must be a mapping."),
    ("features.slash_commands", [{"command": "/x"}], "features.slash_commands[0].description is"),
    ("features.slash_commands", [COMMAND | {"command": "x-y"}], "must look like /hello"),
    ("features.slash_commands", [COMMAND | {"command": "/Hello"}], "one word in lower case"),
    ("features.slash_commands", [COMMAND | {"command": "/a b"}], "one word in lower case"),
    ("features.slash_commands", [COMMAND, COMMAND], "[1].command repeats /hello"),
    ("features.slash_commands", [COMMAND | {"url": "ftp://x"}], "[0].url must look like https"),
    ("features.slash_commands", [COMMAND | {"should_escape": 1}], "must be true or false"),
    ("features.shortcuts", [SHORTCUT | {"type": "both"}], "must be one of message, global"),
    ("features.shortcuts", [SHORTCUT, SHORTCUT], "callback_id repeats greet"),
    ("features.unfurl_domains", ["https://example.com"], "must look like example.com"),
    ("features.unfurl_domains", ["a.example", "a.example"], "repeats 'a.example'"),
    ("settings.interactivity.is_enabled", False, "need settings.interactivity.is_enabled"),
    ("settings.interactivity.request_url", "slack/events", "must look like https"),
    ("oauth_config.scopes.bot", ["commands", "chat:wite"], "did you mean chat:write"),
    ("oauth_config.scopes.bot", ["commands", "admin"], "no scope admin for this kind of token"),
    ("oauth_config.scopes.user", ["chat:write", "chat:write"], "repeats chat:write"),
    ("oauth_config.scopes.bot", ["chat:write"], "need the scope commands"),
    (f"{EVENTS}.bot_events", ["app_menton"], "subscribe to app_menton; did you mean app_mention"),
    (f"{EVENTS}.bot_events", ["message"], "did you mean message.channels"),
    (f"{EVENTS}.bot_events", ["hello"], "nobody can subscribe to hello"),
    (f"{EVENTS}.bot_events", ["star_added"], "star_added needs the scope stars:read in"),
    (f"{EVENTS}.user_events", ["team_join"], "users:read in oauth_config.scopes.user"),
    ("_metadata.major_version", "2", "_metadata.major_version must be a whole number."),
]
