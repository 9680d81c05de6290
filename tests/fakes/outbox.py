"""The outbox and the postings in dicts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from core.domain.ids import ChannelId, IncidentId, OrganizationId
from core.effects import COLLAPSIBLE, Effect, OpenChannel, PostReminder
from core.errors import NotFound
from core.ports import BuriedParcel, Clock, Parcel, ParcelId, Posting
from tests.fakes.rows import Rows

LEASE = timedelta(seconds=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredParcel:
    parcel: Parcel
    due_at: datetime
    being_tried: bool = False
    settled: bool = False
    buried_at: datetime | None = None
    reason: str = ""

    @property
    def lane(self) -> str:
        return self.parcel.effect.subject_id

    @property
    def waiting(self) -> bool:
        return not self.settled and self.buried_at is None


@dataclass(slots=True)
class FakeOutbox:
    """`stored` is where incidents are."""

    clock: Clock
    rows: dict[ParcelId, StoredParcel] = field(default_factory=dict)
    stored: Rows = field(default_factory=Rows)

    def add(self, organization_id: OrganizationId, effect: Effect, due_at: datetime) -> None:
        id = ParcelId(len(self.rows) + 1)
        parcel = Parcel(id=id, organization_id=organization_id, effect=effect)
        self.rows[id] = StoredParcel(parcel=parcel, due_at=due_at)

    async def claim(self, limit: int, now: datetime) -> list[Parcel]:
        busy = {row.lane for row in self._waiting() if row.being_tried and now < row.due_at}
        due = [row for row in self._heads() if row.due_at <= now and row.lane not in busy]
        firsts = {row.lane: row for row in self._firsts() if row.due_at <= now}
        others = [row for row in due if row.lane in firsts]
        channels = [row for row in others if isinstance(_effect(firsts[row.lane]), OpenChannel)]
        worst_first = sorted(channels, key=self._severity, reverse=True)
        rest = [row for row in others if row not in worst_first]
        rest.sort(key=lambda row: firsts[row.lane].due_at)
        reminders = [row for row in due if row not in others]
        return [self._lend(row, now) for row in [*worst_first, *rest, *reminders][:limit]]

    def _severity(self, row: StoredParcel) -> int:
        incidents = self.stored.of(row.parcel.organization_id).incidents
        incident = incidents.get(IncidentId(row.lane))
        return incident.severity.rank if incident else 0

    def _lend(self, row: StoredParcel, now: datetime) -> Parcel:
        parcel = replace(
            row.parcel,
            doubtful=row.parcel.doubtful or row.being_tried,
            upto=ParcelId(len(self.rows)),
        )
        self.rows[parcel.id] = replace(row, parcel=parcel, due_at=now + LEASE, being_tried=True)
        return parcel

    async def settle(self, parcel: Parcel) -> None:
        for row in [self.rows[parcel.id], *self._equals(parcel)]:
            self.rows[row.parcel.id] = replace(row, settled=True)

    def _equals(self, parcel: Parcel) -> list[StoredParcel]:
        if type(parcel.effect) not in COLLAPSIBLE or parcel.upto is None:
            return []
        return [
            row
            for row in self._waiting()
            if row.parcel.effect == parcel.effect and row.parcel.id <= parcel.upto
        ]

    async def postpone(
        self, parcel: Parcel, until: datetime, reason: str, *, doubtful: bool, counted: bool
    ) -> None:
        row = self.rows[parcel.id]
        later = replace(
            row.parcel,
            attempts=row.parcel.attempts + counted,
            doubtful=row.parcel.doubtful or doubtful,
        )
        self.rows[parcel.id] = replace(
            row, parcel=later, due_at=until, reason=reason, being_tried=False
        )

    async def renew(self, parcels: Sequence[Parcel], now: datetime) -> None:
        for parcel in parcels:
            self.rows[parcel.id] = replace(self.rows[parcel.id], due_at=now + LEASE)

    async def release(self, parcel: Parcel) -> None:
        row = self.rows[parcel.id]
        self.rows[parcel.id] = replace(row, due_at=self.clock(), being_tried=False)

    async def bury(self, parcel: Parcel, reason: str) -> None:
        row = self.rows[parcel.id]
        self.rows[parcel.id] = replace(row, buried_at=self.clock(), reason=reason)

    async def replay(self, organization_id: OrganizationId, id: ParcelId, now: datetime) -> None:
        row = self.rows.get(id)
        if not row or not row.buried_at or row.parcel.organization_id != organization_id:
            raise NotFound(f"Nothing is buried under {id}.")
        anew = replace(row.parcel, attempts=0)
        self.rows[id] = replace(row, parcel=anew, due_at=now, buried_at=None, being_tried=False)

    async def replay_all(self, organization_id: OrganizationId, now: datetime) -> int:
        graves = await self.buried(organization_id, len(self.rows))
        for grave in graves:
            await self.replay(organization_id, grave.id, now)
        return len(graves)

    async def recover(self, now: datetime) -> None:
        for row in self._waiting():
            if row.being_tried:
                held = replace(row.parcel, doubtful=True)
                self.rows[held.id] = replace(row, parcel=held, due_at=now, being_tried=False)

    async def buried(self, organization_id: OrganizationId, limit: int) -> list[BuriedParcel]:
        graves = [
            BuriedParcel(
                id=row.parcel.id,
                effect=row.parcel.effect,
                attempts=row.parcel.attempts,
                reason=row.reason,
                buried_at=row.buried_at,
            )
            for row in self.rows.values()
            if row.buried_at and row.parcel.organization_id == organization_id
        ]
        newest_first = sorted(graves, key=lambda grave: (grave.buried_at, grave.id), reverse=True)
        return newest_first[:limit]

    async def is_behind(self, parcel: Parcel, lanes: Sequence[str]) -> bool:
        return any(
            row.lane in lanes
            and row.parcel.id < parcel.id
            and row.parcel.organization_id == parcel.organization_id
            for row in self._waiting()
        )

    async def waiting(self) -> int:
        return len(self._waiting())

    async def next_due(self) -> datetime | None:
        return min((row.due_at for row in self._heads()), default=None)

    def _waiting(self) -> list[StoredParcel]:
        return [row for row in self.rows.values() if row.waiting]

    def _heads(self) -> list[StoredParcel]:
        return _first_of_each_lane(self._waiting())

    def _firsts(self) -> list[StoredParcel]:
        """Those before which nothing is in their lane but reminders."""
        return _first_of_each_lane(
            row for row in self._waiting() if not isinstance(_effect(row), PostReminder)
        )


def _first_of_each_lane(rows: Iterable[StoredParcel]) -> list[StoredParcel]:
    firsts: dict[str, StoredParcel] = {}
    for row in rows:
        firsts.setdefault(row.lane, row)
    return list(firsts.values())


def _effect(row: StoredParcel) -> Effect:
    return row.parcel.effect


@dataclass(slots=True)
class FakePostings:
    rows: dict[tuple[OrganizationId, str, str], Posting] = field(default_factory=dict)

    async def find(
        self, organization_id: OrganizationId, subject_id: str, role: str
    ) -> Posting | None:
        return self.rows.get((organization_id, subject_id, role))

    async def all_of(self, organization_id: OrganizationId, subject_id: str) -> list[Posting]:
        mine = (organization_id, subject_id)
        return [posting for key, posting in sorted(self.rows.items()) if key[:2] == mine]

    async def record(
        self, organization_id: OrganizationId, subject_id: str, posting: Posting
    ) -> None:
        self.rows[organization_id, subject_id, posting.role] = posting

    async def begin(
        self, organization_id: OrganizationId, subject_id: str, posting: Posting
    ) -> None:
        key = (organization_id, subject_id, posting.role)
        if key not in self.rows or not self.rows[key].ts:
            self.rows[key] = posting

    async def move(
        self, organization_id: OrganizationId, channel_id: ChannelId, moved_to: ChannelId
    ) -> None:
        for key, posting in self.rows.items():
            if key[0] == organization_id and posting.channel_id == channel_id:
                self.rows[key] = replace(posting, channel_id=moved_to)
