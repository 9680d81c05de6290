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
from core.domain.actor import Permission

LIST_PROCEDURES = Operation(
    method="GET",
    path="/api/v1/procedures",
    name="list_procedures",
    summary="List procedures, newest first",
    tag=Tag.OVERWATCH,
    needs=Permission.READ_PROCEDURES,
    query=RecordsQuery,
    answers={200: Many[ProcedureLine]},
)
CREATE_PROCEDURE = Operation(
    method="POST",
    path="/api/v1/procedures",
    name="create_procedure",
    summary="Write a procedure",
    tag=Tag.OVERWATCH,
    needs=Permission.WRITE_PROCEDURES,
    body=NewProcedure,
    answers={201: ProcedureAnswer},
    example={
        "title": "Restart the connection pooler",
        "severity_scope": ["critical", "high"],
        "steps": [{"title": "Pause the pool", "command": "pgbouncer-ctl pause"}],
    },
)
SHOW_PROCEDURE = Operation(
    method="GET",
    path="/api/v1/procedures/{id}",
    name="get_procedure",
    summary="One procedure",
    tag=Tag.OVERWATCH,
    needs=Permission.READ_PROCEDURES,
    answers={200: ProcedureAnswer},
)
EDIT_PROCEDURE = Operation(
    method="PATCH",
    path="/api/v1/procedures/{id}",
    name="update_procedure",
    summary="Change a procedure; what is left out stays",
    tag=Tag.OVERWATCH,
    needs=Permission.WRITE_PROCEDURES,
    body=ProcedureChange,
    answers={200: ProcedureAnswer},
    refuses=frozenset({409}),
    example={"category": "databases"},
)
DELETE_PROCEDURE = Operation(
    method="DELETE",
    path="/api/v1/procedures/{id}",
    name="delete_procedure",
    summary="Delete a procedure; its executions stay",
    tag=Tag.OVERWATCH,
    needs=Permission.WRITE_PROCEDURES,
    answers={204: None},
    refuses=frozenset({409}),
)
EXECUTE = Operation(
    method="POST",
    path="/api/v1/procedures/{id}/execute",
    name="execute_procedure",
    summary="Begin to follow a procedure, for an incident or for none",
    tag=Tag.OVERWATCH,
    needs=Permission.EXECUTE_PROCEDURES,
    body=NewExecution,
    body_required=False,
    answers={201: ExecutionAnswer},
    example={"context": {"urgency": "high"}},
)
LIST_EXECUTIONS = Operation(
    method="GET",
    path="/api/v1/executions",
    name="list_executions",
    summary="List executions, newest first",
    tag=Tag.OVERWATCH,
    needs=Permission.READ_PROCEDURES,
    query=ExecutionsQuery,
    answers={200: Many[ExecutionLine]},
)
SHOW_EXECUTION = Operation(
    method="GET",
    path="/api/v1/executions/{id}",
    name="get_execution",
    summary="One execution",
    tag=Tag.OVERWATCH,
    needs=Permission.READ_PROCEDURES,
    answers={200: ExecutionAnswer},
)
END_EXECUTION = Operation(
    method="PATCH",
    path="/api/v1/executions/{id}",
    name="end_execution",
    summary="Say how an execution ended",
    tag=Tag.OVERWATCH,
    needs=Permission.EXECUTE_PROCEDURES,
    body=ExecutionChange,
    answers={200: ExecutionAnswer},
    refuses=frozenset({409}),
    example={"status": "completed"},
)
LIST_ARTICLES = Operation(
    method="GET",
    path="/api/v1/articles",
    name="list_articles",
    summary="List articles, newest first",
    tag=Tag.TOCSIN,
    needs=Permission.READ_ARTICLES,
    query=RecordsQuery,
    answers={200: Many[ArticleLine]},
)
CREATE_ARTICLE = Operation(
    method="POST",
    path="/api/v1/articles",
    name="create_article",
    summary="Write an article",
    tag=Tag.TOCSIN,
    needs=Permission.WRITE_ARTICLES,
    body=NewArticle,
    answers={201: ArticleAnswer},
    example={"title": "How the pooler works", "body": "Every service has a pool of its own."},
)
SHOW_ARTICLE = Operation(
    method="GET",
    path="/api/v1/articles/{id}",
    name="get_article",
    summary="One article",
    tag=Tag.TOCSIN,
    needs=Permission.READ_ARTICLES,
    answers={200: ArticleAnswer},
)
EDIT_ARTICLE = Operation(
    method="PATCH",
    path="/api/v1/articles/{id}",
    name="update_article",
    summary="Change an article; what is left out stays",
    tag=Tag.TOCSIN,
    needs=Permission.WRITE_ARTICLES,
    body=ArticleChange,
    answers={200: ArticleAnswer},
    refuses=frozenset({409}),
    example={"title": "How the pools work"},
)
DELETE_ARTICLE = Operation(
    method="DELETE",
    path="/api/v1/articles/{id}",
    name="delete_article",
    summary="Delete an article",
    tag=Tag.TOCSIN,
    needs=Permission.WRITE_ARTICLES,
    answers={204: None},
    refuses=frozenset({409}),
)
