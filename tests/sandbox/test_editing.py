"""What may still be changed about a message, and how replies reach the channel late."""

from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import Clock
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.sandbox.app_manifest import SCOPES, manifest
from tests.sandbox.asking import refusal


async def test_the_window_for_edits_may_be_short(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    await sandbox.settings(edit_window_seconds=60)
    posted = await slack.chat_postMessage(channel=room.id, text="a")
    await sandbox.advance(59)
    await slack.chat_update(channel=room.id, ts=posted["ts"], text="b")

    await sandbox.advance(2)

    call = slack.chat_update(channel=room.id, ts=posted["ts"], text="c")
    assert await refusal(call) == "edit_window_closed"


async def test_a_message_in_an_archived_channel_stays_as_it_is(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    sandbox.expects("edited_after_archive")
    posted = await slack.chat_postMessage(channel=room.id, text="a")
    await slack.conversations_archive(channel=room.id)

    update = slack.chat_update(channel=room.id, ts=posted["ts"], text="b")
    assert await refusal(update) == "is_inactive"
    delete = slack.chat_delete(channel=room.id, ts=posted["ts"])
    assert await refusal(delete) == "cant_delete_message"


async def test_a_notice_of_slack_is_nobodys_to_change(slack: AsyncWebClient, room: Room) -> None:
    await slack.conversations_setTopic(channel=room.id, topic="t")
    history = await slack.conversations_history(channel=room.id)
    notice = next(m for m in history["messages"] if m.get("subtype") == "channel_topic")

    update = slack.chat_update(channel=room.id, ts=notice["ts"], text="b")
    assert await refusal(update) == "cant_update_message"
    delete = slack.chat_delete(channel=room.id, ts=notice["ts"])
    assert await refusal(delete) == "cant_delete_message"


async def test_an_old_reply_is_broadcast_without_other_changes(
    slack: AsyncWebClient, room: Room
) -> None:
    parent = await slack.chat_postMessage(channel=room.id, text="parent")
    reply = await slack.chat_postMessage(channel=room.id, text="reply", thread_ts=parent["ts"])
    place = {"channel": room.id, "ts": reply["ts"], "reply_broadcast": True}

    both = slack.api_call("chat.update", json=place | {"text": "other"})
    assert await refusal(both) == "no_dual_broadcast_content_update"
    await slack.api_call("chat.update", json=place)

    history = await slack.conversations_history(channel=room.id)
    shown = next(m for m in history["messages"] if m["ts"] == reply["ts"])
    assert shown["subtype"] == "thread_broadcast"
    top = slack.api_call("chat.update", json=place | {"ts": parent["ts"]})
    assert await refusal(top) == "cant_broadcast_message"


async def test_a_deleted_parent_leaves_a_tombstone_until_its_last_reply_goes(
    slack: AsyncWebClient, room: Room
) -> None:
    parent = await slack.chat_postMessage(channel=room.id, text="parent")
    reply = await slack.chat_postMessage(channel=room.id, text="reply", thread_ts=parent["ts"])

    await slack.chat_delete(channel=room.id, ts=parent["ts"])
    stone = (await slack.conversations_replies(channel=room.id, ts=parent["ts"]))["messages"][0]
    await slack.chat_delete(channel=room.id, ts=reply["ts"])

    assert (stone["subtype"], stone["text"]) == ("tombstone", "This message was deleted.")
    call = slack.conversations_replies(channel=room.id, ts=parent["ts"])
    assert await refusal(call) == "thread_not_found"


async def test_one_may_speak_of_oneself(slack: AsyncWebClient, room: Room, general: Room) -> None:
    answer = await slack.chat_meMessage(channel=room.id, text="waves")

    card = await room.message("waves")
    assert (card.ts, card.wire["subtype"]) == (answer["ts"], "me_message")
    long = slack.chat_meMessage(channel=room.id, text="x" * 4_001)
    assert await refusal(long) == "msg_too_long"
    outside = slack.chat_meMessage(channel=general.id, text="waves")
    assert await refusal(outside) == "not_in_channel"


async def test_preferences_may_close_one_channel_only(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    other = (await slack.conversations_create(name="other"))["channel"]["id"]

    await sandbox.settings(restricted_actions=["chat.postMessage:#room"])

    call = slack.chat_postMessage(channel=room.id, text="x")
    assert await refusal(call) == "restricted_action"
    await slack.chat_postMessage(channel=other, text="x")


async def test_a_refused_message_opens_no_direct_message(
    sandbox: Sandbox, slack: AsyncWebClient, alice: Person
) -> None:
    await sandbox.settings(restricted_actions=["chat.postMessage"])

    call = slack.chat_postMessage(channel=await alice.id(), text="psst")

    assert await refusal(call) == "restricted_action"
    assert not [room for room in await sandbox.channels() if room.wire["is_im"]]


async def test_what_was_posted_from_outside_is_edited_and_scheduled_from_outside() -> None:
    scopes = [*SCOPES, "chat:write.public"]
    async with Sandbox(manifest(scopes=scopes), clock=Clock("virtual")) as sandbox:
        slack = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
        posted = await slack.chat_postMessage(channel="#general", text="before")
        general = await sandbox.channel_named("general")

        await slack.chat_update(channel=general.id, ts=posted["ts"], text="after")
        at = int(sandbox.clock.seconds()) + 60
        await slack.chat_scheduleMessage(channel=general.id, post_at=at, text="later")
        await sandbox.advance(61)

        assert (await general.message("after")).ts == posted["ts"]
        assert await general.message("later")


async def test_under_another_name_the_app_is_no_user() -> None:
    scopes = [*SCOPES, "chat:write.customize"]
    async with Sandbox(manifest(scopes=scopes), clock=Clock("virtual")) as sandbox:
        slack = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
        room = (await slack.conversations_create(name="room"))["channel"]["id"]

        answer = await slack.chat_postMessage(
            channel=room, text="Beep", username="Robo", icon_emoji=":robot_face:"
        )

        shown = answer["message"]
        assert (shown["subtype"], shown["username"]) == ("bot_message", "Robo")
        assert shown["icons"] == {"emoji": ":robot_face:"}
        assert "user" not in shown
        await slack.chat_update(channel=room, ts=answer["ts"], text="Boop")
