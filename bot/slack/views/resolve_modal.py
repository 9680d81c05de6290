"""The form that resolves an incident: what fixed it, why it could happen, what is left to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.slack import blocks as b
from bot.slack.views.subject import Subject, subject_block
from bot.slack.views.submission import written
from bot.slack.views.waiting import RESOLVE_TITLE
from core.language import known, say

CALLBACK = "resolve"
SUMMARY, ROOT_CAUSE, FOLLOW_UPS = "summary", "root_cause", "follow_ups"
"""Named like the fields of the command, so that a refusal finds its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What was filled in; `follow_ups` are lines, each a task as it is typed to the command."""

    summary: str = ""
    root_cause: str = ""
    follow_ups: tuple[str, ...] = ()


def resolve_modal(subject: Subject, memory: str) -> b.View:
    asked = [
        _asked(SUMMARY, say("What fixed it?"), say("It helps whoever meets this again")),
        _asked(ROOT_CAUSE, say("Root cause"), say("Why it could happen, as far as that is known")),
        _asked(
            FOLLOW_UPS,
            say("What is left to be done?"),
            say("One task on each line, like “Add an alert @bob due friday”"),
        ),
    ]
    blocks = [subject_block(subject), *(field.block() for field in asked)]
    return b.form(
        known(RESOLVE_TITLE), blocks, callback=CALLBACK, submit=say("Resolve"), memory=memory
    )


def resolved(values: Mapping[str, Any]) -> Resolved:
    lines = written(values, FOLLOW_UPS).splitlines()
    return Resolved(
        summary=written(values, SUMMARY),
        root_cause=written(values, ROOT_CAUSE),
        follow_ups=tuple(line.strip(" \t-*•") for line in lines if line.strip(" \t-*•")),
    )


def _asked(id: str, label: str, hint: str) -> b.Input:
    element = b.text_input(multiline=True, hint=hint)
    return b.Input(id=id, label=label, element=element, optional=True)
