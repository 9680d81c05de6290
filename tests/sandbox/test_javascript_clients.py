"""Slack's own JavaScript clients work unchanged: bolt, the Web API client and Socket Mode."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from sandbox.conversation.card import Card
from sandbox.conversation.control import wait_for
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.processes import AMPLE
from tests.sandbox.app_manifest import SCOPES, manifest
from tests.sandbox.javascript import javascript

EVENTS = ["app_home_opened", "app_mention", "member_joined_channel", "message.channels"]
MORE_SCOPES = ["emoji:read", "files:read", "files:write", "users.profile:read"]


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    scopes = sorted({*SCOPES, *MORE_SCOPES})
    async with Sandbox(manifest(scopes=scopes, events=EVENTS)) as sandbox:
        await sandbox.settings(answer_seconds=AMPLE)
        yield sandbox


@asynccontextmanager
async def over_http(sandbox: Sandbox) -> AsyncIterator[None]:
    async with javascript(sandbox, "app.mjs", "http") as app:
        sandbox.app_url = f"http://127.0.0.1:{(await app.says())['port']}"
        yield


@asynccontextmanager
async def over_two_sockets(sandbox: Sandbox) -> AsyncIterator[None]:
    """Two copies of the app; every delivery goes to one of them."""
    await sandbox.settings(socket_mode=True)
    async with AsyncExitStack() as stack:
        for _ in range(2):
            app = await stack.enter_async_context(javascript(sandbox, "app.mjs", "socket"))
            assert (await app.says())["ready"]
        yield


@pytest.fixture(params=["http", "sockets"])
async def running(request: pytest.FixtureRequest, sandbox: Sandbox) -> AsyncIterator[None]:
    connect = over_http if request.param == "http" else over_two_sockets
    async with connect(sandbox):
        yield


async def kitchen(sandbox: Sandbox, alice: Person) -> Room:
    """A channel of alice's with the bot in it."""
    await sandbox.control.act("create_channel", user="alice", name="kitchen")
    await alice.invites("#kitchen", "greeter")
    return await sandbox.channel_named("kitchen")


async def order(room: Room, alice: Person) -> Card:
    await alice.types(room, "/hello")
    form = await alice.modal("A cup of coffee")
    await form.fill({"Name": "Ada"})
    assert (await form.submit())["ok"]
    return await room.message("A cup for Ada")


@pytest.mark.usefixtures("running")
async def test_a_command_becomes_a_form_becomes_a_card_that_is_changed(
    sandbox: Sandbox, alice: Person
) -> None:
    room = await kitchen(sandbox, alice)
    card = await order(room, alice)

    chosen = await alice.clicks(card, "Large")
    served = await alice.clicks(card, "Done")

    assert (chosen["ok"], served["ok"]) == (True, True)
    assert (await room.message("Served")).ts == card.ts
    assert await alice.ephemeral(room, "Large it is.")
    assert await alice.ephemeral(room, "You served it.")


@pytest.mark.usefixtures("running")
async def test_a_form_offers_options_and_shows_its_errors(sandbox: Sandbox, alice: Person) -> None:
    await alice.types("#general", "/hello")
    form = await alice.modal("A cup of coffee")
    offered = await form.options("Beans", "b")
    await form.fill({"Name": "two words"})

    outcome = await form.submit()

    assert offered == ["Arabica", "Bourbon", "Robusta"]
    assert outcome["errors"] == {"name": "One word, please."}


@pytest.mark.usefixtures("running")
async def test_shortcuts_open_a_form_and_answer_below_a_message(
    sandbox: Sandbox, alice: Person
) -> None:
    room = await kitchen(sandbox, alice)
    await alice.types(room, "I am tired")
    tired = await room.message("I am tired")

    await alice.uses_shortcut("greet")
    await alice.uses_shortcut("greet_back", tired)

    assert (await alice.modal()).title == "A cup of coffee"
    assert await alice.ephemeral(room, "Coffee is on its way.")


@pytest.mark.usefixtures("running")
async def test_a_mention_is_answered_in_its_thread(sandbox: Sandbox, alice: Person) -> None:
    room = await kitchen(sandbox, alice)

    await alice.types(room, "@greeter are you there?")

    mention = await room.message("are you there?")

    async def answer() -> Card | None:
        replies = await room.thread(mention)
        return replies[0] if replies else None

    assert "You called?" in (await wait_for(answer, "An answer in the thread")).words


@pytest.mark.usefixtures("running")
async def test_the_app_home_is_published_when_it_is_opened(alice: Person) -> None:
    home = await alice.home("The coffee corner")

    assert home.wire["type"] == "home"


async def test_a_socket_client_reconnects_when_it_is_warned(
    sandbox: Sandbox, alice: Person
) -> None:
    await sandbox.settings(socket_mode=True)
    async with javascript(sandbox, "socket.mjs") as client:
        assert await client.says() == {"state": "connected"}
        for reason in ("warning", "refresh_requested"):
            await sandbox.disconnect_sockets(reason)
            assert await client.says() == {"state": "reconnecting"}
            assert await client.says() == {"state": "connected"}

        outcome = await alice.types("#general", "/hello Ada")

    assert outcome["ok"]
    assert await alice.ephemeral(await sandbox.channel_named("#general"), "Hello, Ada!")


async def test_the_web_client_walks_through_many_methods(sandbox: Sandbox) -> None:
    async with javascript(sandbox, "walk.mjs", "walk") as client:
        came_of = await client.says()

    kitchen = await sandbox.channel_named("kitchen")
    assert came_of["self"] == "greeter"
    assert came_of["room"]["names"] == ["general", "incidents", "kitchen"]
    assert came_of["room"]["topic"] == kitchen.wire["topic"] == "Coffee"
    assert came_of["who"]["found"] == came_of["who"]["alice"] in came_of["who"]["present"]
    assert came_of["said"]["thread"] == ["Cold coffee", "With milk"]
    assert came_of["said"]["permalink"].startswith("http")
    assert came_of["planned"]["waiting"] == [True]
    assert came_of["file"] == {"name": "recipe.txt", "size": 18}
    assert came_of["read"] == {
        "bookmark": "Menu",
        "bot": "greeter",
        "emoji": True,
        "files": ["recipe.txt"],
        "groups": [],
        "history": 1,
        "pinned": ["Cold coffee"],
        "profile": "Alice Archer",
        "reactions": "coffee",
        "rooms": ["kitchen"],
        "team": "Sandbox",
        "zone": "Europe/Berlin",
    }


async def test_the_web_client_is_told_what_it_did_wrong(sandbox: Sandbox) -> None:
    sandbox.expects("invalid_content")

    async with javascript(sandbox, "walk.mjs", "mistakes") as client:
        wrong = await client.says()

    platform = wrong.pop("platform")
    assert {refusal["code"] for refusal in wrong.values()} == {platform}
    assert {name: refusal["error"] for name, refusal in wrong.items()} == {
        "nowhere": "channel_not_found",
        "twice": "name_taken",
        "nothing": "no_text",
        "stranger": "invalid_auth",
    }


async def test_the_web_client_waits_as_long_as_it_is_told(sandbox: Sandbox) -> None:
    await sandbox.settings(rate_limits="harsh")

    async with javascript(sandbox, "walk.mjs", "hurry") as client:
        came_of = await client.says()

    assert came_of == {"told": 1}
    assert await (await sandbox.channel_named("hurry")).message("Two")
