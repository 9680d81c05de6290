"""What happened to incidents."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from core.domain.events.base import IncidentEvent
from core.domain.ids import ChannelId, NoteId, UpdateId, UserId
from core.domain.likeness import Verdict
from core.domain.severity import Severity
from core.domain.state import Phase, State


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentDeclared(IncidentEvent):
    """`over` when it is told after the fact; `quietly` when nobody is to be told at all; `manned`
    when somebody leads it or plays a role in it from the start."""

    title: str
    severity: Severity
    draft: bool = False
    over: bool = False
    quietly: bool = False
    manned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentPublished(IncidentEvent):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentAcknowledged(IncidentEvent):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentReopened(IncidentEvent):
    before: State
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentSnoozed(IncidentEvent):
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentSuppressed(IncidentEvent):
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentResolved(IncidentEvent):
    """`quietly` when nobody had been told of it, as of a draft."""

    summary: str = ""
    update_id: UpdateId | None = None
    quietly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentClosed(IncidentEvent):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentCanceled(IncidentEvent):
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentDeleted(IncidentEvent):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentEdited(IncidentEvent):
    """Names what changed, of the services which came and went; `quietly` when nothing of it is
    shown in a channel."""

    fields: tuple[str, ...]
    title: str
    quietly: bool = False
    services_added: tuple[str, ...] = ()
    services_removed: tuple[str, ...] = ()

    @property
    def concerns_others(self) -> bool:
        """Its services are others now, and so are their owners."""
        return "service" in self.fields

    @property
    def leads_elsewhere(self) -> bool:
        return not {"links", "call link"}.isdisjoint(self.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityChanged(IncidentEvent):
    before: Severity
    after: Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentAssigned(IncidentEvent):
    """`assignee_id` is None when the incident was handed back to nobody."""

    assignee_id: UserId | None
    assignee_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatePosted(IncidentEvent):
    """`quietly` on an incident that nobody was told of."""

    update_id: UpdateId
    phase: Phase
    text: str
    quietly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded(IncidentEvent):
    """Somebody commented; `quietly` on an incident that nobody was told of."""

    note_id: NoteId
    text: str
    quietly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelLinked(IncidentEvent):
    channel_id: ChannelId
    channel_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertsFired(IncidentEvent):
    """Alerts joined the incident after its declaration. `names` are a few of `count`. `calls`:
    somebody took care of it already, and has to hear of these. `worse`: they had joined before, and
    are worse than they were."""

    count: int
    names: tuple[str, ...]
    calls: bool = False
    worse: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertsCleared(IncidentEvent):
    """Some alerts of the incident ended at their source while others go on."""

    count: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertsFlapping(IncidentEvent):
    """Alerts of the incident come and go; nothing more is told of that until they are steady."""

    count: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertsSteady(IncidentEvent):
    """Alerts that came and went do so no more; `firing` says which way it ended."""

    count: int
    names: tuple[str, ...]
    firing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertDismissed(IncidentEvent):
    """Somebody said that an alert is no incident."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertSplit(IncidentEvent):
    """An alert got an incident of its own, or was put into another; `other` is its reference,
    empty where not everybody who reads this may know of that."""

    name: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectBuried(IncidentEvent):
    """Something could not be shown, and why, in words for a person."""

    effect: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LikenessesFound(IncidentEvent):
    """`others` are the references or titles of what it looks like, the best first."""

    others: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LikenessJudged(IncidentEvent):
    """`other` is what it is called; no verdict takes the one before back."""

    other_id: str
    other: str
    verdict: Verdict | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureRun(IncidentEvent):
    """Somebody takes the steps of a procedure for the incident."""

    procedure_id: str
    execution_id: str
    title: str


IncidentFact: TypeAlias = (
    IncidentDeclared
    | IncidentPublished
    | IncidentAcknowledged
    | IncidentReopened
    | IncidentSnoozed
    | IncidentSuppressed
    | IncidentResolved
    | IncidentClosed
    | IncidentCanceled
    | IncidentDeleted
    | IncidentEdited
    | SeverityChanged
    | IncidentAssigned
    | UpdatePosted
    | NoteAdded
    | ChannelLinked
    | AlertsFired
    | AlertsCleared
    | AlertsFlapping
    | AlertsSteady
    | AlertDismissed
    | AlertSplit
    | LikenessesFound
    | LikenessJudged
    | ProcedureRun
    | EffectBuried
)
