"""Outgoing webhooks through the bus: what is kept, who is sent what, and how that went."""

from datetime import timedelta

import pytest

from core.bus import CommandBus
from core.commands import (
    EditWebhookEndpoint,
    PingWebhook,
)
from core.domain.account import Role
from core.domain.actor import Caller
from core.domain.event_names import EVENTS, MAINTENANCE_EVENTS
from core.domain.events import RecordCreated
from core.domain.webhook_delivery import DeliveryState
from core.domain.webhook_endpoint import MOST_ENDPOINTS, Told
from core.errors import IllegalTransition, InvalidInput, NotPermitted
from tests.fakes.moment import NOON, FakeClock
from tests.fakes.people import a_caller
from tests.fakes.store import FakeStore
from tests.unit.core.webhooks import URL, an_endpoint, attempted, deliveries, sent, told


async def test_an_endpoint_is_kept_under_its_host_where_it_has_no_name(
    bus: CommandBus, alice: Caller
) -> None:
    endpoint = await an_endpoint(bus, alice, url=f" {URL} ")

    assert (endpoint.url, endpoint.label) == (URL, "status.example.com")
    assert endpoint.enabled
    assert all(endpoint.wants(Told(type=name)) for name in EVENTS)


async def test_what_is_told_of_an_endpoint_has_neither_its_path_nor_its_secret(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    endpoint = await an_endpoint(bus, alice)

    created = store.events(alice.organization_id)[-1]
    assert isinstance(created, RecordCreated)
    assert "4711" not in repr(created)
    assert "sealed" not in repr(created) + repr(endpoint)


async def test_the_events_that_are_wanted_are_kept_once_and_in_the_order_of_a_life(
    bus: CommandBus, alice: Caller
) -> None:
    wanted = ("maintenance.completed", "maintenance.started", "maintenance.completed")

    endpoint = await an_endpoint(bus, alice, events=wanted)

    assert endpoint.events == ("maintenance.started", "maintenance.completed")
    assert not endpoint.wants(Told(type="maintenance.canceled"))


def test_everything_that_happens_to_maintenance_can_be_wanted() -> None:
    names = set(MAINTENANCE_EVENTS.values())

    assert names - set(EVENTS) == {"maintenance.not_shown"}


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("", "empty"),
        ("https://example.com/" + "x" * 2_000, "too long"),
        ("ftp://example.com/x", "has to begin with https:// or http://"),
        ("example.com/hook", "has to begin with"),
        ("https://", "has no host"),
        ("https:///hook", "has no host"),
        ("https://exa mple.com/", "blanks"),
        ("https://example.com/\nX: y", "blanks"),
        ("https://bücher.example/", "encoded"),
        ("https://user:pass@example.com/", "a user or a password"),
        ("https://example.com/#part", "fragment"),
        ("https://example.com:99999/", "is not a URL"),
        ("https://[::1/", "is not a URL"),
        ("http://127.1/hook", "“127.1” is neither a name nor an address"),
        ("http://0/", "“0” is neither"),
        ("http://2130706433/", "such as 192.0.2.10"),
        ("http://0x7f.0.0.1:8080/", "“0x7f.0.0.1” is neither"),
        ("http://0x7f000001/", "is neither"),
        ("http://127.0.0.010/", "is neither"),
        ("http://127.0.0.1./", "is neither"),
        ("http://256.1.1.1/", "is neither"),
        ("http://%31%32%37.0.0.1/", "is neither"),
        ("https://example..com/", "is neither"),
        ("https://[::1%25lo]:80000/", "is not a URL"),
    ],
)
async def test_a_url_that_cannot_be_called_is_refused_at_its_field(
    bus: CommandBus, alice: Caller, url: str, complaint: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await an_endpoint(bus, alice, url=url)

    assert refusal.value.field == "url"
    assert complaint in str(refusal.value)
    assert "pass" not in str(refusal.value).replace("password", "")


@pytest.mark.parametrize("host", ["192.0.2.10", "[2001:db8::1]:8080", "hooks.example.com.", "a.1x"])
async def test_an_address_and_a_name_that_ends_in_letters_can_be_called(
    bus: CommandBus, alice: Caller, host: str
) -> None:
    endpoint = await an_endpoint(bus, alice, url=f"https://{host}/hook")

    assert endpoint.url == f"https://{host}/hook"


async def test_everything_that_is_wrong_is_told_at_once(bus: CommandBus, alice: Caller) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await an_endpoint(bus, alice, url="x", name="n" * 300, events=("maintenance.begun",))

    assert [field for field, _ in refusal.value.flaws] == ["url", "name", "events"]
    assert "'maintenance.begun'" in refusal.value.flaws[2][1]


async def test_an_organisation_has_not_any_number_of_endpoints(
    bus: CommandBus, alice: Caller
) -> None:
    for _ in range(MOST_ENDPOINTS):
        await an_endpoint(bus, alice)

    with pytest.raises(InvalidInput, match="delete one"):
        await an_endpoint(bus, alice)


async def test_an_engineer_may_not_add_one(bus: CommandBus, bob: Caller) -> None:
    with pytest.raises(NotPermitted, match="change integrations"):
        await an_endpoint(bus, bob)


async def test_every_endpoint_that_wants_an_event_is_sent_it_once(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    everything = await an_endpoint(bus, alice)
    starts = await an_endpoint(bus, alice, events=("maintenance.started",))
    await an_endpoint(bus, alice, events=("maintenance.completed",))
    off = await an_endpoint(bus, alice)
    await bus.execute(EditWebhookEndpoint(caller=alice, endpoint_id=off.id, enabled=False))

    counts = [await told(bus, alice), await told(bus, alice)]

    assert counts == [2, 0]
    assert {endpoint for endpoint, _ in sent(store)} == {everything.id, starts.id}


async def test_the_endpoints_of_others_are_sent_nothing(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    theirs = await store.directory.ensure_organization("neighbour", "Neighbour")
    await an_endpoint(bus, a_caller(theirs.id, Role.ADMIN))

    count = await told(bus, alice)

    assert (count, sent(store)) == (0, [])


async def test_a_test_is_sent_whatever_is_wanted(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    endpoint = await an_endpoint(bus, alice, events=("maintenance.completed",))

    delivery = await bus.execute(PingWebhook(caller=alice, endpoint_id=endpoint.id))

    assert delivery.event_type == "webhook.test"
    assert sent(store) == [(endpoint.id, delivery.id)]


async def test_what_is_switched_off_is_not_tested(bus: CommandBus, alice: Caller) -> None:
    endpoint = await an_endpoint(bus, alice)
    await bus.execute(EditWebhookEndpoint(caller=alice, endpoint_id=endpoint.id, enabled=False))

    with pytest.raises(IllegalTransition, match="switch it on first"):
        await bus.execute(PingWebhook(caller=alice, endpoint_id=endpoint.id))


async def test_the_book_says_how_a_delivery_went(
    bus: CommandBus, store: FakeStore, alice: Caller, clock: FakeClock
) -> None:
    await an_endpoint(bus, alice)
    await told(bus, alice)
    [delivery] = deliveries(store, alice.organization_id)

    failed = await attempted(bus, alice, delivery.id, status=503, reason="It answered 503.")
    clock.advance(minutes=1)
    arrived = await attempted(bus, alice, delivery.id, status=200, final=True)

    assert (failed.state, failed.attempts, failed.status) == (DeliveryState.WAITING, 1, 503)
    assert failed.settled_at is None
    assert (arrived.state, arrived.attempts, arrived.reason) == (DeliveryState.DELIVERED, 2, "")
    assert arrived.settled_at == NOON + timedelta(minutes=1)


async def test_what_arrived_stays_arrived(bus: CommandBus, store: FakeStore, alice: Caller) -> None:
    await an_endpoint(bus, alice)
    await told(bus, alice)
    [delivery] = deliveries(store, alice.organization_id)
    arrived = await attempted(bus, alice, delivery.id, status=200, final=True)

    after = await attempted(bus, alice, delivery.id, reason="Given up.", final=True, made=False)

    assert after == arrived
