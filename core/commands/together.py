"""Commands on incidents that have to do with each other, and on who may know of one."""

from dataclasses import dataclass

from core.commands.base import IncidentCommand
from core.domain.ids import IncidentId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeIncident(IncidentCommand):
    """It is the same as another one, which goes on alone: the firing alerts, what is left to be
    done and the people move there."""

    into_id: IncidentId


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkIncidents(IncidentCommand):
    """Both have to do with each other; each of them says so to whoever may know of the other."""

    other_id: IncidentId


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlinkIncidents(IncidentCommand):
    other_id: IncidentId


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeMembers(IncidentCommand):
    """Who may know of it. `private` None leaves it as it is; whoever makes it private is a member
    from then on."""

    private: bool | None = None
    add: tuple[UserId, ...] = ()
    remove: tuple[UserId, ...] = ()
