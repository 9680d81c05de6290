"""The operations on procedures, their executions and articles."""

from bot.api.knowledge.shapes import (
    ArticleAnswer,
    ArticleChange,
    ArticleLine,
    ExecutionAnswer,
    ExecutionChange,
    ExecutionLine,
    ExecutionsQuery,
    NewArticle,
    NewExecution,
    NewProcedure,
    ProcedureAnswer,
    ProcedureChange,
    ProcedureLine,
)
from bot.api.lists_v1 import Many
from bot.api.operations import Operation, Tag
from bot.api.record_pages import RecordsQuery
from bot.api.resources import Resource
from core.domain.actor import Permission

PROCEDURES = Resource(
    path="/api/v1/procedures",
    one="procedure",
    many="procedures",
    tag=Tag.OVERWATCH,
    see=Permission.READ_PROCEDURES,
    change=Permission.WRITE_PROCEDURES,
    lines=Many[ProcedureLine],
    answer=ProcedureAnswer,
)
EXECUTIONS = Resource(
    path="/api/v1/executions",
    one="execution",
    many="executions",
    tag=Tag.OVERWATCH,
    see=Permission.READ_PROCEDURES,
    change=Permission.EXECUTE_PROCEDURES,
    lines=Many[ExecutionLine],
    answer=ExecutionAnswer,
)
ARTICLES = Resource(
    path="/api/v1/articles",
    one="article",
    many="articles",
    tag=Tag.TOCSIN,
    see=Permission.READ_ARTICLES,
    change=Permission.WRITE_ARTICLES,
    lines=Many[ArticleLine],
    answer=ArticleAnswer,
)

LIST_PROCEDURES = PROCEDURES.list("List procedures, newest first", query=RecordsQuery)
CREATE_PROCEDURE = PROCEDURES.add(
    "Write a procedure",
    body=NewProcedure,
    example={
        "title": "Restart the connection pooler",
        "severity_scope": ["critical", "high"],
        "steps": [{"title": "Pause the pool", "command": "pgbouncer-ctl pause"}],
    },
)
SHOW_PROCEDURE = PROCEDURES.show("One procedure")
EDIT_PROCEDURE = PROCEDURES.edit(
    "Change a procedure; what is left out stays",
    conditional=True,
    body=ProcedureChange,
    example={"category": "databases"},
)
DELETE_PROCEDURE = PROCEDURES.delete("Delete a procedure; its executions stay")
EXECUTE = Operation(
    method="POST",
    path=f"{PROCEDURES.each}/execute",
    name="execute_procedure",
    summary="Begin to follow a procedure, for an incident or for none",
    tag=Tag.OVERWATCH,
    needs=Permission.EXECUTE_PROCEDURES,
    body=NewExecution,
    body_required=False,
    answers={201: ExecutionAnswer},
    example={"context": {"urgency": "high"}},
)
LIST_EXECUTIONS = EXECUTIONS.list("List executions, newest first", query=ExecutionsQuery)
SHOW_EXECUTION = EXECUTIONS.show("One execution")
END_EXECUTION = Operation(
    method="PATCH",
    path=EXECUTIONS.each,
    name="end_execution",
    summary="Say how an execution ended",
    tag=Tag.OVERWATCH,
    needs=Permission.EXECUTE_PROCEDURES,
    body=ExecutionChange,
    answers={200: ExecutionAnswer},
    refuses=frozenset({409}),
    example={"status": "completed"},
)
LIST_ARTICLES = ARTICLES.list("List articles, newest first", query=RecordsQuery)
CREATE_ARTICLE = ARTICLES.add(
    "Write an article",
    body=NewArticle,
    example={"title": "How the pooler works", "body": "Every service has a pool of its own."},
)
SHOW_ARTICLE = ARTICLES.show("One article")
EDIT_ARTICLE = ARTICLES.edit(
    "Change an article; what is left out stays",
    conditional=True,
    body=ArticleChange,
    example={"title": "How the pools work"},
)
DELETE_ARTICLE = ARTICLES.delete("Delete an article")
