"""Through whose eyes incidents are seen: who may know of a private one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from core.domain.ids import UserId
from core.domain.particulars import RoleAssignment


class Known(Protocol):
    """As much of an incident as says who may know of it."""

    @property
    def private(self) -> bool: ...
    @property
    def members(self) -> Sequence[UserId]: ...
    @property
    def created_by(self) -> UserId | None: ...
    @property
    def assignee_id(self) -> UserId | None: ...
    @property
    def roles(self) -> Sequence[RoleAssignment]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Whoever looks: a person, nobody in particular, or with `everything` Tocsin itself and
    programs that were allowed it. Who administers the organisation is no exception."""

    user_id: UserId | None = None
    everything: bool = False

    def sees(self, incident: Known) -> bool:
        if self.everything or not incident.private:
            return True
        return self.user_id is not None and self.user_id in knowing(incident)


NOBODY = Viewer()
"""Whoever may not be known: sees what everybody sees."""

EVERYTHING = Viewer(everything=True)


def knowing(incident: Known) -> frozenset[UserId]:
    """Its members, and besides them whoever declared it, leads it or plays a role in it. It says
    who would know of it also of an incident that is not private."""
    others = (incident.created_by, incident.assignee_id, *(one.user_id for one in incident.roles))
    return frozenset(incident.members) | frozenset(one for one in others if one)
