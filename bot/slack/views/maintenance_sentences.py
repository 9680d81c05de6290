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
from core.language import known, say, say_many, to_say
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
            words = to_say("{who} extended {what}: it ends at {end} now.")
            return tell.say(words, end=tell.end(event))
        case e.MaintenanceEndingSoon():
            ahead = rounded(event.scheduled_end_at - event.at)
            return tell.say("{what} ends in {ahead}, at {at}.", ahead=ahead, at=tell.end(event))
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
            return tell.say("{who} skipped the occurrence of {what} at {at}.", at=at)
        case e.ProgressPosted():
            return tell.say("{who} about {what}:")
        case e.SuppressedAlertsRaised():
            return tell.raised(event)
        case e.MaintenanceScheduled():
            return tell.scheduled(event)
        case e.MaintenanceEffectBuried():
            return literal(known(event.reason))
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

    def say(self, words: str, **values: object) -> str:
        """A sentence about {what}, and about {who} did something to it."""
        return say(words, who=self.who, what=self.what, **values)

    def when(self, at: datetime) -> str:
        return self.speech.when(at, self.card.maintenance.timezone)

    def end(self, event: e.MaintenanceExtended | e.MaintenanceEndingSoon) -> str:
        return self.when(event.scheduled_end_at)

    def scheduled(self, event: e.MaintenanceScheduled) -> str:
        """What its card does not say."""
        if not event.missed:
            return self.say("{who} scheduled {what}.")
        return say_many(
            "1 occurrence between {before} and {what} passed while Tocsin was not running.",
            "{count} occurrences between {before} and {what} passed while Tocsin was not running.",
            event.missed,
            before=event.follows,
            what=self.what,
        )

    def starting_soon(self, event: e.MaintenanceStartingSoon) -> str:
        start = event.scheduled_start_at
        ahead = rounded(start - event.at)
        return self.say("{what} starts in {ahead}, at {at}.", ahead=ahead, at=self.when(start))

    def due(self, event: e.MaintenanceDue) -> str:
        words = to_say(
            "{what} was to start at {at} and does not start by itself: {owner}, please start it."
        )
        return self.say(words, at=self.when(event.scheduled_start_at), owner=self._owner())

    def lapsed(self, event: e.MaintenanceLapsed) -> str:
        words = to_say(
            "{what} was planned until {at}, and nobody started it: {owner}, please move it or "
            "cancel it."
        )
        return self.say(words, at=self.when(event.scheduled_end_at), owner=self._owner())

    def started(self, event: e.MaintenanceStarted) -> str:
        by_clock = event.by.surface is Surface.SCHEDULER
        planned = event.scheduled_start_at
        if planned is None or abs(event.at - planned) <= UNNOTICED:
            words = to_say("{who} started {what}.")
            begun = self.say(to_say("{what} has started.") if by_clock else words)
        else:
            begun = self.say(_off(event.at < planned, by_clock), planned=self.when(planned))
        return f"{begun} {self._planned_end(event.at)}"

    def overran(self, event: e.MaintenanceOverran) -> str:
        words = to_say(
            "{what} was to end at {at} and does not complete by itself: {owner}, please complete "
            "it or extend it."
        )
        return self.say(words, at=self.when(event.scheduled_end_at), owner=self._owner())

    def completed(self, event: e.MaintenanceCompleted) -> str:
        alerts, end = _alerts(event), event.scheduled_end_at
        if event.missed:
            window = self.card.maintenance
            words = to_say(
                "{what} was planned from {start} to {end}, when Tocsin was not running; it counts "
                "as completed now."
            )
            start = self.when(event.scheduled_start_at or window.scheduled_start_at)
            over = self.when(end or window.scheduled_end_at)
            return f"{self.say(words, start=start, end=over)}{alerts}"
        if event.by.surface is not Surface.SCHEDULER:
            return f"{self.say(to_say('{who} completed {what}.'))}{alerts}"
        if end is None or event.at - end <= UNNOTICED:
            return f"{self.say(to_say('{what} is completed.'))}{alerts}"
        words = to_say("{what} is completed late (its end was planned for {end}).")
        return f"{self.say(words, end=self.when(end))}{alerts}"

    def canceled(self, event: e.MaintenanceCanceled) -> str:
        words = to_say("{who} canceled {what}.")
        if event.skipped:
            words = to_say("{who} skipped this occurrence of {what}.")
        return f"{self.say(words)}{_alerts(event)}"

    def edited(self, event: e.MaintenanceEdited) -> str:
        if event.scheduled_start_at or event.scheduled_end_at:
            window = self.card.maintenance
            start = self.when(event.scheduled_start_at or window.scheduled_start_at)
            end = self.when(event.scheduled_end_at or window.scheduled_end_at)
            words = to_say("{who} moved {what}: it is planned from {start} to {end} now.")
            return self.say(words, start=start, end=end)
        fields = listed([known(f"the {field}") for field in event.fields])
        return self.say("{who} changed {fields} of {what}.", fields=fields)

    def raised(self, event: e.SuppressedAlertsRaised) -> str:
        told = []
        if event.count and not event.incidents:  # nobody who reads it may know of them
            one = to_say("1 alert outlived {what}, and fires on.")
            many = to_say("{count} alerts outlived {what}, and fire on.")
            told.append(say_many(one, many, event.count, what=self.what))
        elif event.count:
            one = to_say("1 alert outlived {what}: see {incidents}.")
            many = to_say("{count} alerts outlived {what}: see {incidents}.")
            incidents = listed(event.incidents, SHOWN_NAMES)
            told.append(say_many(one, many, event.count, what=self.what, incidents=incidents))
        if event.handed:
            one = to_say("1 alert of {what} stays suppressed by {others}.")
            many = to_say("{count} alerts of {what} stay suppressed by {others}.")
            others = listed(event.handed_to, SHOWN_NAMES)
            told.append(say_many(one, many, event.handed, what=self.what, others=others))
        return " ".join(told)

    def _owner(self) -> str:
        return self.speech.who(self.card.owner) if self.card.owner else say("somebody")

    def _planned_end(self, start: datetime) -> str:
        end = self.card.maintenance.scheduled_end_at
        words = to_say("Its end is planned for {end}.")
        if end <= start:
            words = to_say("It should have ended at {end}.")
        return say(words, end=self.when(end))


def _off(early: bool, by_clock: bool) -> str:
    """It did not start when it was to."""
    if by_clock and early:
        return to_say("{what} has started early (it was planned for {planned}).")
    if by_clock:
        return to_say("{what} has started late (it was planned for {planned}).")
    if early:
        return to_say("{who} started {what} early (it was planned for {planned}).")
    return to_say("{who} started {what} late (it was planned for {planned}).")


def _alerts(event: e.MaintenanceCompleted | e.MaintenanceCanceled) -> str:
    """What becomes of the alerts that called nobody; nothing where there were none."""
    told = alerts_told(event)
    return f" {literal(told, SHOWN_ALERTS)}" if told else ""
