"""What a lenient stand-in lets pass: one line for each thing that Slack refuses."""

# A probe is read across, however long its line.
# ruff: noqa: E501

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any, NamedTuple

import pytest

from sandbox.json_types import Json
from sandbox.model.gathering import open_direct
from tests.sandbox.asking import modal, plain, text_input
from tests.sandbox.stage import LINK, Stage, as_form, staged

DIVIDER: Json = {"type": "divider"}
NOWHERE = "C0NOWHERE00"
BUTTON: Json = {"type": "button", "action_id": "go", "text": plain("Go")}


class Probe(NamedTuple):
    what: str
    method: str
    arguments: Callable[[Stage], Json]
    error: str
    before: str = ""


def text(words: str) -> list[Json]:
    return [{"type": "section", "text": plain(words)}]


def buttons(count: int, **parts: Any) -> list[Json]:
    row = [{**BUTTON, "action_id": f"go{number}", **parts} for number in range(count)]
    return [{"type": "actions", "elements": row}]


def post(**parts: Any) -> Callable[[Stage], Json]:
    return lambda at: {"channel": at["room"], "text": "x", **parts}


def view(*blocks: Json, **parts: Any) -> Callable[[Stage], Json]:
    return lambda at: {"trigger_id": at.trigger(), "view": modal(*blocks, **parts)}


def room(**parts: Any) -> Callable[[Stage], Json]:
    return lambda at: {"channel": at["room"], **parts}


def message(**parts: Any) -> Callable[[Stage], Json]:
    return lambda at: {"channel": at["room"], "timestamp": at["ts"], **parts}


def link(**parts: Any) -> Callable[[Stage], Json]:
    return lambda at: {
        "channel_id": at["room"],
        "title": "t",
        "type": "link",
        "link": LINK,
        **parts,
    }


POST, OPEN, PUSH = "chat.postMessage", "views.open", "views.push"
PROBES = [
    Probe("no token", POST, post(), "not_authed", "token="),
    Probe("a token nobody gave", POST, post(), "invalid_auth", "token=xoxb-1-2-x"),
    Probe("an expired token", POST, post(), "token_expired", "expired"),
    Probe("a revoked token", POST, post(), "token_revoked", "revoked"),
    Probe("the app's token", POST, post(), "not_allowed_token_type", "token=app"),
    Probe("a missing scope", POST, post(), "missing_scope", "poor"),
    Probe("an unknown method", "chat.shout", post(), "unknown_method"),
    Probe("a method long gone", "channels.create", lambda _: {"name": "x"}, "method_deprecated"),
    Probe("a method of old", "files.upload", lambda _: {"content": "x"}, "method_deprecated"),
    Probe("a channel that is not there", POST, post(channel=NOWHERE), "channel_not_found"),
    Probe("a post to nobody", POST, post(channel="U0NOBODY000"), "channel_not_found"),
    Probe("a direct message of others", POST, lambda at: {"channel": at["theirs"], "text": "x"}, "channel_not_found"),
    Probe("a private channel of others", POST, lambda at: {"channel": at["secret"], "text": "x"}, "channel_not_found"),
    Probe("an archived channel", POST, lambda at: {"channel": at["old"], "text": "x"}, "is_archived"),
    Probe("a channel without the bot", "pins.list", lambda at: {"channel": at["secret"]}, "channel_not_found"),
    Probe("no text at all", POST, post(text=""), "no_text"),
    Probe("51 blocks", POST, post(blocks=[DIVIDER] * 51), "invalid_blocks"),
    Probe("3,001 characters", POST, post(blocks=text("x" * 3_001)), "invalid_blocks"),
    Probe("an empty text object", POST, post(blocks=text("")), "invalid_blocks"),
    Probe("blocks that are no list", POST, post(blocks=DIVIDER), "invalid_blocks_format"),
    Probe("blocks that are no JSON", POST, post(blocks="[{"), "invalid_blocks_format"),
    Probe("an unknown block", POST, post(blocks=[{"type": "marquee"}]), "invalid_blocks"),
    Probe("an input in a message without a place", POST, post(blocks=[{"type": "input"}]), "invalid_blocks"),
    Probe("26 buttons", POST, post(blocks=buttons(26)), "invalid_blocks"),
    Probe("the same action twice", POST, post(blocks=buttons(2, action_id="go")), "invalid_blocks"),
    Probe("a long button", POST, post(blocks=buttons(1, text=plain("x" * 76))), "invalid_blocks"),
    Probe("an image without alt text", POST, post(blocks=[{"type": "image", "image_url": LINK}]), "invalid_blocks"),
    Probe("text and markdown", POST, post(markdown_text="*x*"), "markdown_text_conflict"),
    Probe("101 attachments", POST, post(attachments=[{"text": "x"}] * 101), "too_many_attachments"),
    Probe("a reply to nothing", "conversations.replies", room(ts="1.000001"), "thread_not_found"),
    Probe("an ephemeral for an outsider", "chat.postEphemeral", lambda at: {"channel": at["room"], "user": at["carol"], "text": "x"}, "user_not_in_channel"),
    Probe("an update of nothing", "chat.update", room(ts="1.000001", text="x"), "message_not_found"),
    Probe("an update of another's", "chat.update", lambda at: {"channel": at["room"], "ts": at["shared"], "text": "x"}, "cant_update_message"),
    Probe("an update too long", "chat.update", lambda at: {"channel": at["room"], "ts": at["ts"], "text": "x" * 4_001}, "msg_too_long"),
    Probe("a deletion of another's", "chat.delete", lambda at: {"channel": at["room"], "ts": at["shared"]}, "cant_delete_message"),
    Probe("a message for yesterday", "chat.scheduleMessage", room(text="x", post_at="1"), "time_in_past"),
    Probe("a name in capitals", "conversations.create", lambda _: {"name": "Room"}, "invalid_name_specials"),
    Probe("a name of 81", "conversations.create", lambda _: {"name": "r" * 81}, "invalid_name_maxlength"),
    Probe("a taken name", "conversations.create", lambda _: {"name": "old"}, "name_taken"),
    Probe("archiving twice", "conversations.archive", lambda at: {"channel": at["old"]}, "already_archived"),
    Probe("archiving #general", "conversations.archive", lambda at: {"channel": at["general"]}, "cant_archive_general", "join"),
    Probe("inviting oneself", "conversations.invite", lambda at: {"channel": at["room"], "users": at["bot"]}, "cant_invite_self"),
    Probe("inviting whoever is in", "conversations.invite", lambda at: {"channel": at["room"], "users": at["alice"]}, "already_in_channel"),
    Probe("inviting nobody", "conversations.invite", room(users="U0NOBODY000"), "user_not_found"),
    Probe("a topic of 251", "conversations.setTopic", room(topic="x" * 251), "too_long"),
    Probe("a topic of a direct message", "conversations.rename", lambda at: {"channel": at["dm"], "name": "x"}, "method_not_supported_for_channel_type"),
    Probe("a made-up cursor", "conversations.list", lambda _: {"cursor": "page2"}, "invalid_cursor"),
    Probe("pinning twice", "pins.add", message(), "already_pinned"),
    Probe("the same reaction twice", "reactions.add", message(name="eyes"), "already_reacted"),
    Probe("an emoji that is none", "reactions.add", message(name="Not an emoji"), "invalid_name"),
    Probe("a reaction that is not there", "reactions.remove", message(name="tada"), "no_reaction"),
    Probe("a link without http", "bookmarks.add", link(link="example.com"), "invalid_link"),
    Probe("a bookmark that is not there", "bookmarks.remove", lambda at: {"channel_id": at["room"], "bookmark_id": "Bk0"}, "not_found"),
    Probe("an e-mail of nobody", "users.lookupByEmail", lambda _: {"email": "x@example.com"}, "users_not_found"),
    Probe("a trigger from nowhere", OPEN, lambda _: {"trigger_id": "1.2.abc", "view": modal()}, "invalid_trigger_id"),
    Probe("an expired trigger", OPEN, lambda at: {"trigger_id": at["stale"], "view": modal()}, "expired_trigger_id", "wait"),
    Probe("a used trigger", OPEN, lambda at: {"trigger_id": at["used"], "view": modal()}, "exchanged_trigger_id", "use"),
    Probe("a fourth view", PUSH, lambda at: {"trigger_id": at.trigger_in_view(), "view": modal()}, "push_limit_reached", "stack"),
    Probe("a title of 25", OPEN, view(title=plain("x" * 25)), "invalid_arguments"),
    Probe("an input without submit", OPEN, view(text_input(), submit=None), "invalid_arguments"),
    Probe("101 blocks", OPEN, view(*[DIVIDER] * 101), "invalid_arguments"),
    Probe("a view too large", OPEN, view(*text("x" * 3_000) * 90), "view_too_large"),
    Probe("a taken external id", OPEN, view(external_id="form-1"), "duplicate_external_id"),
    Probe("a stale hash", "views.publish", lambda at: {"user_id": at["alice"], "view": {"type": "home", "blocks": [DIVIDER]}, "hash": "1.old"}, "hash_conflict"),
    Probe("a view that is gone", "views.update", lambda _: {"view_id": "V0GONE", "view": modal()}, "not_found"),
    Probe("a file that is not there", "files.info", lambda _: {"file": "F0NOFILE"}, "file_not_found"),
    Probe("deleting another's file", "files.delete", lambda at: {"file": at["theirs.txt"]}, "cant_delete_file", "upload"),
    Probe("a direct message with the tab off", POST, lambda at: {"channel": at["alice"], "text": "x"}, "messages_tab_disabled", "tab"),
    Probe("removing from #general", "conversations.kick", lambda at: {"channel": at["general"], "user": at["alice"]}, "cant_kick_from_general", "join"),
    Probe("leaving as the last", "conversations.leave", lambda at: {"channel": at["alone"]}, "last_member", "alone"),
    Probe("a reaction from outside", "reactions.add", lambda at: {"channel": at["incidents"], "timestamp": at["said"], "name": "eyes"}, "no_access", "say"),
    Probe("an invitation to nobody", "conversations.invite", room(users=","), "no_user"),
    Probe("attachments that are none", "chat.update", lambda at: {"channel": at["room"], "ts": at["ts"], "attachments": [{"fields": "x"}]}, "invalid_attachments"),
    Probe("metadata of a person", POST, post(metadata={"event_type": "e", "event_payload": {}}), "metadata_must_be_sent_from_app", "token=user"),
    Probe("a sign-in with bad blocks", "chat.unfurl", lambda at: {"channel": at["room"], "ts": at["shared"], "user_auth_blocks": [{"type": "marquee"}]}, "cannot_prompt"),
    Probe("a group without a name", "usergroups.create", lambda _: {"name": ""}, "missing_subteam_name"),
    Probe("a group of nobody", "usergroups.users.update", lambda at: {"usergroup": at["group"], "users": ""}, "no_users_provided"),
    Probe("a group of commas", "usergroups.users.update", lambda at: {"usergroup": at["group"], "users": ","}, "no_users_provided"),
]  # fmt: skip


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """Besides: conversations of others, in which the bot has no part."""
    async with staged(user_scopes=("chat:write",)) as stage:
        workspace = stage.sandbox.world.workspace
        act = stage.sandbox.control.act
        secret = await act("create_channel", user="alice", name="secret", is_private=True)
        theirs = open_direct(workspace, (stage["alice"], stage["bob"]))
        stage.names |= {"secret": secret["channel"], "theirs": theirs.id}
        yield stage


async def prepare(stage: Stage, what: str) -> str | None:
    """Bring about what a probe needs; the token to use instead of the usual one, if any."""
    if what.startswith("token="):
        token = what.removeprefix("token=")
        own = {"app": stage.sandbox.app_token, "user": stage.sandbox.user_token}
        return own.get(token, token)
    if what in ("expired", "revoked"):
        await stage.sandbox.token("bot", state=what)
    elif what == "poor":
        await stage.sandbox.token("bot", scopes=["commands"])
    elif what == "join":
        await stage.done("conversations.join", channel=stage["general"])
    elif what == "stack":
        for _ in range(2):
            pushed = {"trigger_id": stage.trigger_in_view(), "view": modal()}
            stage.names["view"] = (await stage.done(PUSH, **pushed))["view"]["id"]
    else:
        await _with_triggers(stage, what)
        await _with_others(stage, what)
    return None


async def _with_others(stage: Stage, what: str) -> None:
    act, world = stage.sandbox.control.act, stage.sandbox.world
    if what == "upload":
        content = {"name": "theirs.txt", "content": "bGluZQ=="}
        await act("upload", user="alice", channel=stage["room"], **content)
        stage.names["theirs.txt"] = next(reversed(world.workspace.files))
    elif what == "tab":
        world.app = replace(world.app, messages_tab=False)
    elif what == "alone":
        made = await stage.done("conversations.create", name="alone", is_private=True)
        stage.names["alone"] = made["channel"]["id"]
    elif what == "say":
        said = await act("post", user="alice", channel=stage["incidents"], text="Hi")
        stage.names["said"] = said["message"]["ts"]


async def _with_triggers(stage: Stage, what: str) -> None:
    if what == "wait":
        stage.names["stale"] = stage.trigger()
        await stage.sandbox.advance(3)
    elif what == "use":
        stage.names["used"] = stage.trigger()
        await stage.done(OPEN, trigger_id=stage["used"], view=modal())


@pytest.mark.parametrize("probe", PROBES, ids=[probe.what for probe in PROBES])
async def test_what_slack_refuses_is_refused(stage: Stage, probe: Probe) -> None:
    token = await prepare(stage, probe.before)

    answer = await stage.post(probe.method, token=token, data=probe_form(stage, probe))

    assert answer == {**answer, "ok": False, "error": probe.error}


def probe_form(stage: Stage, probe: Probe) -> dict[str, str]:
    return {name: as_form(value) for name, value in probe.arguments(stage).items()}
