"""What an edit or an update of incident.io asks of the core."""

from dataclasses import replace
from typing import Any

from bot.api.dialects.incident_io.incident_wishes import IncidentEdit, NewIncidentUpdate
from bot.api.dialects.incident_io.intake import Intake
from bot.api.dialects.incident_io.moves import Move, move_refused, move_to
from bot.api.dialects.incident_io.terms import Terms
from core.commands import EditIncident, ShareUpdate
from core.domain.actor import Caller
from core.domain.severity_option import SeverityOption
from core.domain.status_option import StatusOption
from core.views import IncidentRow

FIELDS = {
    "title": "incident.name",
    "description": "incident.summary",
    "call_url": "incident.call_url",
    "roles": "incident.incident_role_assignments",
    "fields": "incident.custom_field_entries",
    "assignee_id": "incident.incident_role_assignments",
}
"""What the core calls a field, and what incident.io calls it."""

UPDATE_FIELDS = {"text": "message"}


async def edition(
    wish: IncidentEdit, row: IncidentRow, terms: Terms, caller: Caller, intake: Intake
) -> EditIncident:
    """`InvalidInput` with everything that is wrong.

    Roles and fields are told to the core whole, so the incident must not have changed since.
    """
    severity = await intake.severity(wish.severity_id)
    status = await intake.status(wish.incident_status_id)
    move = _move(status, "incident_status_id", row, terms, intake)
    cast = await intake.cast(wish.incident_role_assignments, row.roles)
    fields = await intake.entries(wish.custom_field_entries, row.fields)
    intake.flaws.refuse()
    changed = _changed(severity, row, terms)
    merged = wish.incident_role_assignments or wish.custom_field_entries
    command = EditIncident(
        caller=caller,
        key_decides=True,
        incident_id=row.id,
        expected_version=row.version if merged else None,
        title=wish.name,
        description=wish.summary,
        call_url=wish.call_url,
        assignee_id=cast.lead,
        unassign=cast.lead_given and cast.lead is None,
        roles=cast.roles if wish.incident_role_assignments else None,
        fields=fields if wish.custom_field_entries else None,
    )
    return replace(command, **_moved(move, changed))


async def update(
    wish: NewIncidentUpdate, row: IncidentRow, terms: Terms, caller: Caller, intake: Intake
) -> ShareUpdate:
    severity = await intake.severity(wish.to_severity_id, field="to_severity_id")
    field = "to_incident_status_id"
    status = await intake.status(wish.to_incident_status_id, field=field)
    move = _move(status, field, row, terms, intake)
    intake.flaws.refuse()
    changed = _changed(severity, row, terms)
    told = [
        f"Status: {status.name}." if status else "",
        f"Severity: {severity.name}." if severity else "",
    ]
    return ShareUpdate(
        caller=caller,
        key=f"incident.io:updates:{wish.idempotency_key}",
        key_decides=True,
        incident_id=row.id,
        text=(wish.message or "").strip() or " ".join(filter(None, told)),
        **_moved(move, changed),
    )


def _moved(move: Move, severity: SeverityOption | None) -> dict[str, Any]:
    """What both commands call it."""
    return {
        "state": move.state,
        "phase": move.phase,
        "resolve_first": move.resolve_first,
        "status_id": move.status_id,
        "severity": severity.level if severity else None,
        "severity_id": severity.id if severity else None,
    }


def _move(
    status: StatusOption | None, field: str, row: IncidentRow, terms: Terms, intake: Intake
) -> Move:
    if status is None:
        return Move()
    if reason := move_refused(row, status):
        intake.flaw(field, reason)
    return move_to(row, terms.status_of(row), status)


def _changed(
    severity: SeverityOption | None, row: IncidentRow, terms: Terms
) -> SeverityOption | None:
    """Unless it is shown with that one already."""
    shown = terms.severity(row.severity, row.severity_id)
    return severity if severity and severity.id != shown.id else None
