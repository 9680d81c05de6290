"""Severities to choose from, each with what it means."""

from collections.abc import Mapping
from typing import Any

from bot.slack import blocks as b
from bot.slack.views.subject import Subject, subject_block
from bot.slack.views.submission import chosen
from bot.slack.views.words import SEVERITY_MEANINGS
from core.domain.incident_settings import IncidentSettings
from core.domain.severity import Severity
from core.language import known, say, to_say

CALLBACK = "severity"
TITLE = to_say("Change the severity")
SEVERITY = "severity"
"""Named like the field of the command, so that a refusal finds its place."""


def severity_choices(settings: IncidentSettings) -> dict[Severity, b.Choice]:
    """The worst first; in the organisation's own words where it has some."""
    return {
        severity: b.Choice(
            label=severity.label,
            value=severity.value,
            description=settings.of(severity).meaning or known(meaning),
        )
        for severity, meaning in SEVERITY_MEANINGS.items()
    }


def severity_modal(subject: Subject, settings: IncidentSettings, memory: str) -> b.View:
    choices = severity_choices(settings)
    element = b.radio_buttons([*choices.values()])
    asked = b.Input(id=SEVERITY, label=say("How bad is it?"), element=element)
    if subject.incident:
        asked = asked.starting_with(initial_option=b.option(choices[subject.incident.severity]))
    return b.form(
        say(TITLE),
        [subject_block(subject), asked.block()],
        callback=CALLBACK,
        submit=say("Change"),
        memory=memory,
    )


def rated(values: Mapping[str, Any]) -> str:
    return chosen(values, SEVERITY)
