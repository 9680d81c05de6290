"""What an outgoing webhook wants, and when it is not tried any more."""

from dataclasses import replace
from typing import Any

import pytest

from core.bus import CommandBus
from core.commands import (
    AddService,
    DeleteWebhookEndpoint,
    EditWebhookEndpoint,
    PingWebhook,
    ReplayFailedWebhooks,
    ReplayWebhook,
    RotateWebhookSecret,
)
from core.domain.actor import Caller, Permission
from core.domain.events import WebhookSwitchedOff
from core.domain.ids import ServiceId
from core.domain.severity import Severity
from core.domain.webhook_delivery import DeliveryState
from core.domain.webhook_endpoint import BOTH_SECRETS, Told, WebhookEndpoint
from core.errors import InvalidInput, NotFound, NotPermitted
from core.usecases.webhooks import MOST_FAILED
from tests.fakes.moment import NOON, FakeClock
from tests.fakes.store import FakeStore
from tests.unit.core.webhooks import URL, an_endpoint, attempted, deliveries, sent, told


async def test_a_family_of_events_is_wanted_by_its_name(bus: CommandBus, alice: Caller) -> None:
    endpoint = await an_endpoint(bus, alice, events=("incident.*", "service.created"))

    assert endpoint.wants(Told(type="incident.resolved"))
    assert endpoint.wants(Told(type="service.created"))
    assert not endpoint.wants(Told(type="service.dependencies_changed"))
    assert not endpoint.wants(Told(type="maintenance.started"))


async def test_services_and_severities_narrow_what_has_some(bus: CommandBus, alice: Caller) -> None:
    checkout = await bus.execute(AddService(caller=alice, name="checkout"))
    endpoint = await an_endpoint(bus, alice, service_ids=(checkout.id,), severities=("high",))
    wanted = Told(type="incident.resolved", service_ids=(checkout.id,), severity=Severity.HIGH)

    assert endpoint.wants(wanted)
    assert not endpoint.wants(replace(wanted, severity=Severity.LOW))
    elsewhere = (ServiceId("svc_other"),)
    assert not endpoint.wants(
        Told(type="incident.resolved", service_ids=elsewhere, severity=Severity.HIGH)
    )
    assert endpoint.wants(Told(type="integration.quiet"))


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"severities": ("dreadful",)}, "severities"),
        ({"service_ids": ("svc_nowhere",)}, "service_ids"),
        ({"events": ("incident.exploded",)}, "events"),
    ],
)
async def test_a_filter_that_cannot_be_names_its_field(
    bus: CommandBus, alice: Caller, wish: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        await an_endpoint(bus, alice, **wish)

    assert refused.value.field == field


async def test_nobody_has_more_told_than_they_may_see(bus: CommandBus, alice: Caller) -> None:
    plumber = replace(
        alice,
        permissions=frozenset({Permission.WRITE_INTEGRATIONS, Permission.READ_INTEGRATIONS}),
    )

    endpoint = await an_endpoint(bus, plumber)

    assert endpoint.wants(Told(type="integration.quiet"))
    assert not endpoint.wants(Told(type="incident.declared"))
    with pytest.raises(NotPermitted, match="see incidents"):
        await an_endpoint(bus, plumber, events=("incident.*",))


async def test_an_endpoint_of_before_is_told_of_maintenance_alone() -> None:
    endpoint = WebhookEndpoint(id="whe_1", created_at=NOON, updated_at=NOON, url=URL)

    assert endpoint.wants(Told(type="maintenance.started"))
    assert not endpoint.wants(Told(type="incident.declared"))


async def test_an_endpoint_at_which_nothing_arrives_for_a_day_is_switched_off_with_a_notice(
    bus: CommandBus, store: FakeStore, alice: Caller, clock: FakeClock
) -> None:
    endpoint = await an_endpoint(bus, alice)
    for number in range(MOST_FAILED):
        await told(bus, alice, number)
    pending = deliveries(store, alice.organization_id)
    clock.advance(hours=25)

    for delivery in pending[:-1]:
        await attempted(bus, alice, delivery.id, status=503, reason="It answered 503.", final=True)
    before = await store.reads.record(alice.organization_id, WebhookEndpoint, endpoint.id)
    await attempted(bus, alice, pending[-1].id, status=503, reason="It answered 503.", final=True)

    after = await store.reads.record(alice.organization_id, WebhookEndpoint, endpoint.id)
    assert (before.enabled, after.enabled) == (True, False)
    assert after.trouble == (
        "5 deliveries in a row were given up; the last reason: It answered 503."
    )
    assert isinstance(store.events(alice.organization_id)[-1], WebhookSwitchedOff)


async def test_one_that_arrived_in_between_keeps_an_endpoint_switched_on(
    bus: CommandBus, store: FakeStore, alice: Caller, clock: FakeClock
) -> None:
    endpoint = await an_endpoint(bus, alice)
    for number in range(MOST_FAILED + 1):
        await told(bus, alice, number)
        clock.advance(minutes=1)
    pending = deliveries(store, alice.organization_id)
    clock.advance(hours=25)
    await attempted(bus, alice, pending[2].id, status=200, final=True)

    for delivery in (*pending[:2], *pending[3:]):
        await attempted(bus, alice, delivery.id, status=503, reason="It answered 503.", final=True)

    after = await store.reads.record(alice.organization_id, WebhookEndpoint, endpoint.id)
    assert after.enabled


async def test_all_that_was_given_up_is_sent_once_more(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    endpoint = await an_endpoint(bus, alice)
    for number in range(3):
        await told(bus, alice, number)
    first, second, third = deliveries(store, alice.organization_id)
    for delivery in (first, third):
        await attempted(bus, alice, delivery.id, status=404, reason="It answered 404.", final=True)
    await attempted(bus, alice, second.id, status=200, final=True)
    before = len(sent(store))

    count = await bus.execute(ReplayFailedWebhooks(caller=alice, endpoint_id=endpoint.id))

    assert count == 2
    assert [id for _, id in sent(store)[before:]] == [first.id, third.id]


async def test_an_endpoint_that_is_gone_is_switched_off_and_says_why(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    endpoint = await an_endpoint(bus, alice)
    await told(bus, alice)
    [delivery] = deliveries(store, alice.organization_id)

    await attempted(bus, alice, delivery.id, status=410, reason="410.", final=True, gone=True)

    after = await store.reads.record(alice.organization_id, WebhookEndpoint, endpoint.id)
    assert (after.enabled, after.trouble) == (False, "It answered 410: it wants nothing any more.")
    switched_off = store.events(alice.organization_id)[-1]
    assert isinstance(switched_off, WebhookSwitchedOff)
    assert (switched_off.by.name, switched_off.reason) == ("Tocsin", after.trouble)


async def test_switching_it_on_again_ends_the_trouble(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    endpoint = await an_endpoint(bus, alice)
    await told(bus, alice)
    [delivery] = deliveries(store, alice.organization_id)
    await attempted(bus, alice, delivery.id, status=410, reason="410.", final=True, gone=True)

    after = await bus.execute(
        EditWebhookEndpoint(caller=alice, endpoint_id=endpoint.id, enabled=True)
    )

    assert (after.enabled, after.trouble) == (True, "")


async def test_what_was_given_up_can_be_sent_once_more(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    endpoint = await an_endpoint(bus, alice)
    await told(bus, alice)
    [delivery] = deliveries(store, alice.organization_id)
    await attempted(bus, alice, delivery.id, status=404, reason="404.", final=True)

    again = await bus.execute(ReplayWebhook(caller=alice, delivery_id=delivery.id))
    twice = await bus.execute(ReplayWebhook(caller=alice, delivery_id=delivery.id))

    assert (again.state, again.attempts, again.reason) == (DeliveryState.WAITING, 0, "")
    assert twice == again
    assert sent(store) == [(endpoint.id, delivery.id)] * 2


async def test_a_new_secret_signs_beside_the_old_one_for_a_day(
    bus: CommandBus, alice: Caller
) -> None:
    endpoint = await an_endpoint(bus, alice)

    rotated = await bus.execute(
        RotateWebhookSecret(caller=alice, endpoint_id=endpoint.id, secret="newer")
    )

    assert rotated.secrets(NOON) == ("newer", "sealed")
    assert rotated.secrets(NOON + BOTH_SECRETS) == ("newer",)


async def test_a_deleted_endpoint_is_sent_nothing(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    endpoint = await an_endpoint(bus, alice)
    await bus.execute(DeleteWebhookEndpoint(caller=alice, endpoint_id=endpoint.id))

    count = await told(bus, alice)

    assert count == 0
    with pytest.raises(NotFound):
        await bus.execute(PingWebhook(caller=alice, endpoint_id=endpoint.id))
