"""A success has every key of Slack's own example that the sandbox can know."""

from collections.abc import Iterator
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.json_types import Json
from sandbox.server import Sandbox
from tests.sandbox.asking import modal, text_input
from tests.sandbox.listening_app import ListeningApp
from tests.sandbox.reference import read
from tests.sandbox.triggers import deep_modal, trigger_in, trigger_of

# Examples show one message or user of many kinds; these parts belong to other kinds, to paid
# plans, or to features that are not modelled.
NOT_MODELLED = {
    "chat.postMessage": {"message.attachments", "message.subtype", "message.username"},
    "conversations.create": {"channel.properties"},
    "conversations.info": {"channel.properties"},
    "conversations.invite": {"channel.is_read_only"},
    "conversations.join": {"response_metadata", "warning"},
    "conversations.history": {"response_metadata"},
    "conversations.replies": {
        "messages.unread_count",
        "messages.last_read",
        "messages.parent_user_id",
        "response_metadata",
    },
    "conversations.rename": {"channel.is_read_only", "channel.locale", "channel.num_members"},
    "users.info": {"user.profile.image_original"},
    "oauth.v2.access": {
        "authed_user.access_token",
        "authed_user.scope",
        "authed_user.token_type",
        "enterprise.id",
        "enterprise.name",
    },
    "users.list": {"members.profile", "members.has_2fa", "members.is_app_user"},
}


def paths(value: Any, prefix: str = "") -> Iterator[str]:
    """The dotted names of all keys; of a list its first element counts."""
    if isinstance(value, list):
        yield from paths(value[0], prefix) if value else ()
    elif isinstance(value, dict):
        for name, part in value.items():
            yield f"{prefix}{name}"
            yield from paths(part, f"{prefix}{name}.")


def compare(method: str, answer: AsyncSlackResponse) -> None:
    data: Any = answer.data
    given = set(paths(data))
    example = read("methods/methods.json")[method]["examples"]["success"]["example"]
    # Blocks are what the test sent, not what the example's author did.
    left_out = NOT_MODELLED.get(method, set()) | {"view.blocks"}
    expected = {
        path
        for path in paths(example)
        if not any(path == out or path.startswith(f"{out}.") for out in left_out)
        and not _in_empty_list(path, data)
    }
    assert expected <= given, (method, sorted(expected - given))


def _in_empty_list(path: str, data: Any) -> bool:
    """Whether the path leads through a list or a null that has nothing inside here."""
    for name in path.split(".")[:-1]:
        data = data.get(name) if isinstance(data, dict) else data
        data = data[0] if isinstance(data, list) and data else data
        if data in ([], None, {}):
            return True
    return False


async def test_channels_are_described_in_full(
    sandbox: Sandbox, slack: AsyncWebClient, alice: Person, bob: Person, general: Room
) -> None:
    made = await slack.conversations_create(name="room")
    name = str(made["channel"]["id"])

    compare("conversations.create", made)
    users = await alice.id()
    compare("conversations.invite", await slack.conversations_invite(channel=name, users=users))
    compare("conversations.info", await slack.conversations_info(channel=name))
    compare("conversations.list", await slack.conversations_list())
    compare("conversations.members", await slack.conversations_members(channel=name))
    compare("conversations.join", await slack.conversations_join(channel=general.id))
    topic = await slack.conversations_setTopic(channel=name, topic="t")
    compare("conversations.setTopic", topic)
    purpose = await slack.conversations_setPurpose(channel=name, purpose="p")
    compare("conversations.setPurpose", purpose)
    compare("conversations.rename", await slack.conversations_rename(channel=name, name="other"))
    compare("conversations.kick", await slack.conversations_kick(channel=name, user=users))
    compare("conversations.open", await slack.conversations_open(users=[await bob.id()]))
    compare("users.conversations", await slack.users_conversations())
    compare("conversations.archive", await slack.conversations_archive(channel=name))
    compare("conversations.unarchive", await slack.conversations_unarchive(channel=name))


async def test_messages_are_described_in_full(
    slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    posted = await slack.chat_postMessage(channel=room.id, text="x")
    ts = str(posted["ts"])
    user = await alice.id()

    compare("chat.postMessage", posted)
    compare(
        "chat.postEphemeral",
        await slack.chat_postEphemeral(channel=room.id, user=user, text="x"),
    )
    compare("chat.getPermalink", await slack.chat_getPermalink(channel=room.id, message_ts=ts))
    compare("chat.update", await slack.chat_update(channel=room.id, ts=ts, text="y"))
    compare("reactions.add", await slack.reactions_add(channel=room.id, timestamp=ts, name="eyes"))
    compare("pins.add", await slack.pins_add(channel=room.id, timestamp=ts))
    compare("pins.list", await slack.pins_list(channel=room.id))
    await slack.chat_postMessage(channel=room.id, text="r", thread_ts=ts)
    compare("conversations.history", await slack.conversations_history(channel=room.id))
    compare("conversations.replies", await slack.conversations_replies(channel=room.id, ts=ts))
    compare("chat.delete", await slack.chat_delete(channel=room.id, ts=ts))
    added = await slack.bookmarks_add(
        channel_id=room.id, title="t", type="link", link="https://example.com"
    )
    compare("bookmarks.add", added)
    compare("bookmarks.list", await slack.bookmarks_list(channel_id=room.id))


async def test_people_and_teams_are_described_in_full(
    sandbox: Sandbox, slack: AsyncWebClient, alice: Person
) -> None:
    bot = sandbox.world.workspace.team.bot_id

    compare("auth.test", await slack.auth_test())
    compare("team.info", await slack.team_info())
    compare("bots.info", await slack.bots_info(bot=bot))
    compare("users.info", await slack.users_info(user=await alice.id()))
    compare("users.list", await slack.users_list())
    compare("users.lookupByEmail", await slack.users_lookupByEmail(email="bob@example.com"))
    compare("usergroups.list", await slack.usergroups_list())
    opened = await slack.apps_connections_open(app_token=sandbox.app_token)
    compare("apps.connections.open", opened)


async def test_views_are_described_in_full(
    app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    trigger = await trigger_of(app, alice)
    opened = await slack.views_open(trigger_id=trigger, view=deep_modal())
    home: Json = {"type": "home", "blocks": [{"type": "divider"}]}

    compare("views.open", await _with_input(app, slack, alice))
    assert opened["view"]["id"]
    published = await slack.views_publish(user_id=await alice.id(), view=home)
    compare("views.publish", published)


async def _with_input(
    app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> AsyncSlackResponse:
    trigger = await trigger_in(app, alice)
    pushed = await slack.views_push(trigger_id=trigger, view=modal(text_input()))
    compare("views.push", pushed)
    updated = await slack.views_update(view_id=pushed["view"]["id"], view=modal(text_input()))
    compare("views.update", updated)
    return await slack.views_open(trigger_id=await trigger_of(app, alice), view=modal(text_input()))
