"""Routing rules come back whole, and so does what services depend on; over every storage."""

from typing import Any

import pytest

from core.commands import alerting as a
from core.domain.ids import ServiceId
from core.domain.routing_rule import RoutingRule
from core.errors import InvalidInput
from core.ports import RecordQuery
from tests.contract.house import House
from tests.contract.samples import a_service
from tests.fakes.people import the_operator

WISH = {
    "name": "Nights",
    "routing": "declare",
    "sources": ["grafana"],
    "severities": ["high", "low"],
    "matchers": ['team=~"pay.*"'],
    "hours": {"time_zone": "Europe/Berlin", "days": [1, 7], "start": "22:00", "end": "06:00"},
    "severity": "critical",
    "group_by": ["cluster", "team"],
    "group_window": 600,
    "hold": 30,
}


async def a_rule(house: House, **changes: Any) -> RoutingRule:
    caller = the_operator(house.organization_id)
    return await house.bus.execute(a.AddRoutingRule(caller=caller, body={**WISH, **changes}))


async def depends(house: House, service: ServiceId, *others: ServiceId) -> None:
    caller = the_operator(house.organization_id)
    wish = a.SetDependencies(caller=caller, service_id=service, depends_on=others)
    await house.bus.execute(wish)


async def test_a_rule_comes_back_whole(house: House) -> None:
    service = await a_service(house)

    made = await a_rule(house, service_ids=[service.id])

    kept = await house.reads.record(house.organization_id, RoutingRule, made.id)
    assert kept == made
    assert kept.hours is not None
    assert kept.hours.days == (1, 7)


async def test_the_others_close_up_in_one_transaction(house: House) -> None:
    first, second, third = [await a_rule(house, name=name) for name in ("a", "b", "c")]
    caller = the_operator(house.organization_id)

    await house.bus.execute(
        a.EditRoutingRule(caller=caller, rule_id=third.id, body={"position": 1})
    )
    await house.bus.execute(a.DeleteRoutingRule(caller=caller, rule_id=first.id))

    page = await house.reads.records(house.organization_id, RoutingRule, RecordQuery())
    assert {one.id: one.position for one in page.rows} == {third.id: 1, second.id: 2}


async def test_what_a_service_depends_on_is_kept_in_its_order(house: House) -> None:
    shop, cards, book = [await a_service(house, name) for name in ("Shop", "Cards", "Book")]

    await depends(house, shop.id, cards.id, book.id)

    kept = await house.reads.services(house.organization_id)
    inside = await house.run(lambda uow: uow.services.get(shop.id))
    assert {one.name: one.depends_on for one in kept} == {
        "Shop": (cards.id, book.id),
        "Cards": (),
        "Book": (),
    }
    assert inside.depends_on == (cards.id, book.id)


async def test_a_circle_is_found_over_what_is_stored(house: House) -> None:
    shop, cards, book = [await a_service(house, name) for name in ("Shop", "Cards", "Book")]
    await depends(house, shop.id, cards.id)
    await depends(house, cards.id, book.id)

    with pytest.raises(InvalidInput, match="Book → Shop → Cards → Book"):
        await depends(house, book.id, shop.id)
