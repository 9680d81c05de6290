"""What happened to a window, in a sentence for its channels: escaped, with times and people in the
way in which they are shown or spoken."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from bot.slack.text import clock_time, literal, moment
from bot.slack.views.maintenance_parts import listed, named, person_named
from bot.slack.views.parts import person
from core.domain import events as e
from core.domain.actor import Surface
from core.domain.maintenance_narration import alerts_told
from core.domain.wording import rounded
from core.views import MaintenanceCard, Person

UNNOTICED = timedelta(minutes=2)
"""What differs by less is not worth a word."""
SHOWN_NAMES = 300
SHOWN_ALERTS = 700


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """How a time in a zone, and a person who is called, are written."""

    when: Callable[[datetime, str], str]
    who: Callable[[Person], str]


SHOWN = Speech(when=moment, who=person)
SPOKEN = Speech(when=clock_time, who=lambda somebody: person_named(somebody.name))


def sentence(event: e.MaintenanceFact, card: MaintenanceCard, speech: Speech) -> str:  # noqa: C901 - one line per event
    tell = _Teller(card=card, speech=speech, who=person_named(event.by.name))
    match event:
        case e.MaintenanceStartingSoon():
            return tell.starting_soon(event)
        case e.MaintenanceDue():
            return tell.due(event)
        case e.MaintenanceLapsed():
            return tell.lapsed(event)
        case e.MaintenanceStarted():
            return tell.started(event)
        case e.MaintenanceExtended():
            return f"{tell.who} extended {tell.what}: it ends at {tell.end(event)} now."
        case e.MaintenanceEndingSoon():
            ahead = rounded(event.scheduled_end_at - event.at)
            return f"{tell.what} ends in {ahead}, at {tell.end(event)}."
        case e.MaintenanceOverran():
            return tell.overran(event)
        case e.MaintenanceCompleted():
            return tell.completed(event)
        case e.MaintenanceCanceled():
            return tell.canceled(event)
        case e.MaintenanceEdited():
            return tell.edited(event)
        case e.OccurrenceSkipped():
            at = tell.when(event.occurrence_at)
            return f"{tell.who} skipped the occurrence of {tell.what} at {at}."
        case e.ProgressPosted():
            return f"{tell.who} about {tell.what}:"
        case e.SuppressedAlertsRaised():
            return tell.raised(event)
        case e.MaintenanceScheduled():
            return tell.scheduled(event)
        case e.MaintenanceEffectBuried():
            return literal(event.reason)
        case _:
            assert_never(event)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Teller:
    card: MaintenanceCard
    speech: Speech
    who: str

    @property
    def what(self) -> str:
        return named(self.card.maintenance)

    def when(self, at: datetime) -> str:
        return self.speech.when(at, self.card.maintenance.timezone)

    def end(self, event: e.MaintenanceExtended | e.MaintenanceEndingSoon) -> str:
        return self.when(event.scheduled_end_at)

    def scheduled(self, event: e.MaintenanceScheduled) -> str:
        """What its card does not say."""
        if not event.missed:
            return f"{self.who} scheduled {self.what}."
        missed = "1 occurrence" if event.missed == 1 else f"{event.missed} occurrences"
        return (
            f"{missed} between {event.follows} and {self.what} passed while Tocsin was not running."
        )

    def starting_soon(self, event: e.MaintenanceStartingSoon) -> str:
        start = event.scheduled_start_at
        return f"{self.what} starts in {rounded(start - event.at)}, at {self.when(start)}."

    def due(self, event: e.MaintenanceDue) -> str:
        return (
            f"{self.what} was to start at {self.when(event.scheduled_start_at)} and does not start "
            f"by itself: {self._owner()}, please start it."
        )

    def lapsed(self, event: e.MaintenanceLapsed) -> str:
        return (
            f"{self.what} was planned until {self.when(event.scheduled_end_at)}, and nobody "
            f"started it: {self._owner()}, please move it or cancel it."
        )

    def started(self, event: e.MaintenanceStarted) -> str:
        by_clock = event.by.surface is Surface.SCHEDULER
        begun = f"{self.what} has started" if by_clock else f"{self.who} started {self.what}"
        planned = event.scheduled_start_at
        if planned is None or abs(event.at - planned) <= UNNOTICED:
            off = ""
        else:
            early = "early" if event.at < planned else "late"
            off = f" {early} (it was planned for {self.when(planned)})"
        return f"{begun}{off}. {self._planned_end(event.at)}."

    def overran(self, event: e.MaintenanceOverran) -> str:
        return (
            f"{self.what} was to end at {self.when(event.scheduled_end_at)} and does not complete "
            f"by itself: {self._owner()}, please complete it or extend it."
        )

    def completed(self, event: e.MaintenanceCompleted) -> str:
        alerts = _alerts(event)
        if event.missed:
            window = self.card.maintenance
            start = self.when(event.scheduled_start_at or window.scheduled_start_at)
            end = self.when(event.scheduled_end_at or window.scheduled_end_at)
            planned = f"was planned from {start} to {end}, when Tocsin was not running"
            return f"{self.what} {planned}; it counts as completed now.{alerts}"
        if event.by.surface is Surface.SCHEDULER:
            return f"{self.what} is completed{self._late(event)}.{alerts}"
        return f"{self.who} completed {self.what}.{alerts}"

    def _late(self, event: e.MaintenanceCompleted) -> str:
        end = event.scheduled_end_at
        if end is None or event.at - end <= UNNOTICED:
            return ""
        return f" late (its end was planned for {self.when(end)})"

    def canceled(self, event: e.MaintenanceCanceled) -> str:
        act = "skipped this occurrence of" if event.skipped else "canceled"
        return f"{self.who} {act} {self.what}.{_alerts(event)}"

    def edited(self, event: e.MaintenanceEdited) -> str:
        if event.scheduled_start_at or event.scheduled_end_at:
            window = self.card.maintenance
            start = self.when(event.scheduled_start_at or window.scheduled_start_at)
            end = self.when(event.scheduled_end_at or window.scheduled_end_at)
            return f"{self.who} moved {self.what}: it is planned from {start} to {end} now."
        fields = listed([f"the {field}" for field in event.fields])
        return f"{self.who} changed {fields} of {self.what}."

    def raised(self, event: e.SuppressedAlertsRaised) -> str:
        told = []
        if event.count:
            incidents = listed(event.incidents, SHOWN_NAMES)
            told.append(f"{_counted(event.count)} outlived {self.what}: see {incidents}.")
        if event.handed:
            others = listed(event.handed_to, SHOWN_NAMES)
            stay = "stays" if event.handed == 1 else "stay"
            alerts = _counted(event.handed)
            told.append(f"{alerts} of {self.what} {stay} suppressed by {others}.")
        return " ".join(told)

    def _owner(self) -> str:
        return self.speech.who(self.card.owner) if self.card.owner else "somebody"

    def _planned_end(self, start: datetime) -> str:
        end = self.card.maintenance.scheduled_end_at
        told = "It should have ended at" if end <= start else "Its end is planned for"
        return f"{told} {self.when(end)}"


def _alerts(event: e.MaintenanceCompleted | e.MaintenanceCanceled) -> str:
    """What becomes of the alerts that called nobody; nothing where there were none."""
    told = alerts_told(event)
    return f" {literal(told, SHOWN_ALERTS)}" if told else ""


def _counted(count: int) -> str:
    return "1 alert" if count == 1 else f"{count} alerts"
