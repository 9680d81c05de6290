"""The form that asks for another incident: to merge into, to link, to take a link away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.slack import blocks as b
from bot.slack.views.subject import Subject, subject_block
from bot.slack.views.submission import chosen
from core.language import say, to_say


@dataclass(frozen=True, slots=True, kw_only=True)
class Picking:
    """What the other one is asked for; `field` is how the command calls it."""

    callback: str
    title: str
    field: str
    question: str
    hint: str
    submit: str
    none: str


MERGE = Picking(
    callback="together.merge",
    title=to_say("Merge the incident"),
    field="into_id",
    question=to_say("Into which incident?"),
    hint=to_say(
        "Alerts that fire, open tasks and people move there. This one ends as merged, and that "
        "cannot be taken back."
    ),
    submit=to_say("Merge"),
    none=to_say("No other incident goes on, so there is none to merge {reference} into."),
)
LINK = Picking(
    callback="together.link",
    title=to_say("Link an incident"),
    field="other_id",
    question=to_say("Which incident has to do with it?"),
    hint=to_say("Both say so from then on; nothing else changes."),
    submit=to_say("Link"),
    none=to_say("There is no other incident to link {reference} to."),
)
UNLINK = Picking(
    callback="together.unlink",
    title=to_say("Take a link away"),
    field="other_id",
    question=to_say("Which link?"),
    hint=to_say("Neither of the two speaks of the other from then on."),
    submit=to_say("Take the link away"),
    none=to_say("{reference} is linked to no other incident."),
)


def pick_modal(
    picking: Picking, subject: Subject, choices: Sequence[b.Choice], memory: str
) -> b.View:
    """The first of the choices are the likeliest."""
    other = b.Input(
        id=picking.field,
        label=say(picking.question),
        element=b.select(choices[: b.MAX_OPTIONS]),
        hint=say(picking.hint),
    )
    return b.form(
        say(picking.title),
        [subject_block(subject), other.block()],
        callback=picking.callback,
        submit=say(picking.submit),
        memory=memory,
    )


def picked(values: Mapping[str, Any], picking: Picking) -> str:
    return chosen(values, picking.field)
