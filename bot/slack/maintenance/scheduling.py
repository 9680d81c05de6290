"""From a form to a window and back: what is filled in for somebody, and what becomes of it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.slack.assignees import Assignees
from bot.slack.blocks import MAX_SECTION
from bot.slack.gesture import Memory, Person, Reply, reply
from bot.slack.maintenance.beside import overlaps_told
from bot.slack.maintenance.meanwhile import put_together
from bot.slack.maintenance.times import period
from bot.slack.naming import name_in
from bot.slack.views.maintenance_filled import CHANNELS, OWNER, PEOPLE, REPEATS, RULE, START, Filled
from bot.slack.views.maintenance_repeats import OWN, choice_of
from core.bus import CommandBus
from core.commands import EditMaintenance, ScheduleMaintenance
from core.domain.ids import MaintenanceId, ServiceId, UserId
from core.domain.maintenance import Maintenance
from core.domain.policy import Policy
from core.domain.recurrence import spoken
from core.errors import InvalidInput
from core.language import say, to_say
from core.ports import Clock, ReadModels
from core.views import MaintenanceCard

LEAD = timedelta(hours=1)
LASTS = timedelta(hours=1)


class Scheduling:
    def __init__(
        self,
        bus: CommandBus,
        reads: ReadModels,
        clock: Clock,
        assignees: Assignees,
        policy: Policy,
    ) -> None:
        self._bus = bus
        self._reads = reads
        self._clock = clock
        self._assignees = assignees
        self._policy = policy

    def beginning(self, slack_user_id: str, zone: str, title: str) -> Filled:
        """What is in the form before anybody fills it: the hour after the next one."""
        hour = self._clock().replace(minute=0, second=0, microsecond=0)
        start = hour + timedelta(hours=1) + LEAD
        return Filled(
            title=title,
            start=start,
            end=start + LASTS,
            timezone=zone,
            owner=slack_user_id,
            reminders=tuple(sorted(self._policy.reminders)),
        )

    async def schedule(self, person: Person, filled: Filled, zone: str) -> Reply:
        filled = replace(filled, start=self._clock()) if filled.start_now else filled
        _require_whole(filled)
        window = await self._bus.execute(
            ScheduleMaintenance(
                caller=person.caller,
                key=person.gesture.key,
                title=filled.title,
                scheduled_start_at=None if filled.start_now else filled.start,
                scheduled_end_at=_given(filled.end),
                start_now=filled.start_now,
                description=filled.description,
                service_ids=tuple(map(ServiceId, filled.service_ids)),
                timezone=filled.timezone,
                notify_channels=filled.channels,
                notify_user_ids=await self._assignees.chosen(person, filled.people, PEOPLE),
                owner_id=await self._owner(person, filled.owner),
                customer_visible=filled.customer_visible,
                runbook_url=filled.runbook_url,
                auto_start=filled.auto_start,
                auto_complete=filled.auto_complete,
                reminders=filled.reminders,
                matchers=filled.matchers,
                recurrence=filled.recurrence,
            )
        )
        return await self._told(person, window, zone)

    async def change(self, person: Person, memory: Memory, filled: Filled, zone: str) -> Reply:
        """Only what somebody changed is changed, whatever else became of the window meanwhile."""
        _require_whole(filled)
        id = MaintenanceId(memory.maintenance_id)
        card = await self._reads.maintenance_card(person.caller.organization_id, id)
        wanted = put_together(filled, filled_from(card), memory.shown, card, zone)
        window = await self._bus.execute(
            EditMaintenance(
                caller=person.caller,
                key=person.gesture.key,
                key_decides=True,
                maintenance_id=id,
                **await self._changes(person, card, wanted),
            )
        )
        return await self._told(person, window, zone)

    async def _changes(
        self, person: Person, card: MaintenanceCard, filled: Filled
    ) -> dict[str, Any]:
        before = filled_from(card)
        wanted: dict[str, Any] = {
            name: getattr(filled, name)
            for name in _SAME
            if getattr(filled, name) != getattr(before, name)
        }
        if filled.start != before.start:
            wanted["scheduled_start_at"] = filled.start
        if filled.end != before.end:
            wanted["scheduled_end_at"] = filled.end
        if {*filled.service_ids} != {*before.service_ids}:
            wanted["service_ids"] = tuple(map(ServiceId, filled.service_ids))
        if {*filled.channels} != {*before.channels}:
            wanted[CHANNELS] = filled.channels
        if filled.people != before.people:
            wanted[PEOPLE] = await self._with_unseen(person, card, filled.people)
        if filled.owner != before.owner:
            owner = await self._owner(person, filled.owner, card.maintenance.owner_id)
            wanted[OWNER] = owner or UserId("")
        return wanted | _recurrence(before, filled)

    async def _with_unseen(
        self, person: Person, card: MaintenanceCard, people: tuple[str, ...]
    ) -> tuple[UserId, ...]:
        """Those who are in no workspace were not in the form either; they stay."""
        seen = {one.id for one in card.people if one.slack_user_id}
        present = card.maintenance.notify_user_ids
        unseen = [id for id in present if id not in seen]
        return (*await self._assignees.chosen(person, people, PEOPLE, present), *unseen)

    async def _owner(
        self, person: Person, member: str, present: UserId | None = None
    ) -> UserId | None:
        known = [present] if present else []
        chosen = [member] if member else []
        found = await self._assignees.chosen(person, chosen, OWNER, known)
        return found[0] if found else None

    async def _told(self, person: Person, window: Maintenance, zone: str) -> Reply:
        """How it stands now, and what else happens at that time on the same services."""
        card = await self._reads.maintenance_card(person.caller.organization_id, window.id)
        return reply(f"{_sentence(window, zone)}{overlaps_told(card, zone)}")


_SAME = (
    "title",
    "description",
    "timezone",
    "runbook_url",
    "reminders",
    "matchers",
    "customer_visible",
    "auto_start",
    "auto_complete",
)


def filled_from(card: MaintenanceCard) -> Filled:
    """A window as its form shows it."""
    window = card.maintenance
    start = window.scheduled_start_at
    return Filled(
        title=window.title,
        description=window.description[:MAX_SECTION],
        service_ids=window.service_ids,
        start=start.replace(second=0, microsecond=0),
        end=window.scheduled_end_at.replace(second=0, microsecond=0),
        timezone=window.timezone,
        channels=tuple(one for one in window.notify_channels if not name_in(one)),
        named_channels=tuple(filter(None, map(name_in, window.notify_channels))),
        people=tuple(one.slack_user_id for one in card.people if one.slack_user_id),
        owner=(card.owner.slack_user_id or "") if card.owner else "",
        runbook_url=window.runbook_url,
        reminders=tuple(sorted(window.reminders)),
        repeats=choice_of(window.recurrence, start, window.timezone),
        rule=window.recurrence,
        matchers=window.matchers,
        customer_visible=window.customer_visible,
        auto_start=window.auto_start,
        auto_complete=window.auto_complete,
    )


def _recurrence(before: Filled, after: Filled) -> dict[str, str]:
    """Said only when it was changed, or when all that follow are to move along."""
    own = after.repeats == OWN and after.rule != before.rule
    if after.repeats != before.repeats or own or (after.all_following and after.recurrence):
        return {REPEATS: after.recurrence}
    return {}


def _require_whole(filled: Filled) -> None:
    """What only a form can get wrong."""
    if filled.start is None:
        raise InvalidInput(say("Pick a start, or tick “Start now”."), field=START)
    if filled.repeats == OWN and not filled.rule:
        message = say(
            "Write the rule, such as FREQ=WEEKLY;BYDAY=TU,TH, or choose another repetition."
        )
        raise InvalidInput(message, field=RULE)
    if filled.rule and filled.repeats != OWN:
        message = say("Choose “By a rule of my own” for this, or empty it.")
        raise InvalidInput(message, field=RULE)


def _given(at: datetime | None) -> datetime:
    if at is None:
        raise InvalidInput(say("Pick an end."), field="scheduled_end_at")
    return at


def _sentence(window: Maintenance, zone: str) -> str:
    start, end = window.scheduled_start_at, window.scheduled_end_at
    again = f", {spoken(window.recurrence, window.timezone)}" if window.recurrence else ""
    words = to_say("{reference} “{title}” is scheduled: {times}.")
    if window.running:
        words = to_say("{reference} “{title}” is under way: {times}.")
    times = f"{period(start, end, zone)}{again}"
    return say(words, reference=window.reference, title=window.title, times=times)
