"""`field[op]=value` on lists of alerts."""

from dataclasses import replace
from datetime import datetime

from multidict import MultiMapping

from bot.api.dialects.incident_io.alerts_shapes import AlertsQuery
from bot.api.dialects.incident_io.filters import Filter, date_of, filters_in
from core.domain.alert import AlertStatus, Fingerprint
from core.domain.ids import EpisodeId, IntegrationId, MaintenanceId
from core.ports import AlertQuery
from core.views import Op

IS = "is"
STATUSES = frozenset({AlertStatus.FIRING, AlertStatus.RESOLVED})
SUBJECTS = ("deduplication_key", "status", "alert_source", "maintenance_window", "created_at")


def alert_query(given: MultiMapping[str], wish: AlertsQuery) -> AlertQuery | None:
    """Filters narrow each other; None when nothing can be left."""
    query = AlertQuery(
        statuses=STATUSES,
        limit=wish.page_size,
        after=EpisodeId(wish.after) if wish.after else None,
    )
    for one in filters_in(given, SUBJECTS):
        query = _narrowed(query, one)
    return query if query.statuses else None


def _narrowed(query: AlertQuery, one: Filter) -> AlertQuery:
    match one.subject:
        case "deduplication_key":
            return replace(query, fingerprint=Fingerprint(_only(one, "a deduplication key", "KEY")))
        case "maintenance_window":
            window = _only(one, "a maintenance window", "ID")
            return replace(query, suppressed_by=MaintenanceId(window))
        case "status":
            return replace(query, statuses=query.statuses & _statuses(one))
        case "alert_source":
            one.op_in(Op.ONE_OF)
            return replace(query, integration_ids=frozenset(map(IntegrationId, one.values)))
        case _:
            return _dated(query, one)


def _only(one: Filter, noun: str, example: str) -> str:
    if one.op != IS or len(one.values) != 1:
        raise one.refuse(f"Filter by {noun} as {one.subject}[is]={example}.")
    return one.values[0]


def _statuses(one: Filter) -> frozenset[AlertStatus]:
    op = one.op_in(Op.ONE_OF, Op.NOT_IN)
    for word in one.values:
        if word not in STATUSES:
            raise one.refuse(f"“{word[:40]}” is not a status of alerts; use firing or resolved.")
    named = frozenset(map(AlertStatus, one.values))
    return named if op is Op.ONE_OF else STATUSES - named


def _dated(query: AlertQuery, one: Filter) -> AlertQuery:
    if one.op == "date_range":
        for value in one.values:
            first, tilde, last = value.partition("~")
            if not tilde:
                raise one.refuse("A range of dates is written as 2026-11-01~2026-11-20.")
            query = _until(_since(query, date_of(one, first)), date_of(one, last))
        return query
    bound = _since if one.op_in(Op.GTE, Op.LTE) is Op.GTE else _until
    for value in one.values:
        query = bound(query, date_of(one, value))
    return query


def _since(query: AlertQuery, at: datetime) -> AlertQuery:
    return replace(query, since=max(at, query.since or at))


def _until(query: AlertQuery, at: datetime) -> AlertQuery:
    return replace(query, until=min(at, query.until or at))
