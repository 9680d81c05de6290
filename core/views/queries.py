"""What readers ask of lists: which incidents, which messages, and which stretch of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.ids import IncidentId, UserId
from core.domain.particulars import Mode
from core.domain.severity import Severity
from core.domain.state import State
from core.domain.update import StatusUpdate
from core.domain.viewer import EVERYTHING, Viewer


class Subject(StrEnum):
    """What a condition is about.

    A status is the id that was given, else `state/phase` (`open/identified`); a severity is the
    id that was given, else the level; an urgency is as given, else as it follows from the level.
    """

    STATE = "state"
    PHASE = "phase"
    STATUS_ID = "status_id"
    SEVERITY = "severity"
    SEVERITY_ID = "severity_id"
    TYPE_ID = "type_id"
    MODE = "mode"
    URGENCY = "urgency"
    ASSIGNEE = "assignee_id"
    CREATED_AT = "created_at"
    UPDATED_AT = "updated_at"
    ROLE = "role"
    FIELD = "field"


class Op(StrEnum):
    """`between` takes two values, the ends included; `is_blank` takes none, or `false` for its
    opposite."""

    ONE_OF = "one_of"
    NOT_IN = "not_in"
    GTE = "gte"
    LTE = "lte"
    BETWEEN = "between"
    IS_BLANK = "is_blank"


MOMENTS = frozenset({Subject.CREATED_AT, Subject.UPDATED_AT})
KEYED = frozenset({Subject.ROLE, Subject.FIELD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """`gte`, `lte` and `between` are of moments, which have no other; `key` is the id of the role
    or the field. Whatever else is asked for is a mistake of the caller's code."""

    subject: Subject
    op: Op
    values: tuple[str | datetime, ...] = ()
    key: str | None = None

    def __post_init__(self) -> None:
        ranged = self.op in (Op.GTE, Op.LTE, Op.BETWEEN)
        moments = all(isinstance(value, datetime) for value in self.values)
        enough = len(self.values) == (2 if self.op is Op.BETWEEN else 1) or not ranged
        whole = ranged is (self.subject in MOMENTS) and (moments or not ranged) and enough
        if not whole or (self.key is None) is (self.subject in KEYED):
            raise ValueError(f"{self!r} is no condition.")


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentQuery:
    """Which incidents, newest first unless `oldest_first`. Empty sets mean "any".

    `search` is looked for in title and description; `after` is the (created_at, id)
    of the last row seen and wins over `offset`. `created_after` includes that moment.
    All of the `conditions` hold, or at least one with `match_any`; everything else narrows
    the list further. `published_only` leaves the drafts out. `viewer` is whoever the read models
    look for (`ReadModels.seen_by`); nobody else needs to say.
    """

    states: frozenset[State] = frozenset()
    severities: frozenset[Severity] = frozenset()
    modes: frozenset[Mode] = frozenset()
    service_id: str | None = None
    assignee_id: UserId | None = None
    search: str = ""
    created_after: datetime | None = None
    published_only: bool = False
    conditions: tuple[Condition, ...] = ()
    match_any: bool = False
    oldest_first: bool = False
    limit: int = 25
    offset: int = 0
    after: tuple[datetime, str] | None = None
    viewer: Viewer = EVERYTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateQuery:
    """Which messages, newest first; those after the one whose id is `after`. Messages of deleted
    incidents are in no list."""

    incident_id: IncidentId | None = None
    limit: int = 25
    after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatePage:
    """`more` says whether messages follow these."""

    updates: tuple[StatusUpdate, ...]
    more: bool
