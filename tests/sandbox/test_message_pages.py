"""Reading a long channel in parts."""

from typing import Any

import pytest

from sandbox.conversation.control import SandboxRefused
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.server import Sandbox


@pytest.fixture
async def spoken(alice: Person, general: Room) -> list[str]:
    """The ts of five messages."""
    said = [await alice.types(general, f"Line {number}") for number in range(5)]
    return [answer["message"]["ts"] for answer in said]


async def part(sandbox: Sandbox, room: Room, **query: str) -> tuple[list[str], bool]:
    answer: dict[str, Any] = await sandbox.control.get("messages", channel=room.id, **query)
    return [message["ts"] for message in answer["messages"]], answer["has_more"]


async def test_whoever_sets_no_limit_gets_everything(
    sandbox: Sandbox, general: Room, spoken: list[str]
) -> None:
    assert await part(sandbox, general) == (spoken, False)
    assert await part(sandbox, general, limit="5") == (spoken, False)


async def test_a_channel_is_read_backwards_in_parts(
    sandbox: Sandbox, general: Room, spoken: list[str]
) -> None:
    newest = await part(sandbox, general, limit="2")
    middle = await part(sandbox, general, limit="2", before=newest[0][0])
    oldest = await part(sandbox, general, limit="2", before=middle[0][0])

    assert newest == (spoken[3:], True)
    assert middle == (spoken[1:3], True)
    assert oldest == (spoken[:1], False)


async def test_everything_from_a_message_on_is_read_at_once(
    sandbox: Sandbox, general: Room, spoken: list[str]
) -> None:
    assert await part(sandbox, general, since=spoken[2]) == (spoken[2:], True)
    assert await part(sandbox, general, since=spoken[0]) == (spoken, False)


@pytest.mark.parametrize("name", ["since", "before"])
async def test_what_is_no_ts_is_refused_by_name(sandbox: Sandbox, general: Room, name: str) -> None:
    with pytest.raises(SandboxRefused, match=f"`{name}` is the ts of a message"):
        await part(sandbox, general, **{name: "yesterday"})


async def test_a_limit_that_is_no_number_is_refused(sandbox: Sandbox, general: Room) -> None:
    with pytest.raises(SandboxRefused, match="`limit` is a whole number"):
        await part(sandbox, general, limit="-1")
