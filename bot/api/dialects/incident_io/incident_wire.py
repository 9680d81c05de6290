"""incident.io's JSON of incidents and their updates, in both versions."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.api.dialects.incident_io import wire
from bot.api.dialects.incident_io.terms import Terms
from bot.api.dialects.incident_io.words import MODES_V1, status_v1
from bot.web.times import instant
from core.domain.actor import Actor
from core.domain.ids import UserId
from core.domain.incident_role import LEAD
from core.domain.state import Phase, State
from core.domain.status_option import StatusOption
from core.domain.update import StatusUpdate
from core.views import IncidentRow


def incident_v2(row: IncidentRow, terms: Terms) -> dict[str, Any]:
    status = terms.status_of(row)
    return {
        **_incident(row, terms),
        "incident_status": wire.status(status),
        "mode": row.mode,
        "last_activity_at": instant(row.updated_at),
        "team_ids": [],
        "incident_timestamp_values": [
            {
                "incident_timestamp": {"id": id, "name": name, "rank": rank},
                "value": {"value": instant(at)},
            }
            for rank, (id, name, at) in enumerate(_moments(row), start=1)
        ],
    }


def incident_v1(row: IncidentRow, terms: Terms) -> dict[str, Any]:
    return {
        **_incident(row, terms),
        "status": status_v1(row.state, row.phase),
        "mode": MODES_V1[row.mode],
        "timestamps": [
            {"name": name, "last_occurred_at": instant(at)} for _, name, at in _moments(row)
        ],
    }


def incident_update(update: StatusUpdate, terms: Terms) -> dict[str, Any]:
    known = terms.users.get(update.by.user_id) if update.by.user_id else None
    severity = terms.noted_severity(update.severity)
    shown = {
        "id": update.id,
        "incident_id": update.incident_id,
        "message": update.text,
        "new_incident_status": wire.status(_status_by(update, terms)),
        "updater": wire.actor(update.by, known),
        "created_at": instant(update.at),
    }
    return {**shown, "new_severity": wire.severity(severity)} if severity else shown


def _status_by(update: StatusUpdate, terms: Terms) -> StatusOption:
    """As it was noted; where it was not, as the phase has it."""
    state, _, phase = update.status.partition("/")
    if phase:
        return terms.status(State(state), Phase(phase), None)
    over = State.RESOLVED if update.phase is Phase.RESOLVED else State.OPEN
    return terms.status(over, update.phase, update.status)


def _incident(row: IncidentRow, terms: Terms) -> dict[str, Any]:
    by = Actor(surface=row.source, name=row.created_by_name, user_id=row.created_by)
    creator = terms.users.get(row.created_by) if row.created_by else None
    shown = {
        "id": row.id,
        "reference": row.reference,
        "name": row.title,
        "summary": row.description,
        "created_at": instant(row.created_at),
        "updated_at": instant(row.updated_at),
        "creator": wire.actor(by, creator),
        "severity": wire.severity(terms.severity(row.severity, row.severity_id)),
        "incident_type": wire.incident_type(terms.founded),
        "custom_field_entries": [
            wire.field_entry(terms.fields[entry.field_id], terms.options, entry.values)
            for entry in row.fields
            if entry.values and entry.field_id in terms.fields
        ],
        "incident_role_assignments": list(_assignments(row, terms)),
        "visibility": wire.visibility(row.private),
        "slack_channel_id": row.channel_id or "",
        "slack_team_id": "",
    }
    return {**shown, **_where_known(row)}


def _where_known(row: IncidentRow) -> dict[str, str]:
    """What is left out rather than empty."""
    links = {
        "slack_channel_name": row.channel_name,
        "call_url": row.call_url,
        "postmortem_document_url": row.postmortem_url,
    }
    return {key: value for key, value in links.items() if value}


def _assignments(row: IncidentRow, terms: Terms) -> Iterator[dict[str, Any]]:
    """The lead is whom the incident is assigned to."""
    taken: list[tuple[str, UserId]] = [(one.role_id, one.user_id) for one in row.roles]
    if row.assignee_id:
        taken.insert(0, (LEAD, row.assignee_id))
    for role_id, user_id in taken:
        role, user = terms.roles.get(role_id), terms.users.get(user_id)
        if role and user:
            yield {"role": wire.role(role), "assignee": wire.user(user)}


def _moments(row: IncidentRow) -> Iterator[tuple[str, str, datetime]]:
    named = (
        ("timestamp_reported", "Reported at", row.created_at),
        ("timestamp_acknowledged", "Acknowledged at", row.acknowledged_at),
        ("timestamp_resolved", "Resolved at", row.resolved_at),
        ("timestamp_closed", "Closed at", row.closed_at),
        ("timestamp_canceled", "Canceled at", row.canceled_at),
    )
    for id, name, at in named:
        if at:
            yield id, name, at
