"""chat.*: what may be posted where, edited by whom, and what it looks like afterwards."""

from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.sandbox.app_manifest import SCOPES, manifest
from tests.sandbox.asking import plain, refusal, refused


async def test_a_posted_message_is_seen_in_its_channel(slack: AsyncWebClient, room: Room) -> None:
    answer = await slack.chat_postMessage(channel=room.id, text="Good morning")

    card = await room.message("Good morning")
    assert answer["ts"] == card.ts
    assert answer["message"]["bot_id"] == card.wire["bot_id"]


async def test_timestamps_grow_strictly(slack: AsyncWebClient, room: Room) -> None:
    posted = [(await slack.chat_postMessage(channel=room.id, text="x"))["ts"] for _ in range(3)]

    assert posted == sorted(set(posted))


async def test_posting_needs_membership(slack: AsyncWebClient, general: Room) -> None:
    assert await refusal(slack.chat_postMessage(channel=general.id, text="x")) == "not_in_channel"


async def test_a_public_channel_takes_posts_from_outside_with_the_scope_for_it(
    general: Room,
) -> None:
    async with Sandbox(manifest(scopes=[*SCOPES, "chat:write.public"])) as sandbox:
        slack = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)

        await slack.chat_postMessage(channel="#general", text="From outside")

        assert await (await sandbox.channel_named("general")).message("From outside")


async def test_an_unknown_channel_is_not_found(slack: AsyncWebClient) -> None:
    assert await refusal(slack.chat_postMessage(channel="C404", text="x")) == "channel_not_found"


async def test_an_archived_channel_takes_no_posts(slack: AsyncWebClient, room: Room) -> None:
    await slack.conversations_archive(channel=room.id)

    assert await refusal(slack.chat_postMessage(channel=room.id, text="x")) == "is_archived"


async def test_a_message_says_something(slack: AsyncWebClient, room: Room) -> None:
    call = slack.api_call("chat.postMessage", json={"channel": room.id, "text": ""})

    assert await refusal(call) == "no_text"


async def test_too_many_blocks_are_refused_with_a_pointer(
    slack: AsyncWebClient, room: Room
) -> None:
    blocks = [{"type": "divider"}] * 51

    answer = await refused(slack.chat_postMessage(channel=room.id, text="x", blocks=blocks))

    assert answer["error"] == "invalid_blocks"
    assert answer["errors"] == [
        {
            "code": "failed_constraint",
            "message": "no more than 50 items allowed",
            "pointer": "/blocks",
            "constraint": {"type": "max_items", "expected": 50, "got": 51},
        }
    ]
    lines = answer["response_metadata"]["messages"]
    assert lines == ["[ERROR] no more than 50 items allowed [json-pointer:/blocks]"]


async def test_blocks_must_be_a_list_of_json(slack: AsyncWebClient, room: Room) -> None:
    call = slack.api_call("chat.postMessage", data={"channel": room.id, "blocks": "[{"})

    assert await refusal(call) == "invalid_blocks_format"


async def test_all_the_text_of_all_blocks_is_limited(slack: AsyncWebClient, room: Room) -> None:
    blocks = [{"type": "section", "text": plain("x" * 2_501)}] * 4

    call = slack.chat_postMessage(channel=room.id, text="x", blocks=blocks)

    assert await refusal(call) == "msg_blocks_too_long"


async def test_markdown_stands_alone(slack: AsyncWebClient, room: Room) -> None:
    both = {"channel": room.id, "text": "x", "markdown_text": "*x*"}
    assert await refusal(slack.api_call("chat.postMessage", json=both)) == "markdown_text_conflict"

    await slack.chat_postMessage(channel=room.id, markdown_text="**bold**")

    assert (await room.message("**bold**")).blocks[0]["type"] == "markdown"


async def test_more_than_a_hundred_attachments_are_refused(
    slack: AsyncWebClient, room: Room
) -> None:
    attachments = [{"text": "a", "fallback": "a"}] * 101

    call = slack.chat_postMessage(channel=room.id, text="x", attachments=attachments)

    assert await refusal(call) == "too_many_attachments"


async def test_a_message_may_be_edited_by_its_author_only(
    slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    await alice.types(room, "mine")
    hers = await room.message("mine")

    call = slack.chat_update(channel=room.id, ts=hers.ts, text="yours")

    assert await refusal(call) == "cant_update_message"
    assert await refusal(slack.chat_delete(channel=room.id, ts=hers.ts)) == "cant_delete_message"


async def test_an_edit_changes_the_message_in_place(slack: AsyncWebClient, room: Room) -> None:
    posted = await slack.chat_postMessage(channel=room.id, text="before")

    await slack.chat_update(channel=room.id, ts=posted["ts"], text="after")

    card = await room.message("after")
    assert card.ts == posted["ts"]
    assert "edited" in card.wire


async def test_an_edit_keeps_metadata_until_it_is_emptied(
    slack: AsyncWebClient, room: Room
) -> None:
    metadata = {"event_type": "card", "event_payload": {"incident": "inc_1"}}
    posted = await slack.chat_postMessage(channel=room.id, text="a", metadata=metadata)

    await slack.chat_update(channel=room.id, ts=posted["ts"], text="b")
    kept = (await room.message("b")).wire.get("metadata")
    await slack.chat_update(channel=room.id, ts=posted["ts"], text="c", metadata={})

    assert kept == metadata
    assert "metadata" not in (await room.message("c")).wire


async def test_an_edit_of_more_than_4000_characters_is_refused(
    slack: AsyncWebClient, room: Room
) -> None:
    posted = await slack.chat_postMessage(channel=room.id, text="a")

    call = slack.chat_update(channel=room.id, ts=posted["ts"], text="x" * 4_001)

    assert await refusal(call) == "msg_too_long"


async def test_an_edit_without_blocks_keeps_the_old_ones_and_is_noted(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    sandbox.expects("blocks_kept")
    blocks = [{"type": "section", "text": plain("old")}]
    posted = await slack.chat_postMessage(channel=room.id, text="a", blocks=blocks)

    await slack.chat_update(channel=room.id, ts=posted["ts"], text="b")

    assert "old" in (await room.message("b")).words
    assert [found["code"] for found in await sandbox.findings()] == ["blocks_kept"]


async def test_metadata_has_a_type_and_a_payload(slack: AsyncWebClient, room: Room) -> None:
    call = slack.chat_postMessage(channel=room.id, text="a", metadata={"event_type": "card"})

    assert await refusal(call) == "invalid_metadata_format"


async def test_a_deleted_message_is_gone(slack: AsyncWebClient, room: Room) -> None:
    posted = await slack.chat_postMessage(channel=room.id, text="oops")

    await slack.chat_delete(channel=room.id, ts=posted["ts"])

    call = slack.chat_update(channel=room.id, ts=posted["ts"], text="x")
    assert await refusal(call) == "message_not_found"


async def test_an_ephemeral_message_is_seen_by_one_person(
    slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    await slack.chat_postEphemeral(channel=room.id, user=await alice.id(), text="for you")

    assert [card.text for card in await alice.ephemerals(room)] == ["for you"]
    assert "for you" not in [card.text for card in await room.messages()]


async def test_an_ephemeral_message_goes_to_members_only_and_cannot_be_edited(
    slack: AsyncWebClient, room: Room, alice: Person, bob: Person
) -> None:
    outsider = slack.chat_postEphemeral(channel=room.id, user=await bob.id(), text="x")
    assert await refusal(outsider) == "user_not_in_channel"
    shown = await slack.chat_postEphemeral(channel=room.id, user=await alice.id(), text="x")

    call = slack.chat_update(channel=room.id, ts=shown["message_ts"], text="y")

    assert await refusal(call) == "message_not_found"


async def test_replies_stand_in_their_thread(slack: AsyncWebClient, room: Room) -> None:
    parent = await slack.chat_postMessage(channel=room.id, text="parent")

    await slack.chat_postMessage(channel=room.id, text="reply", thread_ts=parent["ts"])

    card = await room.message("parent")
    assert [reply.text for reply in await room.thread(card)] == ["reply"]
    assert card.wire["reply_count"] == 1
    thread = await slack.conversations_replies(channel=room.id, ts=parent["ts"])
    assert [message["text"] for message in thread["messages"]] == ["parent", "reply"]


async def test_a_thread_needs_a_parent(slack: AsyncWebClient, room: Room) -> None:
    call = slack.chat_postMessage(channel=room.id, text="x", thread_ts="1.000001")

    assert await refusal(call) == "cannot_reply_to_message"


async def test_a_permalink_leads_to_the_message(slack: AsyncWebClient, room: Room) -> None:
    posted = await slack.chat_postMessage(channel=room.id, text="here")

    link = await slack.chat_getPermalink(channel=room.id, message_ts=posted["ts"])

    assert link["permalink"].endswith(f"/{room.id}/p{posted['ts'].replace('.', '')}")


async def test_preferences_may_forbid_posting(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    await sandbox.settings(restricted_actions=["chat.postMessage"])

    assert await refusal(slack.chat_postMessage(channel=room.id, text="x")) == "restricted_action"


async def test_a_user_id_means_the_direct_message_with_them(
    sandbox: Sandbox, slack: AsyncWebClient, alice: Person
) -> None:
    answer = await slack.chat_postMessage(channel=await alice.id(), text="psst")

    direct = next(room for room in await sandbox.channels() if room.wire["is_im"])
    assert answer["channel"] == direct.id
    assert direct.wire["user"] == await alice.id()


async def test_a_thread_without_replies_hides_private_messages(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    sandbox.expects("unseen_ephemeral")
    parent = await slack.chat_postMessage(channel=room.id, text="parent")
    place = {"channel": room.id, "user": await alice.id(), "thread_ts": parent["ts"]}

    await slack.chat_postEphemeral(**place, text="hidden")
    await slack.chat_postMessage(channel=room.id, text="reply", thread_ts=parent["ts"])
    await slack.chat_postEphemeral(**place, text="shown")

    wires = sandbox.world.workspace.messages[room.id].values()
    assert [wire.text for wire in wires if wire.ephemeral_to] == ["shown"]
