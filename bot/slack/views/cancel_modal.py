"""The form that cancels an incident and asks why."""

from collections.abc import Mapping
from typing import Any

from bot.slack import blocks as b
from bot.slack.views.subject import Subject, subject_block
from bot.slack.views.submission import written
from core.language import say, to_say

CALLBACK = "cancel"
TITLE = to_say("Cancel the incident")
REASON = "reason"
"""Named like the field of the command, so that a refusal finds its place."""

LONGEST = 2_000


def cancel_modal(subject: Subject, memory: str) -> b.View:
    reason = b.Input(
        id=REASON,
        label=say("Why was it no incident?"),
        element=b.text_input(multiline=True, longest=LONGEST),
        hint=say("Everybody in its channel reads it. It cannot be taken back."),
    )
    form = b.form(
        say(TITLE),
        [subject_block(subject), reason.block()],
        callback=CALLBACK,
        submit=say("Cancel the incident"),
        memory=memory,
    )
    return form | {"close": b.plain(say("Keep it"), 24)}


def reason_given(values: Mapping[str, Any]) -> str:
    return written(values, REASON)
