"""The form that posts a status update."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.slack import blocks as b
from bot.slack.views.subject import Subject, subject_block
from bot.slack.views.submission import chosen, written
from bot.slack.views.waiting import UPDATE_TITLE
from bot.slack.views.words import PHASE_MEANINGS
from core.domain.choice_words import labelled
from core.domain.incident_settings import IncidentSettings
from core.domain.interval_words import every, within
from core.domain.state import OVER
from core.language import known, say

CALLBACK = "update"
PHASE, TEXT, NEXT = "phase", "text", "next_update_at"
"""Named like the fields of the command, so that a refusal finds its place."""

USUAL = "usual"
"""No promise: the next one is due when the severity says so."""

ENDED = "over"
"""What is remembered in place of a phase."""

SPANS = (15, 30, 60, 120, 240, 1_440)
"""Minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Updated:
    """What was filled in."""

    text: str
    phase: str
    promise: str = USUAL

    def next_at(self, now: datetime) -> datetime | None:
        return now + timedelta(minutes=int(self.promise)) if self.promise.isdecimal() else None


def update_modal(subject: Subject, settings: IncidentSettings, memory: str) -> b.View:
    over = standing(subject) == ENDED
    fields = [_text()] if over else [_phase(subject), _text(), _next(subject, settings)]
    blocks = [subject_block(subject), *(field.block() for field in fields)]
    return b.form(known(UPDATE_TITLE), blocks, callback=CALLBACK, submit=say("Post"), memory=memory)


def standing(subject: Subject) -> str:
    """What the form shows of its phase: that, none where the incident is chosen in it, or `ENDED`
    where it is over."""
    if subject.incident is None:
        return ""
    return ENDED if subject.incident.state in OVER else subject.incident.phase.value


def updated(values: Mapping[str, Any]) -> Updated:
    return Updated(
        text=written(values, TEXT),
        phase=chosen(values, PHASE),
        promise=chosen(values, NEXT) or USUAL,
    )


def _phase(subject: Subject) -> b.Input:
    """Where the incident is chosen in the form, its phase stays unless one is chosen as well."""
    choices = {
        phase: b.Choice(label=labelled(phase), value=phase.value, description=known(meaning))
        for phase, meaning in PHASE_MEANINGS.items()
    }
    element = b.select([*choices.values()])
    known_one = subject.incident
    phase = b.Input(
        id=PHASE,
        label=say("Where do we stand?"),
        element=element,
        hint="" if known_one else say("Empty leaves it as it is."),
        optional=known_one is None,
    )
    begun = b.option(choices[known_one.phase]) if known_one else None
    return phase.starting_with(initial_option=begun)


def _text() -> b.Input:
    hint = say("What changed, what is known, what comes next")
    element = b.text_input(multiline=True, hint=hint)
    return b.Input(id=TEXT, label=say("What is the news?"), element=element)


def _next(subject: Subject, settings: IncidentSettings) -> b.Input:
    choices = [
        b.Choice(label=_usual(subject, settings), value=USUAL),
        *(b.Choice(label=_within(minutes), value=str(minutes)) for minutes in SPANS),
    ]
    return b.Input(
        id=NEXT,
        label=say("When does the next update come?"),
        element=b.select(choices),
        hint=say("People read this promise, and you are reminded of it."),
        optional=True,
    ).starting_with(initial_option=b.option(choices[0]))


def _usual(subject: Subject, settings: IncidentSettings) -> str:
    if subject.incident is None:
        return say("As its severity asks")
    interval = settings.update_interval(subject.incident.severity)
    if interval is None:
        return say("As its severity asks: whenever there is news")
    return say("As its severity asks: {often}", often=every(interval))


def _within(minutes: int) -> str:
    return within(timedelta(minutes=minutes))
