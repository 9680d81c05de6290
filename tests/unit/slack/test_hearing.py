"""Events of Slack: repeated by Slack when they fail in time, and by Tocsin when later."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any, Self

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient
from structlog.testing import capture_logs

from bot.slack import errors
from bot.slack.bolt import bolt_app
from bot.slack.failures import Refused
from bot.slack.listeners.hearing import PAUSES, heard
from bot.slack.running import Running
from core.errors import Conflict, NotPermitted, Unavailable
from core.language import ENGLISH, Catalogue
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


class OneTeam:
    """Slack's only workspace, where English is spoken."""

    def __init__(self) -> None:
        self.organization_id, self.team_id, self.token = "org_1", "T1", "xoxb-1"
        self.bot_id, self.bot_user_id = "B1", "U1"

    async def of_team(self, team_id: str) -> Self:
        return self

    async def for_gesture(self, body: object) -> Catalogue:
        return ENGLISH


async def answered(listener: Listener) -> int:
    """The status with which Slack is answered when it tells of a pin."""
    team: Any = OneTeam()
    app = bolt_app(AsyncWebClient(), team, team)
    errors.register(app)

    async def told(ack: Any) -> None:
        await heard(Running(), listener.work, ack)

    app.event("pin_added")(told)
    event = {"type": "event_callback", "team_id": "T1", "event": {"type": "pin_added"}}
    headers: dict[str, str | Sequence[str]] = {"content-type": ["application/json"]}
    response = await app.async_dispatch(AsyncBoltRequest(body=json.dumps(event), headers=headers))
    return int(response.status)


@pytest.mark.parametrize(
    "failure",
    [
        Unavailable("The database is out of reach."),
        Conflict("Somebody was faster."),
        Unreachable("Slack limits the rate.", retry_after=3.0),
    ],
)
async def test_slack_is_answered_so_that_it_tells_once_more_what_did_not_work_yet(
    failure: Exception,
) -> None:
    with capture_logs() as logs:
        status = await answered(Listener(failure))

    assert status == 503
    assert [(line["event"], line["log_level"]) for line in logs] == [
        ("slack_event_put_off", "info")
    ]


async def test_slack_is_not_asked_to_tell_once_more_what_is_done_or_refused() -> None:
    refused = NotPermitted("You may not.")

    assert [await answered(Listener()), await answered(Listener(refused))] == [200, 200]
