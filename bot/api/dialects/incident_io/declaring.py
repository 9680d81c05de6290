"""What a new incident of either version asks of the core."""

from dataclasses import dataclass

from bot.api.dialects.incident_io.incident_wishes import (
    NewIncidentBase,
    NewIncidentV1,
    NewIncidentV2,
)
from bot.api.dialects.incident_io.intake import Intake
from bot.api.dialects.incident_io.moves import birth_refused
from bot.api.dialects.incident_io.words import MODE_OF_V1, ROW_OF_V1
from core.commands import DeclareIncident
from core.domain.actor import Caller
from core.domain.incident import MAX_TITLE
from core.domain.particulars import Mode
from core.domain.severity import Severity
from core.domain.state import Phase, State
from core.domain.status_option import StatusOption
from core.domain.text import cut_line

UNNAMED = "Incident without a name"
UNRATED = Severity.MEDIUM
"""Of an incident in triage whose severity nobody has said yet."""

FIELDS = {
    "title": "name",
    "description": "summary",
    "roles": "incident_role_assignments",
    "fields": "custom_field_entries",
    "assignee_id": "incident_role_assignments",
    "postmortem_url": "retrospective_incident_options.postmortem_document_url",
}
"""What the core calls a field, and what incident.io calls it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Newborn:
    """What the versions say in different ways."""

    wish: NewIncidentBase
    severity_id: str | None
    status_id: str | None
    status_field: str
    mode: Mode
    postmortem_url: str = ""


def newborn_v1(wish: NewIncidentV1) -> Newborn:
    return Newborn(
        wish=wish,
        severity_id=wish.severity_id,
        status_id=ROW_OF_V1[wish.status] if wish.status else None,
        status_field="status",
        mode=Mode(MODE_OF_V1[wish.mode or "real"]),
    )


def newborn_v2(wish: NewIncidentV2) -> Newborn:
    told = wish.retrospective_incident_options
    return Newborn(
        wish=wish,
        severity_id=wish.severity_id,
        status_id=wish.incident_status_id,
        status_field="incident_status_id",
        mode=Mode(wish.mode or "standard"),
        postmortem_url=(told.postmortem_document_url if told else None) or "",
    )


async def declaration(newborn: Newborn, caller: Caller, intake: Intake) -> DeclareIncident:
    """`InvalidInput` with everything that is wrong; the key alone decides what is the same."""
    wish = newborn.wish
    severity = await intake.severity(newborn.severity_id)
    status = await intake.status(newborn.status_id, field=newborn.status_field)
    if status and (reason := birth_refused(status)):
        intake.flaw(newborn.status_field, reason)
    type_id, summary = intake.type(wish.incident_type_id), wish.summary or ""
    cast = await intake.cast(wish.incident_role_assignments)
    fields = await intake.entries(wish.custom_field_entries)
    intake.flaws.refuse()
    return DeclareIncident(
        caller=caller,
        key=f"incident.io:incidents:{wish.idempotency_key}",
        key_decides=True,
        title=_title(wish.name, summary),
        description=summary,
        severity=severity.level if severity else UNRATED,
        severity_id=severity.id if severity else None,
        state=status.states[0] if status else State.OPEN,
        phase=_phase(status),
        status_id=status.id if status else None,
        type_id=type_id,
        mode=newborn.mode,
        assignee_id=cast.lead,
        roles=cast.roles,
        fields=fields,
        postmortem_url=newborn.postmortem_url,
        private=wish.visibility == "private",
    )


def _title(name: str | None, summary: str) -> str:
    """Incidents need a name here; without one the first line of the summary is it."""
    if name is not None and name.strip():
        return name
    first = summary.strip().partition("\n")[0]
    return cut_line(first, min(MAX_TITLE, 100)) or UNNAMED


def _phase(status: StatusOption | None) -> Phase:
    return (status.phase if status else None) or Phase.INVESTIGATING
