"""Who plays which role in an incident, and how a role changes hands."""

from dataclasses import dataclass, replace
from datetime import datetime

from core.domain.actor import Actor
from core.domain.events import IncidentAssigned, RoleGiven
from core.domain.ids import UserId
from core.domain.incident import Incident
from core.domain.incident_role import IncidentRole
from core.domain.particulars import RoleAssignment


def holders(incident: Incident, role_id: str, *, leads: bool = False) -> tuple[UserId, ...]:
    """Who plays it now; of the role that `leads` that is the assignee."""
    if leads:
        return (incident.assignee_id,) if incident.assignee_id else ()
    return tuple(one.user_id for one in incident.roles if one.role_id == role_id)


def players(incident: Incident) -> tuple[UserId, ...]:
    """Everybody with a role in it, each once, the lead first."""
    lead = [incident.assignee_id] if incident.assignee_id else []
    return tuple(dict.fromkeys([*lead, *(one.user_id for one in incident.roles)]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """To one person, called `name`, whose it is alone from now on, or to nobody. `before` names
    those who played it."""

    user_id: UserId | None
    name: str = ""
    before: tuple[str, ...] = ()


def give_role(
    incident: Incident, role: IncidentRole, handover: Handover, *, by: Actor, at: datetime
) -> tuple[Incident, RoleGiven | IncidentAssigned | None]:
    user_id = handover.user_id
    if role.leads:
        return incident.assign(user_id, handover.name, by=by, at=at)
    wanted = (user_id,) if user_id else ()
    if holders(incident, role.id) == wanted:
        return incident, None
    others = tuple(one for one in incident.roles if one.role_id != role.id)
    given = tuple(RoleAssignment(role_id=role.id, user_id=one) for one in wanted)
    event = RoleGiven(
        incident_id=incident.id,
        by=by,
        at=at,
        role_id=role.id,
        role=role.name,
        user_id=user_id,
        user_name=handover.name,
        before=", ".join(handover.before),
    )
    return replace(incident, roles=(*others, *given), updated_at=at), event
