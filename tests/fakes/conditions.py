"""Conditions of lists, asked of one incident after the other."""

from collections.abc import Sequence
from datetime import datetime
from typing import assert_never

from core.domain.incident import Incident
from core.views import Condition, Op, Subject


def meets(incident: Incident, conditions: Sequence[Condition], *, match_any: bool) -> bool:
    met = [_meets(incident, condition) for condition in conditions]
    return not met or (any(met) if match_any else all(met))


def _meets(incident: Incident, condition: Condition) -> bool:
    said, values = _said(incident, condition), condition.values
    match condition.op:
        case Op.ONE_OF:
            return not said.isdisjoint(values)
        case Op.NOT_IN:
            return said.isdisjoint(values)
        case Op.IS_BLANK:
            return ("false" in values) is bool(said - {""})
        case Op.GTE | Op.LTE | Op.BETWEEN:
            return _within(_moment(incident, condition.subject), condition)
        case _:
            assert_never(condition.op)


def _within(moment: datetime, condition: Condition) -> bool:
    first, last = condition.values[0], condition.values[-1]
    assert isinstance(first, datetime)
    assert isinstance(last, datetime)
    late = condition.op is Op.LTE or moment >= first
    return late and (condition.op is Op.GTE or moment <= last)


def _moment(incident: Incident, subject: Subject) -> datetime:
    return incident.created_at if subject is Subject.CREATED_AT else incident.updated_at


def _said(incident: Incident, condition: Condition) -> set[str | datetime]:
    match condition.subject:
        case Subject.ROLE:
            return {one.user_id for one in incident.roles if one.role_id == condition.key}
        case Subject.FIELD:
            entries = (one for one in incident.fields if one.field_id == condition.key)
            return {value for entry in entries for value in entry.values}
        case Subject.STATUS_ID:
            return {incident.status_id or f"{incident.state}/{incident.phase}"}
        case Subject.SEVERITY_ID:
            return {incident.severity_id or incident.severity}
        case Subject.URGENCY:
            return {incident.felt_urgency}
        case plain:
            return {getattr(incident, plain) or ""}
