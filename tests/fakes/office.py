"""What an administrator works with, over the store in dicts."""

from bot.office import Office, operator
from core.bus import CommandBus
from core.domain.ids import OrganizationId
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore


def office_over(store: FakeStore, organization_id: OrganizationId, clock: FakeClock) -> Office:
    return Office(
        organization_id=organization_id,
        caller=operator(organization_id),
        clock=clock,
        bus=CommandBus(store.transactions, clock),
        reads=store.reads,
        directory=store.directory,
        outbox=store.outbox,
    )
