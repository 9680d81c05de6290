"""What the page asks of the sandbox besides the acts: the tour, what is unread, the panel."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import Clock
from sandbox.conversation.control import SandboxRefused
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.manifest import load_manifest
from sandbox.server import Sandbox
from sandbox.tour import Step, tour_of
from tests.sandbox.app_manifest import manifest


async def unread(sandbox: Sandbox, user: str, **read: str) -> dict[str, Any]:
    asked = {"user": user, "since": "0", "read": read}
    answer: dict[str, Any] = await sandbox.control.post("unread", asked)
    return dict(answer["channels"])


def test_the_tour_of_an_app_is_what_its_manifest_offers() -> None:
    bare = {"display_information": {"name": "Bare"}}

    steps = tour_of(load_manifest(manifest()))

    assert tour_of(load_manifest(bare)) == ()
    assert 1 <= len(steps) <= 5
    assert steps[0].title.startswith("Type /")


def test_a_step_is_done_by_a_deed_the_page_notices() -> None:
    with pytest.raises(ValueError, match="not by dance"):
        Step(title="Dance", how="Slowly", done={"dance": "."})


async def test_the_host_may_say_what_to_try_first() -> None:
    sandbox = Sandbox(manifest(), clock=Clock("virtual"))
    sandbox.tour = (Step(title="Wave", how="With a command", done={"command": "^/wave"}),)
    async with sandbox, aiohttp.ClientSession() as client:
        answer = await (await client.get(f"{sandbox.url}/_sandbox/tour")).json()

    assert answer["steps"] == [
        {"title": "Wave", "how": "With a command", "type": "", "done": {"command": "^/wave"}}
    ]


async def test_unread_counts_what_others_said_after_the_last_message_read(
    sandbox: Sandbox, alice: Person, general: Room
) -> None:
    first = await alice.types(general, "One")
    await alice.types(general, "Two, @bob")

    whole = await unread(sandbox, "bob")
    rest = await unread(sandbox, "bob", **{general.id: first["message"]["ts"]})

    assert whole[general.id] == {"first": first["message"]["ts"], "count": 2, "mentions": 1}
    assert rest[general.id]["count"] == 1
    assert general.id not in await unread(sandbox, "alice")


async def test_every_direct_message_concerns_the_person(sandbox: Sandbox) -> None:
    opened = await sandbox.control.post("act/open_dm", {"user": "alice", "with": "bob"})
    said = {"user": "alice", "channel": opened["channel"], "text": "Psst"}
    await sandbox.control.post("act/post", said)

    assert (await unread(sandbox, "bob"))[opened["channel"]]["mentions"] == 1


async def test_comings_and_goings_make_no_channel_unread(sandbox: Sandbox, bob: Person) -> None:
    incidents = await sandbox.channel_named("#incidents")
    await bob.leaves(incidents)
    await bob.joins(incidents)

    assert incidents.id not in await unread(sandbox, "alice")


async def test_a_time_that_is_none_is_refused(sandbox: Sandbox, alice: Person) -> None:
    await alice.types("#general", "Hello")

    with pytest.raises(SandboxRefused, match="is not the ts"):
        await sandbox.control.post("unread", {"user": "bob", "since": "yesterday"})


async def test_the_panel_tells_settings_and_faults(sandbox: Sandbox) -> None:
    await sandbox.fault("chat.postMessage", "slow", seconds=1.0)

    panel = await sandbox.control.get("panel")

    assert panel["settings"]["rate_limits"] == "off"
    assert "documented" in panel["settings"]["rate_limit_profiles"]
    assert [(rule["target"], rule["fired"]) for rule in panel["faults"]] == [
        ("chat.postMessage", 0)
    ]
    one = f"faults/{panel['faults'][0]['id']}"
    await sandbox.control.delete(one)
    assert (await sandbox.control.get("panel"))["faults"] == []
    with pytest.raises(SandboxRefused, match="no such fault"):
        await sandbox.control.delete(one)


async def test_topics_bookmarks_and_members_are_changed_by_people(
    sandbox: Sandbox, general: Room, alice: Person, slack: AsyncWebClient
) -> None:
    place = {"user": "alice", "channel": general.id}
    bot = sandbox.world.workspace.team.bot_user_id
    await alice.invites(general, bot)

    await sandbox.control.post("act/set_topic", {**place, "topic": "Ask @bob & <wait>"})
    mark = {"title": "Status", "link": "https://example.com"}
    added = await sandbox.control.post("act/add_bookmark", {**place, **mark})
    bookmarks = (await slack.bookmarks_list(channel_id=general.id))["bookmarks"]
    gone = {**place, "bookmark": added["bookmark"]}
    await sandbox.control.post("act/remove_bookmark", gone)
    await sandbox.control.post("act/kick", {**place, "who": bot})

    channel = sandbox.world.workspace.channels[general.id]
    bob = await sandbox.person("bob").id()
    assert channel.topic.value == f"Ask <@{bob}> &amp; &lt;wait&gt;"
    assert [row["title"] for row in bookmarks] == ["Status"]
    assert channel.bookmarks == ()
    assert bot not in channel.members


@pytest.mark.parametrize(
    ("act", "parts", "sentence"),
    [
        ("set_topic", {"topic": "x" * 251}, "250 characters"),
        ("add_bookmark", {"title": "A", "link": "javascript:alert(1)"}, "http"),
        ("add_bookmark", {"title": " ", "link": "https://example.com"}, "A title has 1 to"),
        ("remove_bookmark", {"bookmark": "Bk0"}, "not there any more"),
        ("kick", {"who": "bob"}, "Nobody can be removed"),
    ],
)
async def test_what_slack_would_not_let_people_do_is_refused(
    sandbox: Sandbox, general: Room, act: str, parts: dict[str, str], sentence: str
) -> None:
    place = {"user": "alice", "channel": general.id}

    with pytest.raises(SandboxRefused, match=sentence):
        await sandbox.control.post(f"act/{act}", {**place, **parts})


async def test_people_edit_and_delete_only_their_own_messages(
    sandbox: Sandbox, alice: Person, general: Room
) -> None:
    said = (await alice.types(general, "Ceckout is down"))["message"]
    place = {"channel": general.id, "ts": said["ts"]}

    for act in ("edit", "delete"):
        with pytest.raises(SandboxRefused, match="own messages"):
            await sandbox.control.post(f"act/{act}", {"user": "bob", "text": "No", **place})
    mended = {"user": "alice", "text": "Checkout is down", **place}
    await sandbox.control.post("act/edit", mended)

    message = sandbox.world.workspace.message(general.id, said["ts"])
    assert message is not None
    assert message.text == "Checkout is down"
    assert message.edited is not None
