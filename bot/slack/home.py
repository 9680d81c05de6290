"""Fills the App Home of one person with what their organisation is doing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.incident_settings import settings_of
from bot.slack.blocks import View
from bot.slack.errors import shown
from bot.slack.failures import Refused
from bot.slack.gesture import Gesture, Memory, Person
from bot.slack.home_month import Months
from bot.slack.home_reach import going_on
from bot.slack.kit import Kit
from bot.slack.maintenance.targets import WindowTargets
from bot.slack.rhythm import with_rhythm
from bot.slack.settings.desk import NEEDED
from bot.slack.settings.sight import sight_of
from bot.slack.settings.summaries import at_a_glance
from bot.slack.tasks.known import open_tasks_of
from bot.slack.text import zone_of
from bot.slack.views.calendar import month_of
from bot.slack.views.home import HomeSight, home_saying, home_view
from bot.slack.views.home_alerts import AlertSight, QuietLine
from bot.slack.views.home_incidents import NEEDS, IncidentSight, details, list_title, list_view
from core.domain.actor import Permission
from core.domain.follow_up import FollowUp
from core.domain.ids import IncidentId
from core.domain.incident_role import LEAD, IncidentRole, standard_roles
from core.domain.incident_settings import IncidentSettings
from core.domain.needs import Need, Reader, needs_of
from core.domain.quiet import quiet_ones
from core.domain.reminder_times import attended, due_for_news
from core.domain.silence import ACTIVE as ACTIVE_SILENCES
from core.domain.silence import Silence
from core.errors import NotFound
from core.language import say
from core.permissions import require
from core.ports import RecordQuery, Undeliverable, Unreachable
from core.views import IncidentPage, IncidentRow

MOST_LED = 10
"""Of so many that somebody leads it is looked up when others heard of them last."""

MOST_SILENCES = 20

REPLACED = "hash_conflict"
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    kit: Kit
    windows: WindowTargets

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

    async def details(self, gesture: Gesture, id: str) -> None:
        """For there is no channel to answer in."""

        async def fill(person: Person) -> View:
            found = await self.kit.targets.named(person, id)
            organization = person.caller.organization_id
            reads = self.kit.reads.seen_by(person.caller.viewer)
            card = await reads.card(organization, found)
            return details(await with_rhythm(card, reads, organization))

        title = say("Incident")
        await self.kit.opening.open(gesture, title, fill, Permission.READ_INCIDENTS)

    async def all(self, gesture: Gesture, which: str) -> None:
        """Of what is listed, more than there is room for beside the rest."""

        async def fill(person: Person) -> View:
            return list_view(await self._incidents(person, self.kit.clock()), which)

        await self.kit.opening.open(gesture, list_title(which), fill, Permission.READ_INCIDENTS)

    async def _view(self, gesture: Gesture, month: str, notice: str) -> View:
        person = await self.kit.whose(gesture)
        may = person.caller.permissions
        require(person.caller, Permission.READ_INCIDENTS)
        zone, now = await self.kit.zones.of(gesture), self.kit.clock()
        today = now.astimezone(zone_of(zone)).date()
        wanted, seeking = month_of(month, today), self.kit.seeking
        sight = HomeSight(
            incidents=await self._incidents(person, now),
            windows=await self.windows.active(person),
            slots=await Months(self.kit.reads).slots(person, wanted, zone, now),
            month=wanted,
            today=today,
            zone=zone,
            notice=notice,
            asked=gesture.asked,
            found=await seeking.words(person, gesture.asked) if gesture.asked else (),
            may_declare=Permission.WRITE_INCIDENTS in may,
            may_maintain=Permission.WRITE_MAINTENANCES in may,
            alerts=await self._alerts(person, now),
            settings=await self._settings(person) if NEEDED in may else "",
        )
        return home_view(sight)

    async def _incidents(self, person: Person, now: datetime) -> IncidentSight:
        page = await going_on(self.kit.targets, self.kit.reads, person)
        roles = await self._roles(person, page.rows)
        settings = await settings_of(self.kit.reads, person.caller.organization_id)
        tasks, due = await self._tasks(person), await self._news_due(person, page.rows, settings)
        services = await self.kit.reads.services(person.caller.organization_id)
        reader = person.caller.actor.user_id
        own = frozenset(one.id for one in services if reader and reader in one.owner_ids)
        needing = (
            Reader(id=reader, own_services=own, leads=bool(settings.lead_minutes))
            if reader
            else None
        )
        needs = needs_of(needing, page.rows, due, tasks, now)
        return IncidentSight(
            needs=needs,
            mine=[row for row in page.rows if row.id in roles],
            others=[row for row in page.rows if row.id not in roles],
            total=page.total,
            roles=roles,
            references=await self._references(person, needs, page),
            may_act=Permission.WRITE_INCIDENTS in person.caller.permissions,
        )

    async def _roles(
        self, person: Person, rows: Sequence[IncidentRow]
    ) -> Mapping[IncidentId, Sequence[str]]:
        """The names of those that the reader has, in each incident in which it is one at least."""
        organization, reader = person.caller.organization_id, person.caller.actor.user_id
        own = (await self.kit.reads.records(organization, IncidentRole, RecordQuery())).rows
        known = {role.id: role.name for role in (*standard_roles(self.kit.clock()), *own)}
        found: dict[IncidentId, Sequence[str]] = {}
        for row in rows if reader else ():
            played = [LEAD] if row.assignee_id == reader else []
            played += [one.role_id for one in row.roles if one.user_id == reader]
            names = [known[id] for id in dict.fromkeys(played) if id in known]
            found |= {row.id: names} if names else {}
        return found

    async def _tasks(self, person: Person) -> list[FollowUp]:
        reader = person.caller.actor.user_id
        reads = self.kit.reads.seen_by(person.caller.viewer)
        organization = person.caller.organization_id
        return await open_tasks_of(reads, organization, reader) if reader else []

    async def _news_due(
        self, person: Person, rows: Sequence[IncidentRow], settings: IncidentSettings
    ) -> Mapping[IncidentId, datetime]:
        """When news of those is expected that the reader leads."""
        reader, organization = person.caller.actor.user_id, person.caller.organization_id
        led = [row for row in rows if reader and row.assignee_id == reader][:MOST_LED]
        reads = self.kit.reads.seen_by(person.caller.viewer)
        due: dict[IncidentId, datetime] = {}
        for row in led:
            card = await reads.card(organization, row.id)
            told = card.latest_update.at if card.latest_update else row.published_at
            at = due_for_news(card.incident, settings, told or row.created_at)
            due |= {row.id: at} if at and attended(card.incident) else {}
        return due

    async def _references(
        self, person: Person, needs: Sequence[Need], page: IncidentPage
    ) -> Mapping[IncidentId, str]:
        """Tasks are also left of incidents that are over."""
        known = {row.id: row.reference for row in page.rows}
        reads = self.kit.reads.seen_by(person.caller.viewer)
        for need in needs[:NEEDS]:
            if need.incident_id not in known:
                try:
                    one = await reads.incident(person.caller.organization_id, need.incident_id)
                except NotFound:  # it was deleted, or is nothing for the reader any more
                    continue
                known[need.incident_id] = one.row.reference
        return known

    async def _settings(self, person: Person) -> str:
        return at_a_glance(await sight_of(self.kit, person, Memory()))

    async def _alerts(self, person: Person, now: datetime) -> AlertSight:
        organization = person.caller.organization_id
        query = RecordQuery(parent_id=ACTIVE_SILENCES, limit=MOST_SILENCES)
        page = await self.kit.reads.records(organization, Silence, query)
        going_on = [silence for silence in page.rows if silence.ends_at > now]
        return AlertSight(
            quiet=await self._quiet(person, now),
            silences=going_on,
            total=page.total - len(page.rows) + len(going_on),
            may_end=Permission.WRITE_INCIDENTS in person.caller.permissions,
        )

    async def _quiet(self, person: Person, now: datetime) -> list[QuietLine]:
        organization, reads = person.caller.organization_id, self.kit.reads
        sources = await reads.integrations(organization)
        quiet = quiet_ones(sources, await reads.last_heard(organization), now)
        return [QuietLine(name=one.integration.name, since=one.since) for one in quiet]
