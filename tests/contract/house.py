"""A storage behind its ports, with two organisations in it, and the ways tests use it."""

from dataclasses import dataclass, replace
from typing import Any, Protocol

from core.bus import CommandBus
from core.commands import R
from core.domain.actor import Actor, Surface
from core.domain.ids import IncidentId, OrganizationId
from core.domain.incident import Incident
from core.domain.severity import Severity
from core.effects import Effect
from core.ports import (
    Chores,
    Directory,
    Health,
    Inbox,
    Installations,
    Outbox,
    Parcel,
    Postings,
    ReadModels,
    Search,
    Transactions,
    UnitOfWork,
    Work,
)
from tests.fakes.moment import FakeClock, FakeIds

ALICE = Actor(surface=Surface.SLACK, name="Alice Archer")


class Storage(Protocol):
    """What a composition root gets when it opens one."""

    @property
    def transactions(self) -> Transactions: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def postings(self) -> Postings: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def reads(self) -> ReadModels: ...
    @property
    def search(self) -> Search: ...
    @property
    def chores(self) -> Chores: ...
    @property
    def directory(self) -> Directory: ...
    @property
    def health(self) -> Health: ...
    @property
    def installations(self) -> Installations: ...
    async def close(self) -> None: ...


class Bell:
    """Counts how often the relay was woken."""

    def __init__(self) -> None:
        self.rung = 0

    def __call__(self) -> None:
        self.rung += 1


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    storage: Storage
    clock: FakeClock
    new_id: FakeIds
    bell: Bell
    organization_id: OrganizationId
    neighbour_id: OrganizationId

    @property
    def reads(self) -> ReadModels:
        return self.storage.reads

    @property
    def outbox(self) -> Outbox:
        return self.storage.outbox

    @property
    def bus(self) -> CommandBus:
        return CommandBus(self.storage.transactions, self.clock)

    async def run(self, work: Work[R]) -> R:
        return await self.storage.transactions.run(self.organization_id, work)

    async def next_door(self, work: Work[R]) -> R:
        return await self.storage.transactions.run(self.neighbour_id, work)

    def an_incident(self, number: int = 1, **changes: Any) -> Incident:
        """One nobody has stored yet."""
        incident = Incident(
            id=IncidentId(self.new_id("inc")),
            number=number,
            title="Checkout is slow",
            severity=Severity.HIGH,
            source=Surface.SLACK,
            created_at=self.clock(),
            updated_at=self.clock(),
        )
        return replace(incident, **changes)

    async def declare(self, **changes: Any) -> Incident:
        return await self.run(self.declaring(**changes))

    def declaring(self, **changes: Any) -> Work[Incident]:
        """The work that declares an incident under the next number."""
        incident = self.an_incident(**changes)

        async def work(uow: UnitOfWork) -> Incident:
            numbered = replace(incident, number=await uow.incidents.next_number())
            declared = numbered.declared(by=ALICE, at=numbered.created_at)
            return await uow.incidents.save(numbered, because=declared)

        return work

    async def edit(self, incident: Incident, **changes: Any) -> Incident:
        """With these fields changed, by Alice."""

        async def work(uow: UnitOfWork) -> Incident:
            current = await uow.incidents.get(incident.id)
            edited, event = current.edit(by=ALICE, at=self.clock(), **changes)
            return await uow.incidents.save(edited, because=event)

        return await self.run(work)

    async def claim(self, limit: int = 16) -> list[Parcel]:
        return await self.outbox.claim(limit, self.clock())

    async def unpack(self) -> list[Effect]:
        """Every effect that waits, lane by lane in order; a burial settles no equals."""
        effects: list[Effect] = []
        while parcels := await self.claim():
            effects += [parcel.effect for parcel in parcels]
            for parcel in parcels:
                await self.outbox.bury(parcel, "unpacked")
        return effects
