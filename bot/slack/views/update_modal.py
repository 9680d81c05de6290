"""The form that posts a status update."""

from collections.abc import Mapping
from typing import Any

from bot.slack import blocks as b
from bot.slack.views.subject import Subject, subject_block
from bot.slack.views.submission import chosen, written
from bot.slack.views.waiting import UPDATE_TITLE
from bot.slack.views.words import PHASE_MEANINGS
from core.domain.state import Phase

CALLBACK = "update"
PHASE, TEXT = "phase", "text"


def update_modal(subject: Subject, memory: str) -> b.View:
    phase = subject.incident.phase if subject.incident else Phase.INVESTIGATING
    blocks = [subject_block(subject), _phase(phase).block(), _text().block()]
    return b.form(UPDATE_TITLE, blocks, callback=CALLBACK, submit="Post", memory=memory)


def updated(values: Mapping[str, Any]) -> dict[str, str]:
    return {"text": written(values, TEXT), "phase": chosen(values, PHASE)}


def _phase(now: Phase) -> b.Input:
    choices = {
        phase: b.Choice(label=phase.value.capitalize(), value=phase.value, description=meaning)
        for phase, meaning in PHASE_MEANINGS.items()
    }
    phase = b.Input(id=PHASE, label="Where do we stand?", element=b.select([*choices.values()]))
    return phase.starting_with(initial_option=b.option(choices[now]))


def _text() -> b.Input:
    hint = "What changed, what is known, what comes next"
    element = b.text_input(multiline=True, hint=hint)
    return b.Input(id=TEXT, label="What is the news?", element=element)
