"""Use cases on routing rules: keep one, change it, delete it, and their order."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from core.commands import alerting as a
from core.domain.actor import Actor, Caller
from core.domain.ids import IncidentId, IntegrationId, ServiceId
from core.domain.routing import in_order
from core.domain.routing_rule import Routing, RoutingRule
from core.errors import InvalidInput, NotFound
from core.flaws import Flaws
from core.ports import UnitOfWork
from core.usecases import records
from core.usecases.incident_checks import incident_for
from core.usecases.rule_fields import INTEGRATION, fitted, read_fields

MOST_RULES = 100
REQUIRED = {
    "name": "The name is missing; say what the rule is for.",
    "routing": f"Say what becomes of these alerts: {', '.join(Routing)}.",
}


async def add(command: a.AddRoutingRule, uow: UnitOfWork, now: datetime) -> RoutingRule:
    flaws = Flaws()
    given = read_fields(command.body, flaws)
    for name, message in REQUIRED.items():
        if name not in command.body:
            flaws.note(InvalidInput(message, field=name))
    blank = RoutingRule(
        id=uow.new_id(RoutingRule.PREFIX),
        created_at=now,
        updated_at=now,
        name="",
        position=0,
        routing=given.get("routing", Routing.DECLARE),
    )
    rule = fitted(replace(blank, **given), given, flaws)
    await _refuse(rule, given, command.caller, uow, flaws)
    others = await _in_order(uow)
    if len(others) >= MOST_RULES:
        message = f"There are {MOST_RULES} routing rules, which is the most; delete one."
        raise InvalidInput(message, field="name")
    at = _place(rule.position or len(others) + 1, others)
    actor = command.caller.actor
    await _number([*others[:at], None, *others[at:]], uow, by=actor, at=now)
    return await records.add(replace(rule, position=at + 1), uow, by=actor, at=now)


async def edit(command: a.EditRoutingRule, uow: UnitOfWork, now: datetime) -> RoutingRule:
    before = await uow.records(RoutingRule).get(command.rule_id)
    flaws = Flaws()
    given = read_fields(command.body, flaws)
    after = fitted(replace(before, **given), given, flaws)
    await _refuse(after, given, command.caller, uow, flaws)
    if "position" in given:
        others = [one for one in await _in_order(uow) if one.id != before.id]
        at = _place(after.position, others)
        await _number([*others[:at], None, *others[at:]], uow, by=command.caller.actor, at=now)
        after = replace(after, position=at + 1)
    return await records.change(before, after, uow, by=command.caller.actor, at=now)


async def delete(command: a.DeleteRoutingRule, uow: UnitOfWork, now: datetime) -> RoutingRule:
    rule = await uow.records(RoutingRule).get(command.rule_id)
    actor = command.caller.actor
    gone = await records.remove(rule, uow, by=actor, at=now)
    others = [one for one in await _in_order(uow) if one.id != rule.id]
    await _number(others, uow, by=actor, at=now)
    return gone


async def _in_order(uow: UnitOfWork) -> list[RoutingRule]:
    return in_order(await uow.records(RoutingRule).all())


def _place(position: int, others: Sequence[RoutingRule]) -> int:
    """How many stand before it; a position behind the last is the last."""
    return min(position - 1, len(others))


async def _number(
    order: Sequence[RoutingRule | None], uow: UnitOfWork, *, by: Actor, at: datetime
) -> None:
    """Those that stand elsewhere now are kept so; None is where another one goes."""
    for position, rule in enumerate(order, 1):
        if rule is not None and rule.position != position:
            await records.change(rule, replace(rule, position=position), uow, by=by, at=at)


async def _refuse(
    rule: RoutingRule, given: dict[str, Any], caller: Caller, uow: UnitOfWork, flaws: Flaws
) -> None:
    """What is spoken of just now is there."""
    for source in given.get("sources", ()):
        if source.startswith(INTEGRATION):
            await flaws.awaited(_require_source(IntegrationId(source), uow), None)
    await flaws.awaited(_require_services(given.get("service_ids", ()), uow), None)
    if rule.incident_id and given.get("incident_id"):
        await flaws.awaited(_require_incident(rule.incident_id, caller, uow), None)
    flaws.refuse()


async def _require_source(id: IntegrationId, uow: UnitOfWork) -> None:
    try:
        integration = await uow.integrations.get(id)
    except NotFound:
        integration = None
    if integration is None or integration.deleted_at:
        message = f"There is no alert source {id[:80]}; list them with GET /api/v1/integrations."
        raise InvalidInput(message, field="sources")


async def _require_services(ids: Sequence[ServiceId], uow: UnitOfWork) -> None:
    missing = sorted(frozenset(ids) - await uow.services.known(ids)) if ids else []
    if missing:
        message = f"There is no service {missing[0][:80]}; list them with GET /api/v1/services."
        raise InvalidInput(message, field="service_ids")


async def _require_incident(id: IncidentId, caller: Caller, uow: UnitOfWork) -> None:
    try:
        incident = await incident_for(caller, id, uow)
    except NotFound as error:
        raise InvalidInput(f"There is no incident {id[:80]}.", field="incident_id") from error
    if not incident.active or not incident.published_at:
        message = f"{incident.reference} is not going on; alerts join an incident that is."
        raise InvalidInput(message, field="incident_id")
