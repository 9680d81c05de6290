"""Which routing rule an alert meets: the first that fits, and why those before it did not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfoNotFoundError

from core.domain.alert import Alert, Episode, Labels
from core.domain.ids import IntegrationId, ServiceId
from core.domain.matcher import Matcher, understood
from core.domain.routing_hours import DAYS, clock, hours_in_words
from core.domain.routing_rule import Hours, RoutingRule
from core.domain.severity import Severity
from core.domain.text import shorten
from core.domain.time_zone import zone
from core.domain.wording import joined

ALERTNAME = "alertname"
MAX_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What rules ask of an alert. `source` is the kind of its integration."""

    source: str
    integration_id: IntegrationId
    severity: Severity
    labels: Labels
    service_id: ServiceId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """`rule` is the one that decides, None where none does; `passed` are those before it, in
    their order, each with a sentence that says why it did not fit."""

    rule: RoutingRule | None
    passed: tuple[tuple[RoutingRule, str], ...] = ()


def labels_of(said: Alert | Episode) -> Labels:
    """Its labels as matchers see them: whatever the source, its name is among them."""
    if ALERTNAME in said.labels:
        return said.labels
    return {ALERTNAME: said.name, **said.labels}


def in_order(rules: Iterable[RoutingRule]) -> list[RoutingRule]:
    """As they are asked: by position, and the older one first where two were added at once."""
    return sorted(rules, key=lambda one: (one.position, one.created_at, one.id))


def decide(facts: Facts, rules: Sequence[RoutingRule], now: datetime) -> Decision:
    """`rules` in the order in which they are asked; with all that a person wants to know."""
    passed: list[tuple[RoutingRule, str]] = []
    for rule in rules:
        reason = _why_not(rule, facts, now)
        if not reason:
            return Decision(rule=rule, passed=tuple(passed))
        passed.append((rule, reason))
    return Decision(rule=None, passed=tuple(passed))


def in_force(
    rules: Iterable[RoutingRule], source: str, integration_id: IntegrationId, now: datetime
) -> list[RoutingRule]:
    """Those that any alert of this source may meet now, in order; for `first_that_fits`."""
    return [
        rule
        for rule in in_order(rules)
        if rule.enabled
        and (not rule.sources or source in rule.sources or integration_id in rule.sources)
        and (rule.hours is None or within(rule.hours, now))
    ]


def first_that_fits(facts: Facts, rules: Iterable[RoutingRule]) -> RoutingRule | None:
    """The rule that `decide` finds, of those in force, without the reasons: for floods."""
    return next((rule for rule in rules if _means(rule, facts)), None)


def labels_asked_for(rules: Iterable[RoutingRule]) -> tuple[str, ...]:
    """The labels on which anything depends with these rules."""
    return tuple({one.label for rule in rules for one in understood(rule.matchers)})


def _means(rule: RoutingRule, facts: Facts) -> bool:
    return (
        (not rule.severities or facts.severity in rule.severities)
        and (not rule.service_ids or facts.service_id in rule.service_ids)
        and (not rule.matchers or _match(rule, facts.labels))
    )


def within(hours: Hours, now: datetime) -> bool:
    """On a clock in their time zone. What ends on the next day belongs to the day it begins on.
    Never where nobody knows the zone any more: what is not understood calls somebody."""
    try:
        local = now.astimezone(zone(hours.time_zone))
    except ZoneInfoNotFoundError:
        return False
    minute = local.hour * 60 + local.minute
    if hours.start < hours.end:
        return hours.start <= minute < hours.end and _on(hours, local)
    if minute >= hours.start:
        return _on(hours, local)
    return minute < hours.end and _on(hours, local - timedelta(days=1))


def _on(hours: Hours, local: datetime) -> bool:
    return not hours.days or local.isoweekday() in hours.days


def _match(rule: RoutingRule, labels: Labels) -> bool:
    """Matchers that cannot be read fit nothing: what is not understood calls somebody."""
    matchers = understood(rule.matchers)
    return bool(matchers) and all(matcher.matches(labels) for matcher in matchers)


def _why_not(rule: RoutingRule, facts: Facts, now: datetime) -> str:
    """A sentence, empty where it fits."""
    if not rule.enabled:
        return "It is switched off."
    if rule.severities and facts.severity not in rule.severities:
        return f"It asks for {joined(rule.severities)}, and the alert is {facts.severity}."
    if not in_force([replace(rule, hours=None)], facts.source, facts.integration_id, now):
        wanted = joined(rule.sources)
        which = f" ({facts.integration_id})" if facts.integration_id else ""
        return f"It asks for {wanted}, and the alert is of {facts.source}{which}."
    if rule.service_ids and facts.service_id not in rule.service_ids:
        return "It asks for another service." if facts.service_id else "The alert has no service."
    if rule.matchers and not _match(rule, facts.labels):
        return _mismatch(understood(rule.matchers), facts.labels)
    if rule.hours is not None and not within(rule.hours, now):
        return _untimely(rule.hours, now)
    return ""


def _mismatch(matchers: Sequence[Matcher], labels: Labels) -> str:
    first = next((one for one in matchers if not one.matches(labels)), None)
    if first is None:
        return "Its matchers cannot be read."
    has = labels.get(first.label)
    said = "The alert has no label" if has is None else "Its label"
    value = "" if has is None else f" is “{shorten(has, MAX_SHOWN)}”"
    asks = shorten(first.text, 2 * MAX_SHOWN)
    return f"{said} {shorten(first.label, MAX_SHOWN)}{value}, and the rule asks for {asks}."


def _untimely(hours: Hours, now: datetime) -> str:
    try:
        local = now.astimezone(zone(hours.time_zone))
    except ZoneInfoNotFoundError:
        return f"Nobody here knows the time zone {hours.time_zone}."
    moment = f"{DAYS[local.weekday()]} {clock(local.hour * 60 + local.minute)}"
    return f"It is {moment} in {hours.time_zone}, outside {hours_in_words(hours)}."
