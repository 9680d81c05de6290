"""Faults that change the workspace between two calls, before every method that may meet them."""

from collections.abc import AsyncIterator

import pytest

from sandbox.conversation.control import SandboxRefused
from sandbox.facts.methods import METHODS
from sandbox.faults.checking import read_rule
from sandbox.faults.kinds import KINDS
from sandbox.json_types import Json
from tests.sandbox.stage import LINK, Stage, staged

# What stands in a channel's history once the change has happened.
TRACES = {
    "channel_archived": "channel_archive",
    "channel_renamed": "channel_name",
    "bot_removed": "channel_leave",
}
IN_CHANNELS = sorted(TRACES)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged(furnished=False) as stage:
        yield stage


def struck_methods(kind: str) -> dict[str, list[str]]:
    """The methods a rule for everything is narrowed to, with the arguments that name a thing."""
    rule = read_rule({"target": "*", "kind": kind})
    named = KINDS[kind].arguments
    return {
        method: [name for name in named if name in METHODS[method].arguments]
        for method in sorted(rule.methods)
    }


async def strike(stage: Stage, kind: str, method: str, arguments: Json) -> None:
    """One call that the fault must have met, whatever is answered."""
    await stage.sandbox.fault(method, kind)

    await stage.call(method, **arguments)

    (armed,) = stage.sandbox.world.faults.listed()
    assert armed["fired"] == 1, (kind, method, arguments)
    assert (await stage.sandbox.calls(method))[-1]["fault"] == kind
    await stage.sandbox.clear_faults()


def history(stage: Stage, channel: str) -> set[str]:
    messages = stage.sandbox.world.workspace.messages[channel].values()
    return {str(message.subtype) for message in messages}


@pytest.mark.parametrize("kind", IN_CHANNELS)
async def test_a_channel_changes_before_every_call_that_names_it(stage: Stage, kind: str) -> None:
    tried = 0
    for method, arguments in struck_methods(kind).items():
        for argument in arguments:
            tried += 1
            made = await stage.done("conversations.create", name=f"room-{tried}")
            room = made["channel"]["id"]

            await strike(stage, kind, method, {argument: room})

            assert TRACES[kind] in history(stage, room), (method, argument)
    assert tried >= 30


async def test_a_person_leaves_before_every_call_that_names_them(stage: Stage) -> None:
    methods, people = struck_methods("user_deactivated"), stage.sandbox.world.workspace.users
    tried = 0
    for method, arguments in methods.items():
        for argument in arguments:
            tried += 1
            added = await stage.sandbox.control.act("add_person", name=f"guest-{tried}")
            person = added["user"]

            await strike(stage, "user_deactivated", method, {argument: person})

            assert people[person].deleted, (method, argument)
    assert "views.publish" in methods
    assert tried >= 10


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.meMessage", "chat.scheduleMessage"])
@pytest.mark.parametrize("name", ["#room", "room"])
async def test_a_channel_may_be_called_by_its_name(stage: Stage, method: str, name: str) -> None:
    made = await stage.done("conversations.create", name="room")

    await strike(stage, "channel_archived", method, {"channel": name, "text": "x", "post_at": 0})

    assert stage.sandbox.world.workspace.channels[made["channel"]["id"]].is_archived


@pytest.mark.parametrize("kind", ["channel_archived", "bot_removed"])
async def test_of_several_channels_one_that_can_change_does(stage: Stage, kind: str) -> None:
    made = await stage.done("conversations.create", name="room")
    room = made["channel"]["id"]
    several = {"name": "Watchers", "channels": f"{stage['general']}, {room}"}

    await strike(stage, kind, "usergroups.create", several)

    assert TRACES[kind] in history(stage, room)


async def test_the_channels_of_a_call_may_be_a_list(stage: Stage) -> None:
    made = await stage.done("conversations.create", name="room")
    room = made["channel"]["id"]
    await stage.sandbox.fault("usergroups.create", "channel_archived")

    await stage.post("usergroups.create", json={"name": "Watchers", "channels": [room]})

    assert stage.sandbox.world.workspace.channels[room].is_archived


async def test_of_several_people_one_who_is_still_there_leaves(stage: Stage) -> None:
    await stage.sandbox.control.act("change_person", user="bob", deleted=True)
    people = f"{stage['bot']},{stage['bob']},{stage['carol']}"

    await strike(stage, "user_deactivated", "conversations.open", {"users": people})

    assert stage.sandbox.world.workspace.users[stage["carol"]].deleted


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("channel_archived", "users.info"),
        ("channel_renamed", "conversations.create"),
        ("channel_renamed", "conversations.open"),
        ("channel_archived", "files.upload"),
        ("bot_removed", "views.*"),
        ("user_deactivated", "chat.postMessage"),
        ("token_revoked", "oauth.v2.access"),
    ],
)
async def test_a_change_is_not_promised_to_calls_that_name_nothing_to_change(
    stage: Stage, kind: str, target: str
) -> None:
    with pytest.raises(SandboxRefused, match="names nothing") as refused:
        await stage.sandbox.fault(target, kind)

    assert kind in str(refused.value)


async def test_a_bookmark_meets_the_archived_channel(stage: Stage) -> None:
    room = (await stage.done("conversations.create", name="room"))["channel"]["id"]
    await stage.sandbox.fault("bookmarks.add", "channel_archived")
    link = {"title": "Runbook", "type": "link", "link": LINK}

    answer = await stage.call("bookmarks.add", channel_id=room, **link)

    assert not answer["ok"]
    assert answer["error"] in METHODS["bookmarks.add"].errors
