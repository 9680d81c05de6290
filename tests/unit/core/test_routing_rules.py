"""Routing rules and dependencies through the bus: what is kept, and what is refused."""

from typing import Any

import pytest

from core.bus import CommandBus
from core.commands import AddService, CreateIntegration, DeclareIncident
from core.commands import alerting as a
from core.domain.account import Role
from core.domain.actor import Caller
from core.domain.events import DependenciesChanged, RecordChanged, RecordCreated, RecordDeleted
from core.domain.ids import OrganizationId, ServiceId
from core.domain.routing_rule import Hours, Routing, RoutingRule
from core.domain.service import Service
from core.domain.severity import Severity
from core.domain.state import State
from core.errors import InvalidInput, NotFound, NotPermitted
from core.usecases.routing_rules import MOST_RULES
from tests.fakes.people import a_caller
from tests.fakes.store import FakeStore

DROP = {"routing": "drop", "reason": "They are tests."}


async def a_rule(bus: CommandBus, caller: Caller, **wish: Any) -> RoutingRule:
    body = {"name": "Tests", **DROP, **wish}
    return await bus.execute(a.AddRoutingRule(caller=caller, body=body))


async def edited(bus: CommandBus, caller: Caller, rule: RoutingRule, **wish: Any) -> RoutingRule:
    return await bus.execute(a.EditRoutingRule(caller=caller, rule_id=rule.id, body=wish))


def in_order(store: FakeStore, organization_id: OrganizationId) -> list[tuple[int, str]]:
    kept = store.rows.of(organization_id).records.values()
    rules = [one for one in kept if isinstance(one, RoutingRule) and not one.deleted_at]
    return sorted((one.position, one.name) for one in rules)


async def a_service(bus: CommandBus, caller: Caller, name: str) -> Service:
    return await bus.execute(AddService(caller=caller, name=name))


async def depends(
    bus: CommandBus, caller: Caller, service: Service, *others: Service | str
) -> Service:
    ids = [ServiceId(one) if isinstance(one, str) else one.id for one in others]
    wish = a.SetDependencies(caller=caller, service_id=service.id, depends_on=tuple(ids))
    return await bus.execute(wish)


async def test_a_rule_keeps_what_was_said_of_it_in_our_words(
    bus: CommandBus, alice: Caller
) -> None:
    checkout = await a_service(bus, alice, "Checkout")

    rule = await a_rule(
        bus,
        alice,
        name="  Nights ",
        routing="declare",
        reason="",
        sources=["New Relic", "grafana", "grafana"],
        service_ids=[checkout.id],
        severities=["low", "SEV1"],
        matchers=['{team=payments, env!="dev"}'],
        hours={"time_zone": "europe/berlin", "days": ["sat", 7], "start": "22:00", "end": "6:30"},
        severity="minor",
        group_by=["cluster"],
        group_window=600,
        hold=0,
    )

    assert rule.name == "Nights"
    assert rule.sources == ("newrelic", "grafana")
    assert rule.service_ids == (checkout.id,)
    assert rule.severities == (Severity.CRITICAL, Severity.LOW)
    assert rule.matchers == ('team="payments"', 'env!="dev"')
    assert rule.hours == Hours(time_zone="Europe/Berlin", days=(6, 7), start=1_320, end=390)
    assert (rule.severity, rule.group_by) == (Severity.LOW, ("cluster",))
    assert (rule.group_window, rule.hold) == (600, 0)


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"routing": "delete"}, "routing"),
        ({"reason": ""}, "reason"),
        ({"reason": "x" * 501}, "reason"),
        ({"routing": "notify"}, "channel"),
        ({"routing": "notify", "channel": "two words"}, "channel"),
        ({"routing": "attach"}, "incident_id"),
        ({"routing": "attach", "incident_id": "inc_none"}, "incident_id"),
        ({"hold": 5}, "hold"),
        ({"routing": "declare", "hold": -1}, "hold"),
        ({"routing": "declare", "hold": 86_401}, "hold"),
        ({"routing": "declare", "hold": True}, "hold"),
        ({"routing": "declare", "group_window": 604_801}, "group_window"),
        ({"routing": "declare", "group_by": [f"l{n}" for n in range(11)]}, "group_by"),
        ({"routing": "declare", "severity": "awful"}, "severity"),
        ({"severities": ["awful"]}, "severities"),
        ({"severities": "critical"}, "severities"),
        ({"sources": ["abacus"]}, "sources"),
        ({"sources": ["int_none"]}, "sources"),
        ({"service_ids": ["svc_none"]}, "service_ids"),
        ({"matchers": ["team"]}, "matchers"),
        ({"matchers": ['team=~"("']}, "matchers"),
        ({"hours": "always"}, "hours"),
        ({"hours": {"from": "09:00"}}, "hours"),
        ({"hours": {"time_zone": "Berlin"}}, "hours.time_zone"),
        ({"hours": {"start": "25:00"}}, "hours.start"),
        ({"hours": {"start": 9}}, "hours.start"),
        ({"hours": {"start": "09:00", "end": "09:00"}}, "hours.end"),
        ({"hours": {"days": [8]}}, "hours.days"),
        ({"hours": {"days": ["mo"]}}, "hours.days"),
        ({"position": 0}, "position"),
        ({"enabled": "no"}, "enabled"),
        ({"colour": "red"}, "colour"),
    ],
)
async def test_what_a_rule_cannot_have_names_the_field_and_keeps_nothing(
    bus: CommandBus,
    alice: Caller,
    store: FakeStore,
    organization_id: OrganizationId,
    wish: dict[str, Any],
    field: str,
) -> None:
    with pytest.raises(InvalidInput) as refused:
        await a_rule(bus, alice, **wish)

    assert refused.value.field == field
    assert in_order(store, organization_id) == []


async def test_everything_that_is_wrong_is_told_at_once(bus: CommandBus, alice: Caller) -> None:
    with pytest.raises(InvalidInput) as refused:
        await bus.execute(a.AddRoutingRule(caller=alice, body={"hold": -1, "sources": ["abacus"]}))

    fields = {field for field, _ in refused.value.flaws}
    assert fields == {"hold", "sources", "name", "routing"}


async def test_a_rule_may_ask_for_what_a_label_is_not(bus: CommandBus, alice: Caller) -> None:
    rule = await a_rule(bus, alice, matchers=["env!=prod"])

    assert rule.matchers == ('env!="prod"',)


async def test_a_rule_names_an_alert_source_of_its_organisation(
    bus: CommandBus, alice: Caller
) -> None:
    wish = CreateIntegration(caller=alice, source="grafana", name="Grafana", token_hash="h")
    source = await bus.execute(wish)

    rule = await a_rule(bus, alice, sources=[source.id, "heartbeat"])

    assert rule.sources == (source.id, "heartbeat")


async def test_alerts_are_attached_to_what_goes_on_only(bus: CommandBus, alice: Caller) -> None:
    live = await bus.execute(DeclareIncident(caller=alice, title="Slow", severity=Severity.HIGH))
    draft = await bus.execute(
        DeclareIncident(caller=alice, title="Slow", severity=Severity.HIGH, state=State.DRAFT)
    )

    rule = await a_rule(bus, alice, routing="attach", incident_id=live.id)
    with pytest.raises(InvalidInput, match="is not going on") as refused:
        await a_rule(bus, alice, routing="attach", incident_id=draft.id)

    assert rule.incident_id == live.id
    assert refused.value.field == "incident_id"


async def test_rules_are_asked_in_the_order_of_their_positions(
    bus: CommandBus, alice: Caller, store: FakeStore, organization_id: OrganizationId
) -> None:
    for name in ("a", "b", "c"):
        await a_rule(bus, alice, name=name)

    await a_rule(bus, alice, name="first", position=1)
    await a_rule(bus, alice, name="last", position=99)

    assert in_order(store, organization_id) == [
        (1, "first"), (2, "a"), (3, "b"), (4, "c"), (5, "last"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("position", "order"), [(1, "cabd"), (3, "abcd"), (4, "abdc"), (50, "abdc")]
)
async def test_a_rule_that_is_moved_lets_the_others_close_up(
    bus: CommandBus,
    alice: Caller,
    store: FakeStore,
    organization_id: OrganizationId,
    position: int,
    order: str,
) -> None:
    rules = {name: await a_rule(bus, alice, name=name) for name in "abcd"}

    await edited(bus, alice, rules["c"], position=position)

    assert in_order(store, organization_id) == list(enumerate(order, 1))


async def test_what_follows_a_deleted_rule_moves_up(
    bus: CommandBus, alice: Caller, store: FakeStore, organization_id: OrganizationId
) -> None:
    rules = {name: await a_rule(bus, alice, name=name) for name in "abc"}

    await bus.execute(a.DeleteRoutingRule(caller=alice, rule_id=rules["a"].id))

    assert in_order(store, organization_id) == [(1, "b"), (2, "c")]
    with pytest.raises(NotFound):
        await edited(bus, alice, rules["a"], name="again")


async def test_what_belongs_to_the_former_routing_goes_with_it(
    bus: CommandBus, alice: Caller
) -> None:
    rule = await a_rule(bus, alice, routing="notify", channel="#Ops-Quiet")

    after = await edited(bus, alice, rule, routing="declare", hold=30)

    assert (rule.channel, after.channel) == ("ops-quiet", "")
    assert (after.routing, after.hold) == (Routing.DECLARE, 30)


async def test_what_is_taken_away_needs_to_be_said(bus: CommandBus, alice: Caller) -> None:
    rule = await a_rule(bus, alice, hours={"start": "09:00"}, matchers=["a=b"])

    after = await edited(bus, alice, rule, hours=None, matchers=[])

    assert (after.hours, after.matchers, after.reason) == (None, (), rule.reason)


async def test_a_change_is_told_by_the_names_of_its_fields(
    bus: CommandBus, alice: Caller, store: FakeStore
) -> None:
    rule = await a_rule(bus, alice)

    await edited(bus, alice, rule, enabled=False)
    await edited(bus, alice, rule, enabled=False)
    await bus.execute(a.DeleteRoutingRule(caller=alice, rule_id=rule.id))

    created, changed, deleted = store.events(alice.organization_id)[-3:]
    assert isinstance(created, RecordCreated)
    assert isinstance(changed, RecordChanged)
    assert isinstance(deleted, RecordDeleted)
    assert (created.noun, created.name) == ("routing rule", "Tests")
    assert changed.fields == ("enabled",)


async def test_there_is_a_most_of_rules(bus: CommandBus, alice: Caller) -> None:
    for number in range(MOST_RULES):
        await a_rule(bus, alice, name=str(number))

    with pytest.raises(InvalidInput, match="which is the most"):
        await a_rule(bus, alice)


async def test_engineers_do_not_change_rules(
    bus: CommandBus, organization_id: OrganizationId
) -> None:
    with pytest.raises(NotPermitted):
        await a_rule(bus, a_caller(organization_id, Role.ENGINEER))


async def test_a_service_depends_on_others_and_on_each_once(
    bus: CommandBus, alice: Caller, store: FakeStore
) -> None:
    shop, cards, ledger = [await a_service(bus, alice, name) for name in ("Shop", "Cards", "Book")]

    after = await depends(bus, alice, shop, cards, ledger, cards)

    event = store.events(alice.organization_id)[-1]
    assert after.depends_on == (cards.id, ledger.id)
    assert isinstance(event, DependenciesChanged)
    assert (event.name, event.depends_on) == ("Shop", ("Cards", "Book"))


async def test_the_same_dependencies_again_change_nothing(
    bus: CommandBus, alice: Caller, store: FakeStore
) -> None:
    shop, cards = [await a_service(bus, alice, name) for name in ("Shop", "Cards")]
    once = await depends(bus, alice, shop, cards)
    before = len(store.events(alice.organization_id))

    again = await depends(bus, alice, shop, cards)

    assert (again, len(store.events(alice.organization_id))) == (once, before)


async def test_a_circle_is_refused_with_the_way_around(bus: CommandBus, alice: Caller) -> None:
    shop, cards, ledger = [await a_service(bus, alice, name) for name in ("Shop", "Cards", "Book")]
    await depends(bus, alice, shop, cards)
    await depends(bus, alice, cards, ledger)

    with pytest.raises(InvalidInput, match="Book → Shop → Cards → Book") as refused:
        await depends(bus, alice, ledger, shop)
    with pytest.raises(InvalidInput, match="Shop → Shop"):
        await depends(bus, alice, shop, shop)

    assert refused.value.field == "depends_on"


async def test_a_service_depends_on_what_is_there(bus: CommandBus, alice: Caller) -> None:
    shop = await a_service(bus, alice, "Shop")

    with pytest.raises(InvalidInput, match="There is no service svc_none"):
        await depends(bus, alice, shop, "svc_none")


async def test_dependencies_may_meet_again(bus: CommandBus, alice: Caller) -> None:
    """Two ways to the same service are no circle."""
    shop, cards, stock, book = [
        await a_service(bus, alice, name) for name in ("Shop", "Cards", "Stock", "Book")
    ]
    await depends(bus, alice, cards, book)
    await depends(bus, alice, stock, book)

    after = await depends(bus, alice, shop, cards, stock, book)

    assert after.depends_on == (cards.id, stock.id, book.id)
