"""Commands on what looks like an incident."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.commands.base import Command
from core.domain.ids import IncidentId
from core.domain.likeness import Likeness, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteLikenesses(Command[Sequence[Likeness]]):
    """What search found, the best first. It is written once: what people see does not change
    under their hands, so for an incident that has some nothing happens."""

    incident_id: IncidentId
    likenesses: tuple[Likeness, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeLikeness(Command[Likeness]):
    """Somebody says that another incident, a procedure or an article has to do with this one or
    has not; it need not have been found. Without a verdict what was said is taken back."""

    incident_id: IncidentId
    other_id: str
    verdict: Verdict | None
