"""What is broken now is found among what goes on now, however much was broken before."""

import asyncpg

from core.commands import AddService, DeclareIncident, ResolveIncident
from core.domain.ids import ServiceId
from core.ports import BrokenService, UnitOfWork
from storage.incidents import _BROKEN
from tests.integration.storage.house import opened

OLD = 5_000
FILL = """
INSERT INTO incidents SELECT (jsonb_populate_record(one, jsonb_build_object(
    'id', 'old_' || n, 'number', 1000 + n, 'state', 'closed'))).*
FROM incidents one, generate_series(1, $1::int) n WHERE one.number = 1
"""
FILL_SERVICES = """
INSERT INTO incident_services SELECT 'old_' || n, one.service_id, one.organization_id, 0
FROM incident_services one, incidents it, generate_series(1, $1::int) n
WHERE it.id = one.incident_id AND it.number = 1
"""


async def a_history(url: str) -> None:
    """Thousands of incidents like the first, all of them over."""
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        await connection.execute(FILL, OLD)
        await connection.execute(FILL_SERVICES, OLD)
        await connection.execute("ANALYZE")
    finally:
        await connection.close()


async def the_plan(url: str, *values: object) -> str:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        asked = f"EXPLAIN (ANALYZE) {_BROKEN.on('postgresql').sql}"
        return "\n".join(row[0] for row in await connection.fetch(asked, *values))
    finally:
        await connection.close()


async def test_what_was_broken_before_is_not_read(postgres_url: str) -> None:
    async with opened(postgres_url) as house:
        service = await house.bus.execute(AddService(caller=house.caller, name="checkout"))
        wish = DeclareIncident(
            caller=house.caller, title="Slow", severity="high", service_ids=(service.id,)
        )
        over = await house.bus.execute(wish)
        await house.bus.execute(ResolveIncident(caller=house.caller, incident_id=over.id))
        broken = await house.bus.execute(wish)
        await a_history(postgres_url)

        async def work(uow: UnitOfWork) -> list[BrokenService]:
            return await uow.incidents.broken({ServiceId(service.id)})

        found = await house.storage.transactions.run(house.organization_id, work)

        plan = await the_plan(postgres_url, house.organization_id, [service.id])
        assert [one.incident_id for one in found] == [broken.id]
        assert "Index Scan using ix_incidents_by_state on incidents" in plan
        assert "ix_incident_services_by_service" not in plan
        assert "Seq Scan" not in plan
