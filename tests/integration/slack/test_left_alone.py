"""A private incident of which nobody is left who may know: those in charge hear of it."""

from datetime import timedelta

import pytest

from core.domain.account import UserState
from sandbox.conversation.room import Room
from tests.fakes.people import hire
from tests.integration.slack.announced import direct
from tests.integration.slack.stage import Stage

ALONE = "INC-1 is private, and nobody who may know of it is here any more."
A_DAY = timedelta(days=1)


async def private(stage: Stage, *others: str) -> Room:
    """Alice declared it, and let others in; Carol is an admin, and may not know of it."""
    await hire(stage.bus, stage.organization_id, "Carol")
    room = await stage.declares("high Payroll leaked")
    await stage.alice.types(room, " ".join(["/incident private", *(others or ["@alice"])]))
    await stage.settled()
    return room


async def told(stage: Stage) -> list[str]:
    """What anybody reads of it in their direct messages."""
    cards = [card for room in await direct(stage) for card in await room.messages()]
    return [card.words for card in cards if ALONE in card.words]


@pytest.mark.parametrize("left", ["Slack", "Tocsin"])
async def test_those_in_charge_hear_once_and_nothing_of_what_it_is_about(
    stage: Stage, left: str
) -> None:
    await private(stage)
    if left == "Slack":
        await stage.alice.is_deactivated()
    else:
        await stage.puts_out("alice", UserState.INACTIVE)

    await stage.passes(A_DAY)
    await stage.passes(A_DAY)

    [words] = await told(stage)
    assert "incidents:private" in words
    assert "Payroll" not in words


async def test_nobody_in_charge_hears_while_somebody_is_left(stage: Stage) -> None:
    await private(stage, "@bob")
    await stage.alice.is_deactivated()

    await stage.passes(A_DAY)

    assert await told(stage) == []
