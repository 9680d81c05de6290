"""Procedures, executions, articles and search results as JSON."""

from collections.abc import Iterable
from typing import Any

from bot.web.times import instant
from core.domain.article import Article
from core.domain.procedure import Execution, Procedure, Step
from core.ports import Found, Suggestion


def procedure(one: Procedure) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "name": one.title,
        "description": one.description,
        "category": one.category,
        "tags": one.tags,
        "severity_scope": one.severity_scope,
        "steps": _steps(one.steps),
        "created_by": one.created_by,
        "created_at": instant(one.created_at),
        "updated_at": instant(one.updated_at),
    }


def execution(one: Execution) -> dict[str, Any]:
    return {
        "id": one.id,
        "procedure_id": one.procedure_id,
        "title": one.title,
        "status": one.status,
        "context": {"incident_id": one.incident_id, "urgency": one.urgency or None},
        "steps": _steps(one.steps),
        "started_by": one.started_by,
        "started_at": instant(one.created_at),
        "finished_at": instant(one.finished_at),
    }


def article(one: Article) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "body": one.body,
        "created_by": one.created_by,
        "created_at": instant(one.created_at),
        "updated_at": instant(one.updated_at),
    }


def found(one: Found) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "type": one.kind,
        "score": one.score,
        "snippet": one.snippet,
        "reason": one.reason,
    }


def suggestion(one: Suggestion) -> dict[str, Any]:
    return {"id": one.id, "title": one.title, "type": one.kind}


def _steps(steps: Iterable[Step]) -> list[dict[str, Any]]:
    return [
        {
            "title": step.title,
            "instructions": step.instructions,
            "command": step.command or None,
        }
        for step in steps
    ]
