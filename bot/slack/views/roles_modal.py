"""The form that says who plays which role."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.slack import blocks as b
from bot.slack.views.subject import Subject, subject_block
from bot.slack.views.submission import person
from core.domain.incident import Incident
from core.domain.incident_role import IncidentRole
from core.language import known, say, to_say

CALLBACK = "roles"
TITLE = to_say("Roles")
MOST_ROLES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A role and who plays it: as a Slack member, and by name where they are not known there."""

    role: IncidentRole
    member: str = ""
    name: str = ""


def roles_modal(incident: Incident, parts: Iterable[Part], memory: str) -> b.View:
    """Each block is called like its role."""
    blocks = [subject_block(Subject(incident=incident)), *(_asked(part).block() for part in parts)]
    return b.form(say(TITLE), blocks, callback=CALLBACK, submit=say("Save"), memory=memory)


def cast(values: Mapping[str, Any], role_ids: Iterable[str]) -> dict[str, str]:
    """Slack members by role, of the roles that were shown; nobody is an empty one."""
    return {id: person(values, id) for id in role_ids if id in values}


def _asked(part: Part) -> b.Input:
    asked = b.Input(
        id=part.role.id,
        label=known(part.role.name),
        element=b.person_select(),
        hint=_hint(part),
        optional=True,
    )
    return asked.starting_with(initial_user=part.member)


def _hint(part: Part) -> str:
    described = known(part.role.description) if part.role.description else ""
    if not part.name or part.member:
        return described
    values = {"described": described, "name": part.name}
    return say("{described} Now it is {name}, who is not in Slack.", **values).strip()
