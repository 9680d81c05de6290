"""The form that resolves an incident and asks what fixed it."""

from collections.abc import Mapping
from typing import Any

from bot.slack import blocks as b
from bot.slack.views.subject import Subject, subject_block
from bot.slack.views.submission import written
from bot.slack.views.waiting import RESOLVE_TITLE

CALLBACK = "resolve"
SUMMARY = "summary"


def resolve_modal(subject: Subject, memory: str) -> b.View:
    hint = "It helps whoever meets this again"
    fix = b.Input(
        id=SUMMARY,
        label="What fixed it?",
        element=b.text_input(multiline=True, hint=hint),
        optional=True,
    )
    blocks = [subject_block(subject), fix.block()]
    return b.form(RESOLVE_TITLE, blocks, callback=CALLBACK, submit="Resolve", memory=memory)


def resolved(values: Mapping[str, Any]) -> str:
    return written(values, SUMMARY)
