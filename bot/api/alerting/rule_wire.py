"""Routing rules as JSON, and what they would do."""

from typing import Any

from bot.rule_trying import Tried
from bot.web.times import instant
from core.domain.routing_hours import clock
from core.domain.routing_rule import Hours, RoutingRule


def rule(one: RoutingRule) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "position": one.position,
        "enabled": one.enabled,
        "routing": one.routing.value,
        "sources": one.sources,
        "service_ids": one.service_ids,
        "severities": one.severities,
        "matchers": one.matchers,
        "hours": hours(one.hours) if one.hours else None,
        "reason": one.reason or None,
        "channel": one.channel or None,
        "incident_id": one.incident_id,
        "severity": one.severity,
        "group_by": one.group_by,
        "group_window": one.group_window,
        "hold": one.hold,
        "created_by": one.created_by,
        "created_at": instant(one.created_at),
        "updated_at": instant(one.updated_at),
    }


def hours(one: Hours) -> dict[str, Any]:
    return {
        "time_zone": one.time_zone,
        "days": one.days,
        "start": clock(one.start),
        "end": clock(one.end),
    }


def place(one: RoutingRule) -> dict[str, Any]:
    """Which rule, where a decision names it."""
    return {"rule_id": one.id, "name": one.name, "position": one.position}


def tried(one: Tried) -> dict[str, Any]:
    alert, decision = one.alert, one.decision
    return {
        "name": alert.name,
        "deduplication_key": alert.fingerprint,
        "status": alert.status.value,
        "severity": alert.severity.value,
        "labels": alert.labels,
        "service_id": one.service_id,
        "outcome": one.outcome,
        "sentence": one.sentence,
        "rule": place(decision.rule) if decision.rule else None,
        "passed": [{**place(rule), "because": why} for rule, why in decision.passed],
    }
