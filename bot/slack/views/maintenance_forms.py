"""The small forms about one window: extend it, cancel it, post what is new; and a look at it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.slack import blocks as b
from bot.slack.views import submission as given
from bot.slack.views.waiting import CANCEL_TITLE, EXTEND_TITLE, PROGRESS_TITLE, SHOW_TITLE
from core.domain.maintenance import Maintenance
from core.errors import InvalidInput
from core.language import known, say, to_say

EXTEND, CANCEL, PROGRESS = "maintenance.extend", "maintenance.cancel", "maintenance.progress"
"""What is sent."""

BY, UNTIL, REASON, SCOPE, TEXT = "by", "until", "reason", "scope", "text"
"""Named like the fields of the commands, so that a refusal finds its place."""

OTHER, ONE, ALL = "other", "one", "all"
_SPANS = {
    "15": to_say("15 minutes"),
    "30": to_say("30 minutes"),
    "60": to_say("1 hour"),
    "120": to_say("2 hours"),
    "240": to_say("4 hours"),
}


def extend_modal(window: Maintenance, ends: str, memory: str) -> b.View:
    """`ends` says when it ends by now."""
    choices = [b.Choice(label=known(label), value=minutes) for minutes, label in _SPANS.items()]
    half = b.option(choices[1])
    choices.append(b.Choice(label=say("Until the time below"), value=OTHER))
    by = b.Input(id=BY, label=say("How much longer?"), element=b.select(choices))
    until = b.Input(id=UNTIL, label=say("Until"), element=b.moment_picker(), optional=True)
    end = int(window.scheduled_end_at.timestamp())
    fields = [by.starting_with(initial_option=half), until.starting_with(initial_date_time=end)]
    blocks = [_which(window, say("It ends {ends}.", ends=ends)), *_blocks(fields)]
    return b.form(EXTEND_TITLE, blocks, callback=EXTEND, submit=say("Extend"), memory=memory)


def cancel_modal(window: Maintenance, memory: str) -> b.View:
    hint = say("Everybody in its channels reads it")
    reason = b.Input(
        id=REASON,
        label=say("Why?"),
        element=b.text_input(multiline=True, longest=1_000, hint=hint),
        optional=True,
    )
    blocks = [_which(window), *_blocks([*_scope(window), reason])]
    submit = say("Cancel maintenance")
    return b.form(CANCEL_TITLE, blocks, callback=CANCEL, submit=submit, memory=memory) | {
        "close": b.plain(say("Keep it"))
    }


def progress_modal(window: Maintenance, memory: str) -> b.View:
    element = b.text_input(multiline=True, hint=say("What is done, what comes next"))
    text = b.Input(id=TEXT, label=say("What is the news?"), element=element)
    blocks = [_which(window), text.block()]
    return b.form(PROGRESS_TITLE, blocks, callback=PROGRESS, submit=say("Post"), memory=memory)


def shown_modal(message: b.Message) -> b.View:
    """The card to look at; a modal has no channel in which its buttons could answer."""
    return b.modal(SHOW_TITLE, [one for one in message.blocks if one["type"] != "actions"])


def minutes_longer(values: Mapping[str, Any]) -> int:
    """Nothing when a time was picked instead."""
    chosen = given.chosen(values, BY)
    return int(chosen) if chosen.isdecimal() else 0


def picked_end(values: Mapping[str, Any]) -> datetime:
    picked = given.moment(values, UNTIL)
    if picked is None:
        raise InvalidInput(say("Pick a time, or choose how much longer."), field=UNTIL)
    return picked


def reason(values: Mapping[str, Any]) -> str:
    return given.written(values, REASON)


def progress(values: Mapping[str, Any]) -> str:
    return given.written(values, TEXT)


def only_this(values: Mapping[str, Any]) -> bool:
    return given.chosen(values, SCOPE) == ONE


def _scope(window: Maintenance) -> list[b.Input]:
    if not (window.recurrence and window.scheduled_only):
        return []
    choices = [
        b.Choice(label=say("Only this occurrence"), value=ONE),
        b.Choice(label=say("This one and all that follow"), value=ALL),
    ]
    scope = b.Input(id=SCOPE, label=say("What is canceled?"), element=b.radio_buttons(choices))
    return [scope.starting_with(initial_option=b.option(choices[0]))]


def _which(window: Maintenance, more: str = "") -> b.Block:
    name = b.plain(f"{window.reference} · {window.title}", 600)
    return b.context(name, b.plain(more)) if more else b.context(name)


def _blocks(fields: Sequence[b.Input]) -> list[b.Block]:
    return [field.block() for field in fields]
