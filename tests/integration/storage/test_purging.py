"""What need not be remembered is forgotten, and nothing else."""

from datetime import timedelta

from core.commands import AddUser, CreateIntegration, RequestPasswordReset, SignIn
from core.domain.account import Role
from core.domain.ids import EndpointId, EntryId
from core.domain.webhook_delivery import DeliveryState, WebhookDelivery
from core.ports import KEPT_DELIVERIES, DeliveryQuery, RawDelivery, UnitOfWork
from tests.fakes.people import the_operator
from tests.integration.storage.house import OF_A_DECLARATION, now, opened


async def test_what_was_delivered_long_ago_is_forgotten(database_url: str) -> None:
    async with opened(database_url) as house:
        await house.declare(key="k1")
        for _ in range(2):
            for parcel in await house.storage.outbox.claim(16, now()):
                await house.storage.outbox.settle(parcel)

        await house.storage.purge(now() + timedelta(days=8))
        again = await house.declare(key="k1")

        assert again.number == 2
        assert await house.storage.outbox.waiting() == OF_A_DECLARATION


async def test_what_is_recent_or_undelivered_stays(database_url: str) -> None:
    async with opened(database_url) as house:
        await house.declare(key="k1")
        integration = await house.bus.execute(
            CreateIntegration(
                caller=house.caller, source="alertmanager", name="Prometheus", token_hash="h"
            )
        )
        delivery = RawDelivery(
            organization_id=house.organization_id,
            integration_id=integration.id,
            body=b"\x00\xff",
            received_at=now() - timedelta(days=30),
        )
        await house.storage.inbox.store(delivery)

        await house.storage.purge(now() + timedelta(days=6))
        again = await house.declare(key="k1")

        assert again.number == 1
        assert await house.storage.outbox.waiting() == OF_A_DECLARATION
        assert [one.raw for one in await house.storage.inbox.pending(9)] == [delivery]


async def test_a_session_is_forgotten_a_week_after_its_end_and_not_before(
    database_url: str,
) -> None:
    async with opened(database_url) as house:
        operator = the_operator(house.organization_id)
        user = await house.bus.execute(
            AddUser(
                caller=operator,
                email="bob@example.com",
                name="Bob Baker",
                role=Role.ENGINEER,
                password_hash="argon2",
            )
        )
        session = await house.bus.execute(
            SignIn(caller=operator, user_id=user.id, fits=True, compared="argon2")
        )
        reset = await house.bus.execute(
            RequestPasswordReset(caller=operator, user_id=user.id, hash="h")
        )
        assert session
        assert reset
        directory = house.storage.directory

        await house.storage.purge(now() + timedelta(days=13))
        assert await directory.session(session.id)
        assert await directory.password_reset(reset.hash) is None

        await house.storage.purge(now() + timedelta(days=15))
        assert await directory.session(session.id) is None


async def test_what_a_webhook_was_sent_long_ago_is_forgotten_and_what_it_was_not_stays(
    database_url: str,
) -> None:
    async with opened(database_url) as house:
        deliveries = [
            WebhookDelivery(
                id=f"whd_{state}",
                endpoint_id=EndpointId("whk_1"),
                entry_id=EntryId(f"ent_{state}"),
                event_type="maintenance.started",
                created_at=now(),
                state=state,
                settled_at=None if state is DeliveryState.WAITING else now(),
            )
            for state in DeliveryState
        ]

        async def work(uow: UnitOfWork) -> None:
            await uow.webhook_deliveries.queue(deliveries)

        await house.storage.transactions.run(house.organization_id, work)
        query = DeliveryQuery(endpoint_id=EndpointId("whk_1"))

        await house.storage.purge(now() + timedelta(days=6))
        recent = await house.storage.reads.webhook_deliveries(house.organization_id, query)
        await house.storage.purge(now() + timedelta(days=8))
        left = await house.storage.reads.webhook_deliveries(house.organization_id, query)

    assert len(recent.deliveries) == 3
    assert {one.state for one in left.deliveries} == {DeliveryState.WAITING, DeliveryState.FAILED}


async def test_the_last_deliveries_of_each_source_stay_for_whoever_looks(
    database_url: str,
) -> None:
    async with opened(database_url) as house:
        sources = [
            await house.bus.execute(
                CreateIntegration(
                    caller=house.caller, source="alertmanager", name=name, token_hash=name
                )
            )
            for name in ("busy", "calm")
        ]
        counts = (KEPT_DELIVERIES + 3, 2)
        for source, count in zip(sources, counts, strict=True):
            for _ in range(count):
                await house.storage.inbox.store(
                    RawDelivery(
                        organization_id=house.organization_id,
                        integration_id=source.id,
                        body=b"{}",
                        received_at=now(),
                    )
                )
        pending = await house.storage.inbox.pending(100)

        async def work(uow: UnitOfWork) -> None:
            for one in pending:
                await uow.deliveries.refuse(one.id, "No.", now())

        await house.storage.transactions.run(house.organization_id, work)

        left = []
        for days in (6, 8):
            await house.storage.purge(now() + timedelta(days=days))
            left.append(
                [
                    len(
                        await house.storage.reads.recent_deliveries(
                            house.organization_id, source.id, 100
                        )
                    )
                    for source in sources
                ]
            )

        assert left == [list(counts), [KEPT_DELIVERIES, 2]]
