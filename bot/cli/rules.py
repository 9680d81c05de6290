"""`tocsin rules`."""

from argparse import Namespace
from collections.abc import Mapping
from typing import Any

import orjson

from bot.answers import Answer, table
from bot.api.alerting.rule_wire import rule as shown
from bot.api.alerting.rule_wire import tried as shown_trial
from bot.bootstrap import administration
from bot.cli.sources import service_called
from bot.office import Office
from bot.rule_reading import every_rule, incident_meant
from bot.rule_trying import Tried, Whose, an_alert, ground
from bot.settings import Settings
from bot.webhooks.hearing import hear
from core.commands.alerting import AddRoutingRule, DeleteRoutingRule, EditRoutingRule
from core.domain.alert import Alert
from core.domain.ids import IntegrationId, ServiceId
from core.domain.integration import Integration
from core.domain.routing_hours import hours_in_words
from core.domain.routing_rule import RoutingRule
from core.errors import InvalidInput

GIVEN = (
    "name", "routing", "position", "sources", "severities", "matchers", "reason", "channel",
    "severity", "group_by", "group_window", "hold",
)  # fmt: skip
ANY_SOURCE = "generic"


async def list_rules(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        rules = await every_rule(office.reads, office.organization_id)
        services = await office.reads.services(office.organization_id)
    names = {service.id: service.name for service in services}
    rows = [(one.position, one.id, one.name, _what(one), _when(one, names)) for one in rules]
    return Answer(
        object={"routing_rules": [shown(one) for one in rules]},
        words=table(
            ("#", "ID", "NAME", "WHAT BECOMES OF THEM", "OF WHICH"),
            rows,
            empty="There is no routing rule: every alert calls somebody.",
        ),
    )


async def add_rule(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        rule = await office.bus.execute(
            AddRoutingRule(caller=office.caller, body=await _body(given, office))
        )
    return Answer(
        object=shown(rule),
        words=f"The rule {rule.name} is asked at position {rule.position}; its id is {rule.id}.",
    )


async def move_rule(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        rule = await office.bus.execute(
            EditRoutingRule(
                caller=office.caller, rule_id=given.id, body={"position": given.position}
            )
        )
    return Answer(
        object=shown(rule), words=f"The rule {rule.name} is asked at position {rule.position}."
    )


async def delete_rule(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        rule = await office.bus.execute(DeleteRoutingRule(caller=office.caller, rule_id=given.id))
    return Answer(
        object={"id": rule.id, "deleted": True}, words=f"The rule {rule.name} is deleted."
    )


async def try_rules(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        whose, integration = await _whose(given, office)
        alerts = _alerts(given, integration, office)
        what = await ground(office.reads, office.organization_id, office.clock(), None)
        met = [what.met_by(alert, whose) for alert in alerts]
    return Answer(
        object={"alerts": [shown_trial(one) for one in met]},
        words="\n\n".join(map(_told, met)) or "That payload states no alert.",
    )


async def _body(given: Namespace, office: Office) -> dict[str, Any]:
    body = {name: value for name in GIVEN if (value := getattr(given, name)) is not None}
    if given.services:
        body["service_ids"] = [await service_called(office, one) for one in given.services]
    if given.incident:
        body["incident_id"] = await incident_meant(
            given.incident, office.organization_id, office.reads
        )
    if given.hours or given.days or given.zone:
        start, end = given.hours or (None, None)
        zone = {"time_zone": given.zone, "days": given.days}
        body["hours"] = {**zone, "start": start, "end": end}
    return body


async def _whose(given: Namespace, office: Office) -> tuple[Whose, Integration | None]:
    if given.integration:
        integration = await office.reads.alert_source(
            office.organization_id, IntegrationId(given.integration)
        )
        return Whose.of(integration), integration
    service_id = await service_called(office, given.service) if given.service else None
    return Whose(source=given.source or ANY_SOURCE, service_id=service_id), None


def _alerts(given: Namespace, integration: Integration | None, office: Office) -> list[Alert]:
    now = office.clock()
    if given.payload is None:
        return [an_alert(given.name, given.severity, dict(given.labels), now)]
    if integration is None:
        message = "A payload needs an --integration, whose alerts it states."
        raise InvalidInput(message, field="integration")
    try:
        payload = orjson.loads(given.payload.read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        message = f"{given.payload} cannot be read as JSON: {error}."
        raise InvalidInput(message, field="payload") from error
    return hear(integration, payload, now)


def _told(one: Tried) -> str:
    passed = [(rule.position, rule.name, why) for rule, why in one.decision.passed]
    head = f"{one.alert.name or 'An alert'} ({one.alert.severity}): {one.sentence}"
    return "\n".join([head, *(f"  {at}. {name}: {why}" for at, name, why in passed)])


def _what(rule: RoutingRule) -> str:
    target = rule.channel or rule.incident_id or rule.reason or rule.severity
    said = f"{rule.routing} {target}" if target else str(rule.routing)
    return said if rule.enabled else f"{said} (switched off)"


def _when(rule: RoutingRule, names: Mapping[ServiceId, str]) -> str:
    parts = [
        ", ".join(rule.sources),
        ", ".join(names.get(id, id) for id in rule.service_ids),
        ", ".join(rule.severities),
        ", ".join(rule.matchers),
        hours_in_words(rule.hours) if rule.hours else "",
    ]
    return "; ".join(part for part in parts if part) or "all"
