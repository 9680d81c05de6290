"""Fills the App Home of one person with what their organisation is doing."""

from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.slack.blocks import View
from bot.slack.errors import shown
from bot.slack.failures import Refused
from bot.slack.forms import Whose
from bot.slack.gesture import Gesture, Person
from bot.slack.maintenance.targets import WindowTargets
from bot.slack.seeking import Seeking
from bot.slack.targets import Targets
from bot.slack.text import zone_of
from bot.slack.views.calendar import Month, Slot, month_of
from bot.slack.views.home import HomeSight, home_saying, home_view
from bot.slack.views.home_alerts import AlertSight, QuietLine
from bot.slack.zones import Zones
from core.domain.actor import Permission
from core.domain.maintenance import Maintenance
from core.domain.occurrences import coming, taken
from core.domain.quiet import quiet_ones
from core.domain.silence import ACTIVE as ACTIVE_SILENCES
from core.domain.silence import Silence
from core.domain.state import ACTIVE
from core.permissions import require
from core.ports import (
    AgendaQuery,
    Clock,
    ReadModels,
    RecordQuery,
    Undeliverable,
    Unreachable,
)
from core.views import IncidentPage, IncidentQuery

MOST = 200
"""Windows that are read for one month, occurrences that are looked ahead to, and incidents of
which the worst are shown."""

MOST_SILENCES = 20

REPLACED = "hash_conflict"
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    reads: ReadModels
    whose: Whose
    targets: Targets
    windows: WindowTargets
    zones: Zones
    clock: Clock
    seeking: Seeking

    async def show(self, gesture: Gesture, *, month: str = "", notice: str = "") -> None:
        """The month they looked at stays, unless another is named, and so does what the gesture
        asked for. Whoever was faster with a newer view wins."""
        view = await shown(self._view(gesture, month or gesture.home, notice), home_saying)
        try:
            await gesture.workspace.gateway.publish_home(gesture.user_id, view, gesture.home_hash)
        except Refused as refused:
            if refused.code != REPLACED:
                raise
            log.info("slack_home_was_replaced")

    async def tell(self, gesture: Gesture, notice: str = "") -> None:
        """The same as a courtesy: where Slack does not take it, that is logged, and that is all."""
        try:
            await self.show(gesture, notice=notice)
        except (Unreachable, Undeliverable) as failure:
            log.warning("slack_home_not_shown", reason=str(failure))

    async def _view(self, gesture: Gesture, month: str, notice: str) -> View:
        person = await self.whose(gesture)
        require(person.caller, Permission.READ_INCIDENTS)
        require(person.caller, Permission.READ_MAINTENANCES)
        zone, now = await self.zones.of(gesture), self.clock()
        today = now.astimezone(zone_of(zone)).date()
        wanted = month_of(month, today)
        query = IncidentQuery(states=ACTIVE, limit=MOST)
        sight = HomeSight(
            incidents=_worst_first(await self.targets.listed(person, query)),
            windows=await self.windows.active(person),
            slots=await self._slots(person, wanted, zone, now),
            month=wanted,
            today=today,
            zone=zone,
            notice=notice,
            asked=gesture.asked,
            found=await self.seeking.words(person, gesture.asked) if gesture.asked else (),
            may_declare=Permission.WRITE_INCIDENTS in person.caller.permissions,
            may_maintain=Permission.WRITE_MAINTENANCES in person.caller.permissions,
            alerts=await self._alerts(person, now),
        )
        return home_view(sight)

    async def _alerts(self, person: Person, now: datetime) -> AlertSight:
        query = RecordQuery(parent_id=ACTIVE_SILENCES, limit=MOST_SILENCES)
        page = await self.reads.records(person.caller.organization_id, Silence, query)
        going_on = [silence for silence in page.rows if silence.ends_at > now]
        return AlertSight(
            quiet=await self._quiet(person, now),
            silences=going_on,
            total=page.total - len(page.rows) + len(going_on),
            may_end=Permission.WRITE_INCIDENTS in person.caller.permissions,
        )

    async def _quiet(self, person: Person, now: datetime) -> list[QuietLine]:
        organization = person.caller.organization_id
        sources = await self.reads.integrations(organization)
        heard = await self.reads.last_heard(organization)
        quiet = quiet_ones(sources, heard, now)
        return [QuietLine(name=one.integration.name, since=one.since) for one in quiet]

    async def _slots(self, person: Person, month: Month, zone: str, now: datetime) -> list[Slot]:
        """What exists in the month, and what the series that go on will bring."""
        since, until = month.span(zone)
        there = await self._agenda(person, AgendaQuery(since=since, until=until, limit=MOST))
        query = AgendaQuery(since=now, until=until, completed=False, limit=MOST)
        ahead = await self._agenda(person, query) if until > now else []
        slots = [_slot(window, now) for window in there]
        slots += [slot for window in ahead for slot in _ahead(window, since, until)]
        inside = (slot for slot in slots if slot.start < until and slot.end > since)
        return sorted(inside, key=lambda slot: (slot.start, slot.reference))

    async def _agenda(self, person: Person, query: AgendaQuery) -> list[Maintenance]:
        rows = await self.reads.agenda(person.caller.organization_id, query)
        return [row.maintenance for row in rows]


def _slot(window: Maintenance, now: datetime) -> Slot:
    start, end = taken(window, now)
    return Slot(
        reference=window.reference,
        title=window.title,
        start=start,
        end=end,
        running=window.running,
    )


def _ahead(window: Maintenance, since: datetime, until: datetime) -> list[Slot]:
    return [
        Slot(reference=window.reference, title=window.title, start=start, end=end, again=True)
        for start, end in coming(window, since=since, until=until, limit=MOST)
    ]


def _worst_first(page: IncidentPage) -> IncidentPage:
    """Among those that are as bad, the newest first, as they come; what is shown is the start."""
    rows = sorted(page.rows, key=lambda row: -row.severity.rank)
    return replace(page, rows=tuple(rows))
