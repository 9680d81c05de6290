"""A test as a story: people type, click, read, and the app under test answers."""

import re
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.control import NothingHappened, SandboxRefused
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.json_types import Json
from sandbox.server import Sandbox
from tests.sandbox.asking import plain

ANYTHING = re.compile(".")


def option(words: str) -> Json:
    return {"text": plain(words), "value": words.lower()}


def card_blocks(title: str) -> list[Json]:
    elements: list[Json] = [
        {"type": "button", "action_id": "ack", "text": plain("Acknowledge")},
        {
            "type": "button",
            "action_id": "drop",
            "text": plain("Drop"),
            "confirm": {
                "title": plain("Really?"),
                "text": plain("It is gone for good."),
                "confirm": plain("Yes"),
                "deny": plain("No"),
            },
        },
        {
            "type": "static_select",
            "action_id": "level",
            "placeholder": plain("Severity"),
            "options": [option("High"), option("Low")],
        },
        {"type": "datepicker", "action_id": "due", "placeholder": plain("Due")},
        {"type": "checkboxes", "action_id": "areas", "options": [option("Web"), option("Shop")]},
        {"type": "multi_users_select", "action_id": "helpers", "placeholder": plain("Helpers")},
    ]
    return [
        {"type": "section", "text": plain(title)},
        *({"type": "actions", "elements": [element]} for element in elements[:4]),
        *(
            {"type": "section", "text": plain(str(element["action_id"])), "accessory": element}
            for element in elements[4:]
        ),
    ]


@pytest.fixture
async def told(sandbox: Sandbox) -> AsyncIterator[list[Json]]:
    """A small incident app; the list holds every action it was told of."""
    actions: list[Json] = []
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    bolt = AsyncApp(client=client, signing_secret=sandbox.signing_secret)

    @bolt.command("/hello")
    async def declare(ack: AsyncAck, command: Json) -> None:
        await ack(f"You declared {command['text']}.")
        await client.chat_postMessage(
            channel=command["channel_id"], text=command["text"], blocks=card_blocks(command["text"])
        )

    @bolt.event(ANYTHING)
    async def listen() -> None:
        """Events need no answer but an ack."""

    @bolt.action(ANYTHING)
    async def hear(ack: AsyncAck, action: Json, body: Json) -> None:
        await ack()
        actions.append(action)
        if action["action_id"] == "ack":
            await client.chat_postMessage(
                channel=body["channel"]["id"],
                thread_ts=body["message"]["ts"],
                text=f"{body['user']['name']} is on it",
            )

    async def answer(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await bolt.async_dispatch(await to_bolt_request(request)))

    app = web.Application()
    app.router.add_post("/slack/events", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sandbox.app_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    general = await sandbox.channel_named("#general")
    await client.conversations_join(channel=general.id)
    yield actions
    await sandbox.settled()
    await runner.cleanup()


async def test_a_story(
    sandbox: Sandbox, told: list[Json], general: Room, alice: Person, bob: Person
) -> None:
    await alice.types("/hello Checkout is down")
    card = await general.message("Checkout is down")
    assert await alice.ephemeral(general, "You declared Checkout is down.")

    await bob.clicks(card, "Acknowledge")
    answer = await general.reply(card, "bob is on it")
    await alice.replies(answer, "Thank you, @bob")
    await bob.reacts(answer, "wave")

    thread = await general.thread(card)
    assert [reply.wire["user"] for reply in thread][1:] == [await alice.id()]
    assert f"<@{await bob.id()}>" in thread[-1].text


async def test_menus_pickers_and_boxes_are_used_by_their_words(
    told: list[Json], general: Room, alice: Person, bob: Person
) -> None:
    await alice.types("/hello Checkout is down")
    card = await general.message("Checkout is down")

    await alice.picks(card, "Severity", "High")
    await alice.picks(card, "Due", "2026-12-24")
    await alice.picks(card, "areas", ["Web", "Shop"])
    await alice.picks(card, "Helpers", ["bob", "alice"])

    level, due, areas, helpers = told
    assert level["selected_option"]["value"] == "high"
    assert due["selected_date"] == "2026-12-24"
    assert [chosen["value"] for chosen in areas["selected_options"]] == ["web", "shop"]
    assert helpers["selected_users"] == [await bob.id(), await alice.id()]
    with pytest.raises(LookupError, match="no option 'Medium' here, but High, Low"):
        await alice.picks(card, "Severity", "Medium")


async def test_a_confirmation_is_read_declined_and_accepted(
    told: list[Json], general: Room, alice: Person
) -> None:
    await alice.types("/hello Checkout is down")
    card = await general.message("Checkout is down")

    assert "It is gone for good." in card.asks("Drop")
    await alice.clicks(card, "Drop", confirm=False)
    assert told == []
    await alice.clicks(card, "Drop")

    assert [action["action_id"] for action in told] == ["drop"]


async def test_people_write_where_they_were_last(
    sandbox: Sandbox, general: Room, alice: Person, bob: Person
) -> None:
    room = await alice.creates("war-room")
    await alice.invites(room, "bob")
    await bob.goes_to(room)

    await alice.types("Is anybody here?")
    await bob.types("I am")
    dm = await alice.opens_dm("bob")
    await alice.types("Good.")
    await alice.types(general, "It is over.")
    await alice.types("Really.")

    assert await room.message("I am")
    assert await dm.message("Good.")
    assert await general.message("Really.")


async def test_words_are_corrected_and_taken_back(
    general: Room, alice: Person, bob: Person
) -> None:
    await alice.types(general, "Chekcout is down")
    card = await general.message("down")

    corrected = await alice.edits(card, "Checkout is down")
    with pytest.raises(SandboxRefused):
        await bob.edits(card, "Nothing is down")

    assert (await general.message("Checkout")).ts == corrected.ts
    await alice.deletes(corrected)
    assert [card for card in await general.messages() if "down" in card.text] == []


async def test_a_channel_is_kept_in_order(alice: Person, bob: Person) -> None:
    room = await alice.creates("war-room")
    await bob.joins(room)

    await alice.sets_topic(room, "Checkout")
    await alice.sets_purpose(room, "To mend it")
    await alice.bookmarks(room, "Runbook", "https://runbook.example")
    await alice.kicks(room, "bob")
    await alice.renames(room, "war-room-1")

    now = (await room.fresh()).wire
    assert (now["name"], now["topic"], now["purpose"]) == ("war-room-1", "Checkout", "To mend it")
    assert [mark["title"] for mark in now["bookmarks"]] == ["Runbook"]
    assert now["members"] == [await alice.id()]
    await alice.archives(room)
    await alice.unarchives(room)
    assert not (await room.fresh()).wire["is_archived"]


async def test_a_file_is_shared(general: Room, alice: Person) -> None:
    card = await alice.uploads("graph.txt", "up and down", comment="Look at this")

    assert (await general.message("Look at this")).ts == card.ts
    assert card.wire["files"][0]["name"] == "graph.txt"


async def test_who_waits_in_vain_is_told_what_there_was(
    told: list[Json], general: Room, alice: Person
) -> None:
    await alice.types("/hello Search is slow")
    await general.message("Search is slow")

    with pytest.raises(NothingHappened) as nothing:
        await general.message("Checkout", patience=0.05)

    told_of = str(nothing.value)
    assert told_of.startswith("A message with 'Checkout' in #general did not appear")
    assert "seen: 'Search is slow" in told_of
    assert "api_call: chat.postMessage → ok" in told_of
