"""Rows as earlier versions exported them, made into rows of this one: what the migrations do to a
database, done to a file."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeAlias

from core.domain.alert import Fate
from core.domain.ids import OrganizationId
from core.domain.search import Document
from core.domain.status_option import MERGED
from storage.search_terms import filed

Row: TypeAlias = Mapping[str, Any]
Complete: TypeAlias = Callable[[Row, datetime], Row]

_WINDOW: Row = {
    "timezone": "UTC",
    "runbook_url": "",
    "cancel_reason": "",
    "recurrence": "",
    "notify_channels": [],
    "notify_user_ids": [],
    "reminders": [],
    "matchers": [],
    "exceptions": [],
    "told": [],
    "customer_visible": True,
    "auto_start": True,
    "auto_complete": True,
    "followed": False,
    "owner_id": None,
    "series_id": None,
    "series_start_at": None,
    "series_end_at": None,
    "occurrence_at": None,
}
_ALERT: Row = {
    "suppressed_by": None,
    "group": "",
    "group_title": "",
    "urgency": None,
    "fate_note": "",
    "acknowledged_by": "",
    "owner": "",
    "kept_by": None,
    "service_id": None,
    "due_at": None,
    "acknowledged_at": None,
    "snoozed_until": None,
    "last_at": None,
    "flapping": False,
    "orphan": False,
    "tags": [],
    "count": 1,
}
_INCIDENT: Row = {
    "resolution": "",
    "root_cause": "",
    "rung_at": None,
    "private": False,
    "members": [],
    "related": [],
    "merged_into": None,
    "update_due_at": None,
    "archived_at": None,
}
_SERVICE: Row = {"depends_on": []}
_SOURCE: Row = {"settings": {}, "sealed_token": "", "sealed_secret": "", "deleted_at": None}
_GROUP: Row = {"opened_at": None}


def completed(noun: str, row: Row, now: datetime) -> Row:
    """With what this version knows besides; rows of this version are left as they are."""
    complete = _COMPLETE.get(noun)
    return complete(row, now) if complete else row


def knows_no_reminders(noun: str, row: Row) -> bool:
    """Whether such a row is of a version that set no timers of incidents."""
    return noun == "incidents" and "update_due_at" not in row


def _alert(row: Row, now: datetime) -> Row:
    known = {**_ALERT, **row}
    if known.get("incident_id"):
        return {"fate": Fate.GROUPED, **known}
    return {"fate": Fate.SUPPRESSED if known["suppressed_by"] else Fate.RECORDED, **known}


def _with(later: Row) -> Complete:
    return lambda row, now: {**later, **row}


def _incident(row: Row, now: datetime) -> Row:
    known = {**_INCIDENT, **row}
    merged = known.get("merged_into") and not known.get("status_id")
    return {**known, "status_id": MERGED} if merged else known


def _window(row: Row, now: datetime) -> Row:
    """The clock looks after it, unless it passed without ever being started."""
    next_at = None
    if not (row.get("actual_end_at") or row.get("canceled_at")):
        start, end = row.get("scheduled_start_at"), row.get("scheduled_end_at")
        next_at = end if row.get("actual_start_at") else start if _after(end, now) else None
    armed_at = row.get("created_at") if next_at else None
    return {**_WINDOW, "armed_at": armed_at, "next_at": next_at, **row}


def _entry(row: Row, now: datetime) -> Row:
    return {"maintenance_id": None, **row}


def _posting(row: Row, now: datetime) -> Row:
    known = {name: value for name, value in row.items() if name != "incident_id"}
    return {"subject_id": row["incident_id"], **known} if "incident_id" in row else row


def _document(row: Row, now: datetime) -> Row:
    """Filed as this version files, whatever the file says; its vector is not in there."""
    told = {name: row.get(name) for name in ("id", "kind", "title", "body", "organization_id")}
    if not all(isinstance(value, str) for value in told.values()):
        return row  # whoever reads it says what is wrong
    owner = OrganizationId(str(told.pop("organization_id")))
    document = Document(**{name: str(value) for name, value in told.items()})
    return {**row, "words": sorted(filed(document, owner)), "stale": True}


def _after(text: object, now: datetime) -> bool:
    """False for what is no moment; whoever reads the row says so."""
    try:
        return datetime.fromisoformat(str(text)) > now
    except (TypeError, ValueError):
        return False


_COMPLETE: Mapping[str, Complete] = {
    "alert_groups": _with(_GROUP),
    "alerts": _alert,
    "incidents": _incident,
    "integrations": _with(_SOURCE),
    "maintenances": _window,
    "postings": _posting,
    "search_documents": _document,
    "services": _with(_SERVICE),
    "timeline": _entry,
}
