"""Commands on who does what in an incident, and on what it affects."""

from dataclasses import dataclass

from core.commands.base import IncidentCommand
from core.domain.ids import ServiceId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGift:
    """`user_id` plays the role from now on, alone; None leaves it to nobody."""

    role_id: str
    user_id: UserId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveRole(IncidentCommand):
    """The lead is the assignee. `user_id` None leaves the role to nobody."""

    role_id: str
    user_id: UserId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveRoles(IncidentCommand):
    """Several at once, all or none."""

    gifts: tuple[RoleGift, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeServices(IncidentCommand):
    """Some services more, some fewer; the others stay, whatever they are by now."""

    add: tuple[ServiceId, ...] = ()
    remove: tuple[ServiceId, ...] = ()
