"""Overwatch's JSON of an incident."""

from typing import Any

from bot.api.dialects.overwatch.words import STATUS
from bot.web.times import instant
from core.views import IncidentRow


def incident(row: IncidentRow) -> dict[str, Any]:
    """Without the severity, whose word depends on the reader."""
    return {
        "id": row.id,
        "title": row.title,
        "description": row.description,
        "status": STATUS[row.state],
        "assignee": row.assignee_name,
        "tags": row.tags,
        "links": row.links,
        "created_at": instant(row.created_at),
        "updated_at": instant(row.updated_at),
        "created_by": row.created_by,
    }
