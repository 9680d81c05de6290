"""Opsgenie's ping of a heartbeat, by name, answered as Opsgenie answers."""

import pytest

from core.commands.alerting import AddHeartbeat
from core.domain.timer import TimerKind
from tests.fakes.people import the_operator
from tests.integration.paging.ground import Ground

PING = "/opsgenie/v2/heartbeats/{}/ping"


async def _backup(og: Ground) -> str:
    made = await og.bus.execute(
        AddHeartbeat(caller=the_operator(og.organization_id), name="Nightly backup", interval=60)
    )
    return made.id


async def _awaited(og: Ground) -> list[str]:
    return list(await og.store.reads.timers(og.organization_id, TimerKind.HEARTBEAT))


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH"])
async def test_a_ping_is_answered_with_a_pong(og: Ground, method: str) -> None:
    id = await _backup(og)

    answer = await og.ask(method, PING.format("Nightly%20backup"))

    assert answer["result"] == "PONG - Heartbeat received"
    assert answer["requestId"]
    assert await _awaited(og) == [id]


async def test_a_heartbeat_that_there_is_not_is_refused_in_its_own_form(og: Ground) -> None:
    refused = await og.ask("POST", PING.format("nothing"), status=404)

    assert refused["message"] == "There is no heartbeat nothing."
    assert refused.keys() >= {"message", "took", "requestId"}


async def test_without_a_key_nobody_pings(og: Ground) -> None:
    await _backup(og)

    for token in ("", "wrong"):
        await og.ask("POST", PING.format("Nightly%20backup"), status=401, token=token)

    assert await _awaited(og) == []
