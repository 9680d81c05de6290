"""What befalls a channel while Tocsin cannot follow it is not lost without a word."""

from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.slack.listeners.rooms import RoomListeners
from bot.slack.running import Running
from core.bus import CommandBus
from core.errors import CoreError, NotFound, Unavailable
from tests.fakes.store import FakeStore


class Nowhere:
    """An identity that nobody can look up."""

    def __init__(self, failure: CoreError) -> None:
        self._failure = failure

    async def workspace(self, body: object) -> Any:
        raise self._failure


def listening(store: FakeStore, bus: CommandBus, failure: CoreError) -> RoomListeners:
    nowhere: Any = Nowhere(failure)
    return RoomListeners(
        bus=bus,
        reads=store.reads,
        postings=store.postings,
        identity=nowhere,
        people=nowhere,
        running=Running(),
    )


EVENT = {"type": "channel_archive", "channel": "C1", "user": "U1"}


async def test_what_passes_is_told_again_and_logged(store: FakeStore, bus: CommandBus) -> None:
    listeners = listening(store, bus, Unavailable("The database is busy."))
    acknowledged: list[bool] = []

    async def ack() -> None:
        acknowledged.append(True)

    told: Any = listeners.told
    with capture_logs() as logs, pytest.raises(Unavailable):
        await told(ack, {}, EVENT)

    [line] = logs
    assert (line["event"], line["kind"]) == ("channel_not_followed", "channel_archive")
    assert not acknowledged


async def test_what_does_not_pass_is_logged_alone(store: FakeStore, bus: CommandBus) -> None:
    listeners = listening(store, bus, NotFound("Tocsin is not installed in this workspace."))
    acknowledged: list[bool] = []

    async def ack() -> None:
        acknowledged.append(True)

    told: Any = listeners.told
    with capture_logs() as logs:
        await told(ack, {}, EVENT)

    assert [line["event"] for line in logs] == ["channel_not_followed"]
    assert acknowledged
