"""A Web API call after it was answered: what it showed, and what its refusal says of the app."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.json_text import read_json
from sandbox.json_types import Json
from sandbox.referee.messages import review_message, review_view
from sandbox.referee.secrets import review_secrets
from sandbox.referee.typed import review_broadcasts, review_typed
from sandbox.world import World

# Refusals that an app avoids by counting before it sends.
TOO_MUCH = frozenset(
    {
        "msg_too_long",
        "msg_blocks_too_long",
        "too_many_attachments",
        "metadata_too_large",
        "too_long",
        "view_too_large",
        "push_limit_reached",
        "invalid_name_maxlength",
        "too_many_pins",
        "too_many_bookmarks",
        "too_many_emoji",
        "too_many_reactions",
        "users_list_too_long",
    }
)
# Refusals of things no app should send at all.
MALFORMED = frozenset(
    {
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_arguments",
        "invalid_array_arg",
        "invalid_metadata_format",
        "invalid_post_type",
        "markdown_text_conflict",
        "no_text",
        "slack_text_block_required",
    }
)
CHANGING = frozenset({"chat.update", "chat.delete"})
ARCHIVED = frozenset({"is_archived", "is_inactive"})
# Their secrets are arguments, and nobody sees what they are sent.
UNSEEN = frozenset({"oauth.v2.access", "oauth.v2.exchange", "apps.uninstall", "blocks.validate"})
# Arguments that Slack parses as its markup, by method; it says so of none of the topics, where
# mentions work all the same.
MARKUP: Mapping[str, str] = {
    "conversations.setTopic": "topic",
    "conversations.setPurpose": "purpose",
    "files.completeUploadExternal": "initial_comment",
    "chat.meMessage": "text",
}

# Slack neither formats them nor makes links in them.
UNLINKED = frozenset({"conversations.setTopic", "conversations.setPurpose"})

Look = Callable[[World, str, Json], None]


def review_call(world: World, method: str, arguments: Json, body: Json) -> None:
    """Look at one call and its answer; nothing of a refused call was shown."""
    if not body.get("ok"):
        _review_refusal(world, method, str(body.get("error")))
    elif method not in UNSEEN:
        content = {name: _decoded(name, value) for name, value in arguments.items()}
        _LOOKS.get(method, _at_markup)(world, method, content)


def _review_refusal(world: World, method: str, error: str) -> None:
    if method in UNSEEN:
        return
    for codes, finding in ((TOO_MUCH, "over_limit"), (MALFORMED, "invalid_content")):
        if error in codes:
            world.journal.finding(finding, f"{method} was refused with {error}.", where=method)
    if method in CHANGING and error in ARCHIVED:
        world.journal.finding(
            "edited_after_archive",
            f"{method} was refused with {error}: the channel is archived.",
            where=method,
        )


# Sent as JSON, or as a text that holds JSON.
_NESTED = frozenset({"blocks", "attachments", "view", "unfurls", "metadata", "user_auth_blocks"})


def _decoded(name: str, value: Any) -> Any:
    if name not in _NESTED or not isinstance(value, str):
        return value
    try:
        return read_json(value)
    except ValueError:
        return value


def _at_message(world: World, method: str, content: Json) -> None:
    spoken = content | {"text": content.get("text") or content.get("markdown_text")}
    review_message(world, method, spoken)


def _at_view(world: World, method: str, content: Json) -> None:
    if isinstance(content.get("view"), dict):
        review_view(world, method, content["view"])


def _at_unfurls(world: World, method: str, content: Json) -> None:
    unfurls = content.get("unfurls")
    for shown in unfurls.values() if isinstance(unfurls, dict) else ():
        if isinstance(shown, dict):
            parts = {"blocks": shown.get("blocks"), "attachments": [shown]}
            review_typed(world, method, parts)
            review_broadcasts(world, method, parts)
    review_secrets(world, method, content)


def _at_markup(world: World, method: str, content: Json) -> None:
    if method in MARKUP:
        spoken = {"text": content.get(MARKUP[method]), "blocks": content.get("blocks")}
        spoken |= {"parse": "none"} if method in UNLINKED else {}
        review_typed(world, method, spoken)
        review_broadcasts(world, method, spoken)
    review_secrets(world, method, content)


_LOOKS: Mapping[str, Look] = {
    "chat.postMessage": _at_message,
    "chat.postEphemeral": _at_message,
    "chat.scheduleMessage": _at_message,
    "chat.update": _at_message,
    "chat.unfurl": _at_unfurls,
    "views.open": _at_view,
    "views.push": _at_view,
    "views.update": _at_view,
    "views.publish": _at_view,
}
