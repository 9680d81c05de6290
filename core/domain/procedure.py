"""A procedure: the steps that help when something breaks, and each time they are taken."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from core.domain.ids import IncidentId
from core.domain.record import Record
from core.domain.severity import Severity

MAX_TITLE = 300
MAX_TEXT = 10_000
MAX_WORD = 100
MOST_TAGS = 50
MOST_STEPS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """`command` is what to type, if there is something to type."""

    title: str
    instructions: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure(Record):
    """`severity_scope` is empty where it helps whatever the severity."""

    NOUN: ClassVar[str] = "procedure"
    PREFIX: ClassVar[str] = "prc"

    title: str
    description: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    severity_scope: tuple[Severity, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def label(self) -> str:
        return self.title

    @property
    def search_text(self) -> str:
        return "\n".join((self.title, self.text, self.category, *self.tags))

    @property
    def text(self) -> str:
        """What it says: the description, then the steps."""
        parts = [self.description]
        for step in self.steps:
            parts += [step.title, step.instructions, step.command]
        return "\n".join(part for part in parts if part)


class ExecutionStatus(StrEnum):
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELED = "canceled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution(Record):
    """Somebody takes the steps, as the procedure had them then; `urgency` is as it was given."""

    NOUN: ClassVar[str] = "execution"
    PREFIX: ClassVar[str] = "exe"

    procedure_id: str
    title: str
    steps: tuple[Step, ...] = ()
    incident_id: IncidentId | None = None
    urgency: str = ""
    status: ExecutionStatus = ExecutionStatus.RUNNING
    started_by: str = ""
    finished_at: datetime | None = None

    @property
    def label(self) -> str:
        return f"of “{self.title}”"

    @property
    def parent_id(self) -> str | None:
        return self.procedure_id

    @property
    def search_text(self) -> str:
        return self.title
