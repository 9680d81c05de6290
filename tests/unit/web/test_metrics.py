"""What is counted besides requests."""

import pytest

from bot.web.metrics import MeasuredTransactions, Metrics
from core.bus import CommandBus
from core.commands import AddService
from core.domain.actor import Caller
from core.errors import InvalidInput
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore


async def test_effects_and_webhooks_are_counted() -> None:
    metrics = Metrics()
    for outcome in ("delivered", "delivered", "buried"):
        metrics.effect("RefreshCard", outcome)
    metrics.webhook_stored()

    page = (await metrics.page({})).decode()

    assert 'tocsin_effects_total{kind="RefreshCard",outcome="delivered"} 2.0' in page
    assert 'tocsin_effects_total{kind="RefreshCard",outcome="buried"} 1.0' in page
    assert "tocsin_webhooks_stored_total 1.0" in page


async def test_commands_are_timed_whether_they_succeed_or_not(
    store: FakeStore, clock: FakeClock, alice: Caller
) -> None:
    metrics = Metrics()
    bus = CommandBus(MeasuredTransactions(store.transactions, metrics), clock)

    await bus.execute(AddService(caller=alice, name="Checkout"))
    with pytest.raises(InvalidInput):
        await bus.execute(AddService(caller=alice, name="Checkout"))

    assert b"tocsin_transaction_seconds_count 2.0" in await metrics.page({})
