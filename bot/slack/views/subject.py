"""Which incident a form is about: said on top of it, or asked in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.slack import blocks as b
from bot.slack.views.submission import chosen
from bot.slack.views.words import plain_title
from core.domain.ids import IncidentId
from core.domain.incident import Incident
from core.language import say
from core.views import IncidentRow

INCIDENT = "incident_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Without an `incident` one of the `candidates` is to be chosen; `more` says whether there are
    others."""

    incident: Incident | None = None
    candidates: Sequence[IncidentRow] = ()
    more: bool = False


def subject_block(subject: Subject) -> b.Block:
    if subject.incident:
        return b.context(b.plain(f"{subject.incident.reference} · {subject.incident.title}", 600))
    choices = [
        b.Choice(label=f"{row.reference} {plain_title(row)}", value=row.id)
        for row in subject.candidates
    ]
    hint = say("The newest ones are offered; type the command with the name of any other one.")
    asked = b.Input(
        id=INCIDENT,
        label=say("Which incident?"),
        element=b.select(choices),
        hint=hint if subject.more else "",
    )
    return asked.block()


def chosen_incident(values: Mapping[str, Any]) -> IncidentId | None:
    """None when the form did not ask."""
    id = chosen(values, INCIDENT)
    return IncidentId(id) if id else None
