"""incident.io's JSON of what an organisation names, and of its people."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.api.dialects.incident_io.words import BASE_ROLES
from bot.web.times import instant
from core.domain.account import Role, User
from core.domain.actor import Actor, Surface
from core.domain.custom_field import CustomField, FieldOption, FieldType
from core.domain.follow_up import FollowUp
from core.domain.incident_role import IncidentRole
from core.domain.record import Record
from core.domain.severity_option import SeverityOption
from core.domain.status_option import StatusOption

TYPE_ID = "type_default"
"""Of the one type of incident there is."""


def severity(option: SeverityOption) -> dict[str, Any]:
    return {
        "id": option.id,
        "name": option.name,
        "description": option.description,
        "rank": option.rank,
        **_moments(option),
    }


def status(option: StatusOption) -> dict[str, Any]:
    return {
        "id": option.id,
        "name": option.name,
        "description": option.description,
        "category": option.category,
        "rank": option.rank,
        **_moments(option),
    }


def incident_type(founded: datetime) -> dict[str, Any]:
    """As old as the organisation."""
    return {
        "id": TYPE_ID,
        "name": "Incident",
        "description": "Every incident is of this type.",
        "is_default": True,
        "private_incidents_only": False,
        "create_in_triage": "optional",
        "created_at": instant(founded),
        "updated_at": instant(founded),
    }


def role(one: IncidentRole) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "shortform": one.shortform,
        "description": one.description,
        "instructions": one.instructions,
        "role_type": "lead" if one.leads else "custom",
        **_moments(one),
    }


def custom_field(field: CustomField) -> dict[str, Any]:
    return {**_field(field), **_moments(field)}


def option(one: FieldOption) -> dict[str, Any]:
    return {
        "id": one.id,
        "custom_field_id": one.field_id,
        "value": one.value,
        "sort_key": one.sort_key,
    }


def field_entry(
    field: CustomField, options: Sequence[FieldOption], values: Sequence[str]
) -> dict[str, Any]:
    """The field with all its options, and what an incident has in it."""
    own = [one for one in options if one.field_id == field.id]
    shown = own if field.type.selects else []
    return {
        "custom_field": {**_field(field), "options": [option(one) for one in shown]},
        "values": _values(field, {one.id: one for one in own}, values),
    }


def user(one: User) -> dict[str, Any]:
    word, _ = BASE_ROLES[one.role]
    shown = {"id": one.id, "name": one.name, "email": one.email, "role": word}
    return {**shown, "slack_user_id": one.slack_user_id} if one.slack_user_id else shown


def user_with_roles(one: User) -> dict[str, Any]:
    _, slug = BASE_ROLES[one.role]
    seat = "viewer_only" if one.role is Role.VIEWER else "full_access"
    return {
        **user(one),
        "base_role": {"id": f"role_{slug}", "name": slug.capitalize(), "slug": slug},
        "custom_roles": [],
        "is_active": one.admitted,
        "seats": {"on_call": "none", "response": seat},
    }


def actor(by: Actor, known: User | None) -> dict[str, Any]:
    """A person, or the program that acted in a person's name; keys keep no other trace."""
    if known and (by.surface is not Surface.REST or by.name == known.name):
        return {"user": user(known)}
    return {"api_key": {"id": "", "name": by.name}}


def follow_up(one: FollowUp, creator: dict[str, Any], assignee: User | None) -> dict[str, Any]:
    shown = {
        "id": one.id,
        "incident_id": one.incident_id,
        "title": one.title,
        "description": one.description,
        "status": one.status,
        "labels": one.labels,
        "creator": creator,
        **_moments(one),
    }
    if assignee:
        shown["assignee"] = user(assignee)
    if one.completed_at:
        shown["completed_at"] = instant(one.completed_at)
    return shown


def _field(field: CustomField) -> dict[str, Any]:
    return {
        "id": field.id,
        "name": field.name,
        "description": field.description,
        "field_type": field.type,
    }


def _values(
    field: CustomField, options: dict[str, FieldOption], values: Sequence[str]
) -> list[dict[str, Any]]:
    if field.type.selects:
        return [{"value_option": option(options[id])} for id in values if id in options]
    return [{_KEYS[field.type]: value} for value in values]


_KEYS = {
    FieldType.TEXT: "value_text",
    FieldType.LINK: "value_link",
    FieldType.NUMERIC: "value_numeric",
}


def _moments(record: Record) -> dict[str, str]:
    return {
        "created_at": instant(record.created_at),
        "updated_at": instant(record.updated_at),
    }


def visibility(private: bool) -> str:
    return "private" if private else "public"
