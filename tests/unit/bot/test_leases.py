"""Who delivers slowly keeps what it delivers; who died does not."""

from datetime import timedelta

from bot.leases import RENEWS_EVERY, Leases
from core.domain.ids import IncidentId, OrganizationId
from core.effects import RefreshCard
from core.ports import Parcel
from tests.fakes.moment import NOON, FakeClock
from tests.fakes.outbox import LEASE, FakeOutbox

SECOND = timedelta(seconds=1)


async def claimed(outbox: FakeOutbox) -> Parcel:
    effect = RefreshCard(incident_id=IncidentId("inc_1"))
    outbox.add(OrganizationId("org_1"), effect, NOON)
    [parcel] = await outbox.claim(1, NOON)
    return parcel


async def test_what_is_held_is_renewed_and_nobody_else_takes_it() -> None:
    outbox = FakeOutbox(FakeClock())
    leases = Leases(outbox)
    leases.hold(await claimed(outbox))

    for seconds in range(40):
        await leases.renew(NOON + seconds * SECOND)

    assert await outbox.claim(1, NOON + 40 * SECOND) == []


async def test_what_was_let_go_is_not_renewed() -> None:
    outbox = FakeOutbox(FakeClock())
    leases, parcel = Leases(outbox), await claimed(outbox)
    leases.hold(parcel)
    leases.let_go(parcel)

    await leases.renew(NOON + 10 * SECOND)

    [again] = await outbox.claim(1, NOON + LEASE)
    assert (again.id, again.doubtful) == (parcel.id, True)


def test_a_lease_outlives_a_failed_renewal() -> None:
    assert 2 * RENEWS_EVERY < LEASE
