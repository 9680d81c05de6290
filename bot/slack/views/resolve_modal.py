"""The form that resolves an incident and asks what fixed it."""

from collections.abc import Mapping
from typing import Any

from bot.slack import blocks as b
from bot.slack.views.subject import Subject, subject_block
from bot.slack.views.submission import written
from bot.slack.views.waiting import RESOLVE_TITLE

CALLBACK = "resolve"
SUMMARY, ROOT_CAUSE = "summary", "root_cause"


def resolve_modal(subject: Subject, memory: str) -> b.View:
    hint = "It helps whoever meets this again"
    fix = b.Input(
        id=SUMMARY,
        label="What fixed it?",
        element=b.text_input(multiline=True, hint=hint),
        optional=True,
    )
    blocks = [subject_block(subject), fix.block(), _root_cause().block()]
    return b.form(RESOLVE_TITLE, blocks, callback=CALLBACK, submit="Resolve", memory=memory)


def resolved(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: written(values, name) for name in (SUMMARY, ROOT_CAUSE)}


def _root_cause() -> b.Input:
    element = b.text_input(multiline=True, hint="Why it could happen, as far as that is known")
    return b.Input(id=ROOT_CAUSE, label="Root cause", element=element, optional=True)
