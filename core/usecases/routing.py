"""What routing rules make of alerts that begin to call: the first rule that fits decides."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias, assert_never

from core.domain.alert import Fate
from core.domain.events import AlertsNotified
from core.domain.routing import Facts, first_that_fits, in_force, labels_asked_for, labels_of
from core.domain.routing_rule import Routing, RoutingRule
from core.domain.text import shorten
from core.domain.tuning import RULED, regrouped
from core.usecases.alert_joins import join
from core.usecases.declaring import concern
from core.usecases.ring import Ring, found, names_of
from core.usecases.waves import Member, Wave, news_of

MAX_NAME, MAX_REASON = 120, 500

Routed: TypeAlias = Mapping[str, tuple[RoutingRule, list[Member]]]
"""By rule, the alerts that it decides on."""


async def route(wave: Wave, ring: Ring) -> None:
    """What is dropped, told to a channel only or attached goes no further."""
    rules = await _rules(wave, ring)
    if not rules:
        return
    for rule, members in _routed(wave, rules, ring).values():
        match rule.routing:
            case Routing.DROP:
                _drop(rule, members, wave)
            case Routing.NOTIFY:
                await _notify(rule, members, wave, ring)
            case Routing.ATTACH:
                await _attach(rule, members, wave, ring)
            case Routing.DECLARE:
                _shape(rule, members)
            case routing:
                assert_never(routing)


async def _rules(wave: Wave, ring: Ring) -> list[RoutingRule]:
    if not wave.members:
        return []
    source = ring.integration
    rules = await ring.uow.records(RoutingRule).all()
    return in_force(rules, source.source, source.id, ring.now) if rules else []


def _routed(wave: Wave, rules: Sequence[RoutingRule], ring: Ring) -> Routed:
    """What looks the same to all rules is decided once: in a flood, nearly everything does."""
    routed: dict[str, tuple[RoutingRule, list[Member]]] = {}
    labels = labels_asked_for(rules)
    decided: dict[Hashable, RoutingRule | None] = {}
    for member in wave.members.values():
        facts = _facts(member, ring)
        same = facts.severity, facts.service_id, *map(facts.labels.get, labels)
        if same not in decided:
            decided[same] = first_that_fits(facts, rules)
        rule = decided[same]
        if rule is not None:
            routed.setdefault(rule.id, (rule, []))[1].append(member)
    return routed


def _facts(member: Member, ring: Ring) -> Facts:
    return Facts(
        source=ring.integration.source,
        integration_id=ring.integration.id,
        severity=member.episode.severity,
        labels=labels_of(member.said),
        service_id=member.episode.service_id or ring.integration.service_id,
    )


def _drop(rule: RoutingRule, members: Sequence[Member], wave: Wave) -> None:
    note = f"{_by(rule)}: {shorten(rule.reason, MAX_REASON)}" if rule.reason else _by(rule)
    for member in members:
        wave.keep(member.episode.quieted(Fate.DROPPED, rule.id, note))


async def _notify(rule: RoutingRule, members: Sequence[Member], wave: Wave, ring: Ring) -> None:
    for member in members:
        wave.keep(member.episode.quieted(Fate.NOTIFIED, rule.id, _by(rule)))
    source = await ring.uow.integrations.get(ring.integration.id)  # another rule may have told
    event = AlertsNotified(
        by=ring.actor,
        at=ring.now,
        integration_id=source.id,
        name=source.name,
        rule=rule.name,
        channel=rule.channel,
        count=len(members),
        names=names_of(member.said for member in members),
    )
    await ring.uow.integrations.save(source, because=event)


async def _attach(rule: RoutingRule, members: Sequence[Member], wave: Wave, ring: Ring) -> None:
    """Where its incident lives no more, they call as without the rule."""
    incident = await found(rule.incident_id, ring.uow)
    if incident is None or not incident.active or not incident.published_at:
        return
    incident = await concern(incident, members, ring)
    incident = await join(incident, news_of(members), ring)
    wave.join(
        incident,
        [
            replace(one.episode.joined(incident.id, Fate.ATTACHED, _by(rule)), kept_by=rule.id)
            for one in members
        ],
    )


def _shape(rule: RoutingRule, members: Sequence[Member]) -> None:
    """They call, as the rule says where it says something."""
    for member in members:
        member.hold = rule.hold
        member.group_window = rule.group_window
        if rule.severity is not None:
            member.said = replace(member.said, severity=rule.severity)
        if rule.group_by:
            whose = f"{RULED}{rule.id}"
            member.said = regrouped(member.said, rule.group_by, whose)
            member.episode = regrouped(member.episode, rule.group_by, whose)


def _by(rule: RoutingRule) -> str:
    return f"by the rule “{shorten(rule.name, MAX_NAME)}”"
