"""Commands on what is written down about an incident once it is over."""

from dataclasses import dataclass

from core.commands.base import Command
from core.domain.ids import IncidentId
from core.domain.postmortem import Postmortem


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPostmortem(Command[Postmortem]):
    """`body` is what was drafted out of its history. Where there is a postmortem already, that is
    answered as it is."""

    incident_id: IncidentId
    title: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditPostmortem(Command[Postmortem]):
    """What is None stays. `expected_version` is that of the postmortem that was read. Once it is
    `published` it stays so."""

    postmortem_id: str
    title: str | None = None
    body: str | None = None
    published: bool = False
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForContributions(Command[Postmortem]):
    """Whoever took part and was not asked yet is asked what they know; of a crowd those who did
    most."""

    postmortem_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribute(Command[Postmortem]):
    """What somebody who took part knows, to be read in the postmortem under their name. `headings`
    are those below which such words may stand already, in whatever language it was drafted. Whoever
    was asked may do so, even who may else only look."""

    postmortem_id: str
    text: str
    headings: frozenset[str] = frozenset()
