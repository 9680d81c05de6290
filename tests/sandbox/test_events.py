"""Events: to whom they go, what they look like, and how they are repeated."""

from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import Clock
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.sandbox.app_manifest import manifest
from tests.sandbox.listening_app import ListeningApp, Told
from tests.sandbox.reference import read


async def fail(_told: Told) -> web.StreamResponse:
    return web.Response(status=500)


async def fail_for_good(_told: Told) -> web.StreamResponse:
    return web.Response(status=500, headers={"x-slack-no-retry": "1"})


async def test_a_message_is_told_to_the_bot_in_the_channel(
    app: ListeningApp, room: Room, alice: Person
) -> None:
    already = len(app.heard("message"))
    await alice.types(room, "Good morning <all>")

    told = await app.hears("message", already + 1)
    event = told.payload["event"]
    assert event["text"] == "Good morning &lt;all&gt;"
    assert event["channel_type"] == "channel"
    sample = read("payloads/events/MessagePayload.json")
    assert set(event) <= set(sample["event"])
    extra = {"context_team_id", "context_enterprise_id"}
    assert set(told.payload) - extra <= set(sample)


async def test_the_bots_own_messages_come_back(
    app: ListeningApp, slack: AsyncWebClient, room: Room
) -> None:
    await slack.chat_postMessage(channel=room.id, text="from the bot")

    while app.heard("message")[-1:] == [] or (
        app.heard("message")[-1].payload["event"].get("text") != "from the bot"
    ):
        await app.hears("message", len(app.heard("message")) + 1)

    assert app.heard("message")[-1].payload["event"]["bot_id"]


async def test_channels_without_the_bot_are_private_to_it(
    sandbox: Sandbox, app: ListeningApp, alice: Person, general: Room
) -> None:
    await alice.types(general, "Not for bots")
    await sandbox.settled()

    assert app.told == []


async def test_a_mention_is_told_twice_once_as_a_message(
    sandbox: Sandbox, app: ListeningApp, room: Room, alice: Person
) -> None:
    await alice.types(room, "@greeter are you there?")

    event = (await app.hears("app_mention")).payload["event"]
    assert event["text"].startswith(f"<@{sandbox.world.workspace.team.bot_user_id}>")
    assert "channel_type" not in event


async def test_an_event_without_its_scope_is_not_sent() -> None:
    app = ListeningApp()
    await app.start()
    poor = manifest(scopes=["chat:write", "channels:manage"])
    async with Sandbox(poor, app_url=app.url, clock=Clock("virtual")) as sandbox:
        slack = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)

        made = await slack.conversations_create(name="room")
        await slack.chat_postMessage(channel=made["channel"]["id"], text="x")
        await sandbox.settled()

        assert app.told == []
    await app.stop()


async def test_a_failed_event_is_repeated_at_once_and_after_1_and_5_minutes(
    sandbox: Sandbox, app: ListeningApp
) -> None:
    sandbox.expects("refused_delivery")
    app.answers["team_join"] = fail

    await sandbox.control.act("add_person", name="dave")
    first = await app.hears("team_join")
    await app.hears("team_join", 2)
    await sandbox.settled()
    await sandbox.advance(60)
    await app.hears("team_join", 3)
    await sandbox.settled()
    await sandbox.advance(300)
    last = await app.hears("team_join", 4)

    numbers = [told.headers.get("X-Slack-Retry-Num") for told in app.heard("team_join")]
    assert numbers == [None, "1", "2", "3"]
    assert last.headers["X-Slack-Retry-Reason"] == "http_error"
    assert last.payload["event_id"] == first.payload["event_id"]


async def test_an_app_may_turn_repetition_off(sandbox: Sandbox, app: ListeningApp) -> None:
    sandbox.expects("refused_delivery")
    app.answers["team_join"] = fail_for_good

    await sandbox.control.act("add_person", name="dave")
    await app.hears("team_join")
    await sandbox.settled()
    await sandbox.advance(1_000)

    assert len(app.heard("team_join")) == 1


async def test_joins_pins_reactions_and_names_are_told(
    app: ListeningApp, slack: AsyncWebClient, room: Room, bob: Person, alice: Person
) -> None:
    posted = await slack.chat_postMessage(channel=room.id, text="Card")
    card = await room.message("Card")

    await alice.invites(room, "bob")
    await bob.reacts(card, "eyes")
    await bob.pins(card)
    await slack.conversations_rename(channel=room.id, name="chamber")
    await slack.conversations_archive(channel=room.id)
    await slack.conversations_unarchive(channel=room.id)

    samples = {
        "reaction_added": "ReactionAdded",
        "pin_added": "PinAdded",
        "channel_rename": "ChannelRename",
        "channel_archive": "ChannelArchive",
        "channel_unarchive": "ChannelUnarchive",
        "member_joined_channel": "MemberJoinedChannel",
    }
    for kind, name in samples.items():
        event = (await app.hears(kind)).payload["event"]
        assert set(event) <= set(read(f"payloads/events/{name}Payload.json")["event"]), kind
    assert app.heard("reaction_added")[0].payload["event"]["item"]["ts"] == posted["ts"]


async def test_people_and_the_home_and_the_end_are_told(
    sandbox: Sandbox, app: ListeningApp, alice: Person
) -> None:
    await sandbox.control.act("open_home", user="alice")
    await sandbox.control.act("change_person", user="alice", title="Captain")
    await sandbox.control.act("uninstall")

    home = (await app.hears("app_home_opened")).payload["event"]
    assert (home["user"], home["tab"]) == (await alice.id(), "home")
    changed = (await app.hears("user_change")).payload["event"]
    assert changed["user"]["profile"]["title"] == "Captain"
    await app.hears("app_uninstalled")
