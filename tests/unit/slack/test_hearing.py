"""Events of Slack: repeated by Slack when they fail in time, and by Tocsin when later."""

import asyncio

import pytest

from bot.slack.failures import Refused
from bot.slack.listeners.hearing import PAUSES, heard
from bot.slack.running import Running
from core.errors import NotPermitted
from core.ports import Unreachable


class Listener:
    """Work that fails a few times before it is done, and what is heard of it."""

    def __init__(self, *failures: Exception, gate: asyncio.Event | None = None) -> None:
        self.failures = list(failures)
        self.gate = gate
        self.attempts = 0
        self.acknowledged = False
        self.slept: list[float] = []

    async def work(self) -> None:
        if self.gate:
            await self.gate.wait()
        self.attempts += 1
        if self.failures:
            raise self.failures.pop(0)

    async def acknowledge(self) -> None:
        self.acknowledged = True

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    async def hears(self, running: Running) -> None:
        await heard(running, self.work, self.acknowledge, self.sleep)


async def test_what_fails_while_slack_waits_is_left_to_slack_to_tell_again() -> None:
    listener = Listener(Unreachable("Slack limits the rate."))

    with pytest.raises(Unreachable):
        await listener.hears(Running())

    assert (listener.attempts, listener.acknowledged) == (1, False)


async def test_what_fails_after_slack_stopped_waiting_is_tried_again() -> None:
    gate = asyncio.Event()
    listener = Listener(Unreachable("No."), Unreachable("No.", retry_after=7.0), gate=gate)
    running = Running(prompt=0)

    await listener.hears(running)
    gate.set()
    await running.drain(grace=10)

    assert listener.acknowledged
    assert (listener.attempts, listener.slept) == (3, [PAUSES[0], 7.0])


async def test_what_never_succeeds_is_given_up_at_last() -> None:
    gate = asyncio.Event()
    listener = Listener(*(Unreachable("No.") for _ in range(9)), gate=gate)
    running = Running(prompt=0)

    await listener.hears(running)
    gate.set()
    await running.drain(grace=10)

    assert (listener.attempts, listener.slept) == (len(PAUSES) + 1, list(PAUSES))


@pytest.mark.parametrize(
    "refusal",
    [Refused("Slack does not know it.", code="channel_not_found"), NotPermitted("You may not.")],
)
async def test_what_is_refused_for_good_is_not_told_again(refusal: Exception) -> None:
    listener = Listener(refusal)

    await listener.hears(Running())

    assert (listener.attempts, listener.acknowledged) == (1, True)
