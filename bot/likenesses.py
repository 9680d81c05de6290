"""What looks like an incident: asked for at any time, and written down once for each new one."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Self

from bot.privacy import search_seen_by
from core.bus import CommandBus
from core.commands import WriteLikenesses
from core.domain.actor import Actor, Caller, Surface
from core.domain.ids import OrganizationId
from core.domain.likeness import MOST_SHOWN, Likeness, Verdict
from core.domain.state import ACTIVE
from core.domain.viewer import NOBODY, Viewer
from core.effects import Effect, FindLikenesses
from core.errors import Conflict, NotFound, Unavailable
from core.permissions import RELAY
from core.ports import Clock, Delivery, Found, Parcel, ReadModels, Search, SearchQuery, Unreachable
from core.ports.search import KINDS
from core.views import IncidentRecord, LikenessRow

LEAST = 0.3
"""Below it nothing is shown to people who did not ask; they can spare a glance for a maybe."""

LEAST_IN_THE_WAY = 0.5
"""The same where somebody who declares an incident must answer first."""

MOST_PROCEDURES = 2

MOST_SOUGHT = 4
"""Of the lanes that the relay has: slow search does not keep Slack from being shown."""

BUSY, LONGEST = 2.5, 60.0
"""Seconds until somebody who found all of them taken looks again, at least and at most."""

APART = 0.05
"""Seconds from one of them to the next, because each look is a write."""

Settled = Callable[[], Awaitable[None]]


async def at_once() -> None:
    """The default of `settled`, where nothing has to be waited for."""


class Likenesses:
    """Search as people see it: with what things are, and what was said of them."""

    def __init__(self, reads: ReadModels, search: Search) -> None:
        self._reads = reads
        self._search = search

    def seen_by(self, viewer: Viewer) -> Self:
        """The same, without what is kept from the viewer."""
        return type(self)(
            self._reads.seen_by(viewer), search_seen_by(viewer, self._search, self._reads)
        )

    async def of_text(
        self, organization_id: OrganizationId, query: SearchQuery
    ) -> list[LikenessRow]:
        found = await self._search.find(organization_id, query)
        return await self._reads.likenesses_among(organization_id, found)

    async def of_incident(
        self,
        organization_id: OrganizationId,
        id_or_reference: str,
        *,
        kinds: frozenset[str] = frozenset(KINDS),
        limit: int = 10,
        least: float = 0.0,
    ) -> list[LikenessRow]:
        """As it is now, the best first, then what people said has the same cause although search
        does not think so. `NotFound` without such an incident."""
        record = await self._reads.incident(organization_id, id_or_reference)
        query = replace(query_about(record), kinds=kinds, limit=limit, least=least)
        rows = await self.of_text(organization_id, query)
        known = {
            one.id: one for one in await self._reads.likenesses(organization_id, record.row.id)
        }
        found = [_judged(row, known.get(row.id)) for row in rows]
        ids = {row.id for row in rows}
        others = [one for one in known.values() if one.id not in ids and one.kind in kinds]
        return _fitting([*found, *(one for one in others if _same(one))], limit)


class LikenessFinder:
    """Carries out `FindLikenesses`: of any incident, among those that are not private. `settled`
    returns when what was said just now can be found, or when it has taken too long."""

    def __init__(
        self,
        *,
        bus: CommandBus,
        reads: ReadModels,
        search: Search,
        clock: Clock,
        settled: Settled = at_once,
    ) -> None:
        self._bus = bus
        self._reads = reads
        self._public = reads.seen_by(NOBODY)
        self._search = search_seen_by(NOBODY, search, reads)
        self._clock = clock
        self._settled = settled
        self._seeking = 0
        self._last_turn = datetime.min.replace(tzinfo=UTC)

    @property
    def deliveries(self) -> Mapping[type[Effect], Delivery]:
        return {FindLikenesses: self.deliver}

    async def deliver(self, effect: FindLikenesses, parcel: Parcel) -> None:
        if self._seeking >= MOST_SOUGHT:
            raise Unreachable(
                "What looks like other incidents is sought.", retry_after=self._turn()
            )
        self._seeking += 1
        try:
            await self._find(effect, parcel.organization_id)
        except NotFound:
            return  # it was deleted meanwhile
        except (Unavailable, Conflict) as refusal:
            raise Unreachable(str(refusal), doubtful=True) from refusal
        finally:
            self._seeking -= 1

    def _turn(self) -> float:
        """The seconds until one more may look again."""
        now = self._clock()
        behind = (self._last_turn - now).total_seconds() + APART
        wait = min(max(BUSY, behind), LONGEST)
        self._last_turn = now + timedelta(seconds=wait)
        return wait

    async def _find(self, effect: FindLikenesses, organization_id: OrganizationId) -> None:
        await self._settled()
        record = await self._reads.incident(organization_id, effect.incident_id)
        if record.row.state not in ACTIVE:
            return
        found = await self._found(record, organization_id)
        if not found:
            return
        now = self._clock()
        likenesses = tuple(
            Likeness(
                incident_id=record.row.id,
                other_id=one.id,
                kind=one.kind,
                found_at=now,
                score=one.score,
                rank=rank,
                reason=one.reason,
                model=one.model,
            )
            for rank, one in enumerate(found, start=1)
        )
        caller = Caller(
            organization_id=organization_id,
            actor=Actor(surface=Surface.RELAY, name="Tocsin"),
            permissions=RELAY,
        )
        await self._bus.execute(
            WriteLikenesses(caller=caller, incident_id=record.row.id, likenesses=likenesses)
        )

    async def _found(self, record: IncidentRecord, organization_id: OrganizationId) -> list[Found]:
        """A few incidents first, then the procedures that may help."""
        about = replace(query_about(record), least=LEAST)
        incidents = replace(about, kinds=frozenset({"incident"}), limit=2 * MOST_SHOWN)
        procedures = replace(about, kinds=frozenset({"procedure"}), limit=MOST_PROCEDURES)
        found = await self._search.find(organization_id, incidents)
        rows = await self._public.likenesses_among(organization_id, found)
        shown = {row.id for row in rows}
        return [
            *[one for one in found if one.id in shown][:MOST_SHOWN],
            *await self._search.find(organization_id, procedures),
        ]


def query_about(record: IncidentRecord) -> SearchQuery:
    """What is known of the incident so far."""
    row = record.row
    told = [update.text for update in record.updates]
    text = "\n".join(part for part in (row.title, row.description, *told) if part)
    return SearchQuery(text=text, about=row.id)


def _fitting(rows: Sequence[LikenessRow], limit: int) -> list[LikenessRow]:
    """In their order, without what is not related. What people named takes the place of what is
    only likely."""
    likely = [row.id for row in rows if row.verdict is None]
    room = max(0, limit - sum(map(_same, rows)))
    kept = frozenset(likely[:room])
    return [row for row in rows if _same(row) or row.id in kept][:limit]


def _same(row: LikenessRow) -> bool:
    return row.verdict is Verdict.SAME_CAUSE


def _judged(row: LikenessRow, known: LikenessRow | None) -> LikenessRow:
    return replace(row, verdict=known.verdict, judged_by=known.judged_by) if known else row
