"""The relay's bookkeeping: effects on their way out, and where they ended up."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NewType, Protocol, TypeAlias

from core.domain.ids import (
    ChannelId,
    OrganizationId,
)
from core.effects import Effect

ParcelId = NewType("ParcelId", int)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """An effect on its way out.

    `doubtful`: an earlier attempt ended without an answer, so it may have arrived.
    `upto` is the newest parcel at the time of claiming: settling this one settles its
    equals up to there where the effect is collapsible.
    """

    id: ParcelId
    organization_id: OrganizationId
    effect: Effect
    attempts: int = 0
    doubtful: bool = False
    upto: ParcelId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BuriedParcel:
    """An effect that was given up, for a person to look at and to replay."""

    id: ParcelId
    effect: Effect
    attempts: int
    reason: str
    buried_at: datetime


class Outbox(Protocol):
    async def claim(self, limit: int, now: datetime) -> list[Parcel]:
        """The oldest undelivered parcel of each lane (an effect's subject), if it is due, marked as
        being tried until the lease (15 s) runs out. A parcel whose lease ran out is `doubtful`.
        Channels that are to be opened come first, those of the worst incidents before the others;
        all else comes in the order in which it was due, and reminders after everything, but for
        those behind which something else waits: they come when that would."""

    async def settle(self, parcel: Parcel) -> None:
        """It arrived, and with it every waiting equal up to `parcel.upto`, if collapsible."""

    async def postpone(
        self, parcel: Parcel, until: datetime, reason: str, *, doubtful: bool, counted: bool
    ) -> None:
        """It may arrive later. `doubtful`: this attempt may have arrived after all.
        `counted` False (a rate limit or an outage, say) does not bring it nearer to burial."""

    async def renew(self, parcels: Sequence[Parcel], now: datetime) -> None:
        """They are still being tried: their leases begin anew."""

    async def release(self, parcel: Parcel) -> None:
        """It was not tried: due again at once, as it was (used when draining at shutdown)."""

    async def bury(self, parcel: Parcel, reason: str) -> None:
        """It never will; keep it for a person to look at. The lane goes on."""

    async def replay(self, organization_id: OrganizationId, id: ParcelId, now: datetime) -> None:
        """Dig it up: due now, attempts anew. `NotFound` if nothing is buried there."""

    async def replay_all(self, organization_id: OrganizationId, now: datetime) -> int:
        """Dig up all that is buried, as `replay` does; answers how many that were."""

    async def recover(self, now: datetime) -> None:
        """Release what a dead process held: due now, and doubtful, for it may have arrived.
        Only where no other process works on the same database."""

    async def buried(self, organization_id: OrganizationId, limit: int) -> list[BuriedParcel]:
        """What lies there, newest burial first."""

    async def is_behind(self, parcel: Parcel, lanes: Sequence[str]) -> bool:
        """Whether anything that came to be before the parcel waits in one of those other lanes, or
        is being tried there."""

    async def waiting(self) -> int:
        """How many parcels are neither settled nor buried."""

    async def next_due(self) -> datetime | None:
        """When the earliest waiting head of a lane is due; None when nothing waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """Where something of an incident or a maintenance stands in Slack. `role` is `card`,
    `announcement`, `update:upd_…`, `notice:ent_…`, `pin`, `bookmarks`, `topic`, a window's
    `card:C…` and `notice:ent_…:C…`; `begun:C…` the last thing that was begun to be said there, and
    `left:card:…` what stands where the incident was before; `preview:…` what is shown beside links
    of people, with their message and the links in `ts`, which else is its message or mark."""

    role: str
    channel_id: ChannelId
    ts: str


class Postings(Protocol):
    async def find(
        self, organization_id: OrganizationId, subject_id: str, role: str
    ) -> Posting | None: ...

    async def all_of(self, organization_id: OrganizationId, subject_id: str) -> list[Posting]:
        """Everything of it that stands, by role."""

    async def record(
        self, organization_id: OrganizationId, subject_id: str, posting: Posting
    ) -> None:
        """Insert or replace by role."""

    async def begin(
        self, organization_id: OrganizationId, subject_id: str, posting: Posting
    ) -> None:
        """The same, unless one of that role stands: of those who begin a thing at the same time
        one is the first. What is over, whose `ts` is empty, stands no more."""

    async def move(
        self, organization_id: OrganizationId, channel_id: ChannelId, moved_to: ChannelId
    ) -> None:
        """What stands in a channel stands in the same one under another id."""


class Unreachable(Exception):
    """Try again later: a timeout, a rate limit, a server error.

    `retry_after` in seconds, when the other side said so.
    `doubtful`: the request may have been carried out although no answer came. Without either of
    them surely nothing was done, as when nobody can be reached or a token is not accepted.
    Only a doubtful failure counts as an attempt.
    """

    def __init__(
        self, reason: str, *, retry_after: float | None = None, doubtful: bool = False
    ) -> None:
        super().__init__(reason)
        self.retry_after = retry_after
        self.doubtful = doubtful


class Undeliverable(Exception):
    """Trying again cannot help; the message says why, in a sentence for a person."""


Delivery: TypeAlias = Callable[[Any, Parcel], Awaitable[None]]
"""Takes one kind of effect and its parcel; raises `Unreachable` or `Undeliverable` only."""
