"""Commands on what helps during an incident: procedures, their executions, articles."""

from dataclasses import dataclass

from core.commands.base import Command
from core.domain.article import Article
from core.domain.ids import IncidentId
from core.domain.procedure import Execution, Procedure, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class AddProcedure(Command[Procedure]):
    """`severity_scope` in any product's words."""

    title: str
    description: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    severity_scope: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EditProcedure(Command[Procedure]):
    """What is None stays as it is; `expected_version` is that of the procedure that was read."""

    procedure_id: str
    title: str | None = None
    description: str | None = None
    category: str | None = None
    tags: tuple[str, ...] | None = None
    severity_scope: tuple[str, ...] | None = None
    steps: tuple[Step, ...] | None = None
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteProcedure(Command[Procedure]):
    procedure_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecuteProcedure(Command[Execution]):
    """Begin to take its steps, for an incident or for none. `unless_just_begun` refuses what
    somebody began for the same incident a moment ago, as people do who press at once."""

    procedure_id: str
    incident_id: IncidentId | None = None
    urgency: str = ""
    unless_just_begun: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EndExecution(Command[Execution]):
    """`status` says how it ended: completed, failed or canceled."""

    execution_id: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddArticle(Command[Article]):
    title: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditArticle(Command[Article]):
    """What is None stays as it is; `expected_version` is that of the article that was read."""

    article_id: str
    title: str | None = None
    body: str | None = None
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteArticle(Command[Article]):
    article_id: str
