"""The form that says who may know of an incident."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.slack import blocks as b
from bot.slack.views.subject import Subject, subject_block
from bot.slack.views.submission import chosen, people
from core.domain.incident import Incident
from core.language import say, to_say

CALLBACK = "members"
TITLE = to_say("Who may know of it")
VISIBLE, MEMBERS = "private", "add"
"""The second is named like the field of the command, so that a refusal finds its place."""

_PRIVATE, _EVERYBODY = "private", "everybody"


def members_modal(
    incident: Incident, shown: Sequence[str], others: Sequence[str], memory: str
) -> b.View:
    """`shown` are members as Slack knows them; `others` know of it by what they do in it, by
    name."""
    choices = [
        b.Choice(label=say("Everybody in the organisation"), value=_EVERYBODY),
        b.Choice(label=say("Only its people"), value=_PRIVATE),
    ]
    visible = b.Input(
        id=VISIBLE,
        label=say("Who may know of it?"),
        element=b.radio_buttons(choices) | {"initial_option": b.option(choices[incident.private])},
        hint=_hint(incident),
    )
    members = b.Input(
        id=MEMBERS,
        label=say("Members"),
        element=b.people_select() | ({"initial_users": list(shown)} if shown else {}),
        hint=_known_by(others),
        optional=True,
    )
    return b.form(
        say(TITLE),
        [subject_block(Subject(incident=incident)), visible.block(), members.block()],
        callback=CALLBACK,
        submit=say("Save"),
        memory=memory,
    )


def visible(incident: Incident) -> str:
    """What the form shows, and remembers that it showed."""
    return _PRIVATE if incident.private else _EVERYBODY


def made_private(values: Mapping[str, Any], shown: str) -> bool | None:
    """None where it was left as the form showed it: others may have changed it meanwhile."""
    word = chosen(values, VISIBLE)
    return None if word in ("", shown) else word == _PRIVATE


def members(values: Mapping[str, Any]) -> tuple[str, ...]:
    return people(values, MEMBERS)


def _hint(incident: Incident) -> str:
    if incident.private:
        return say("Once everybody may know of it, it is announced, and what was said is read.")
    if incident.channel_id:
        return say(
            "Only its people find a private incident. Its channel stays behind with what was said "
            "in it, and the work goes on in a private one."
        )
    return say("Only its people find a private incident, and its channel is a private one.")


def _known_by(others: Sequence[str]) -> str:
    if not others:
        return say("Besides them, whoever leads it or plays a role in it knows of it.")
    return say(
        "Besides them, whoever declared it, leads it or plays a role in it knows of it: {names}.",
        names=", ".join(others),
    )
