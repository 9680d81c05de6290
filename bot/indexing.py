"""The loop in which the index for search by meaning is kept true, a little in each turn."""

import asyncio
from collections.abc import Mapping
from typing import Protocol

import structlog

from core.domain.ids import OrganizationId
from core.effects import Effect, IndexIncident, IndexRecord
from core.errors import CoreError
from core.ports import Delivery, Parcel

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0
"""Seconds, after failures in a row."""

log = structlog.get_logger(__name__)


class Turning(Protocol):
    def ring(self, organization_id: OrganizationId, id: str) -> None:
        """That document has new words, or is gone."""

    async def turn(self) -> float:
        """Does a little; answers for how many seconds to rest."""


class IndexingLoop:
    """What is to be done stands in the database: whoever rings only makes it sooner."""

    def __init__(self, indexer: Turning, *, first_pause: float = FIRST_PAUSE) -> None:
        self._indexer = indexer
        self._first_pause = first_pause
        self._woken = asyncio.Event()
        self._stopped = asyncio.Event()
        self._failures = 0

    @property
    def deliveries(self) -> Mapping[type[Effect], Delivery]:
        return {IndexIncident: self._incident, IndexRecord: self._record}

    async def run(self) -> None:
        while not self._stopped.is_set():
            self._woken.clear()
            await self._sleep(await self._turn())

    def wake(self) -> None:
        self._woken.set()

    def stop(self) -> None:
        self._stopped.set()
        self._woken.set()

    async def _turn(self) -> float:
        try:
            rest = await self._indexer.turn()
        except CoreError as refusal:
            log.info("indexing_waits", reason=str(refusal))
        except Exception:
            log.exception("indexing_stumbled")
        else:
            self._failures = 0
            return rest
        pause: float = min(LONGEST_PAUSE, self._first_pause * 2 ** min(self._failures, 16))
        self._failures += 1
        return pause

    async def _sleep(self, seconds: float) -> None:
        """After a failure nobody is woken early: it would fail again."""
        until = self._stopped if self._failures else self._woken
        try:
            async with asyncio.timeout(seconds):
                await until.wait()
        except TimeoutError:
            return

    async def _incident(self, effect: IndexIncident, parcel: Parcel) -> None:
        self._ring(parcel, effect.incident_id)

    async def _record(self, effect: IndexRecord, parcel: Parcel) -> None:
        self._ring(parcel, effect.record_id)

    def _ring(self, parcel: Parcel, id: str) -> None:
        self._indexer.ring(parcel.organization_id, id)
        self.wake()
