"""The documented incidents and procedure, stored with their own ids."""

from core.domain.actor import Surface
from core.domain.ids import IncidentId
from core.domain.incident import Incident
from core.domain.procedure import Procedure, Step
from core.domain.severity import Severity
from core.domain.state import Phase, State
from core.ports import UnitOfWork
from core.usecases.records import add
from tests.contract.house import ALICE
from tests.integration.api.doorstep import Doorstep

POOL, REPLICA, SPIKE = "inc-uuid-002", "inc-uuid-017", "inc-uuid-001"
RESTART = "proc-uuid-005"
QUESTION = "database connection pool exhaustion causing timeouts"
TEXTS = {
    SPIKE: ("Payment service latency spike", "p99 of the payment service is above 2 s."),
    POOL: (
        "Database connection pool exhaustion",
        "PostgreSQL has reached max_connections, so that new requests wait in vain.",
    ),
    REPLICA: (
        "Aurora read replica connection saturation",
        "The read replica hit its ceiling while many came to buy.",
    ),
}


async def store_the_documented(doorstep: Doorstep) -> None:
    """Two active incidents, a resolved one, and a procedure."""

    async def work(uow: UnitOfWork) -> None:
        for id in TEXTS:
            incident = _incident(doorstep, id, await uow.incidents.next_number())
            event = incident.declared(by=ALICE, at=incident.created_at)
            await uow.incidents.save(incident, because=event)
        await add(_procedure(doorstep), uow, by=ALICE, at=doorstep.clock(), field="title")

    await doorstep.storage.transactions.run(doorstep.organization_id, work)


def _incident(doorstep: Doorstep, id: str, number: int) -> Incident:
    now, over = doorstep.clock(), id == REPLICA
    title, description = TEXTS[id]
    return Incident(
        id=IncidentId(id),
        number=number,
        title=title,
        description=description,
        severity=Severity.HIGH,
        severity_word="high",
        source=Surface.REST,
        state=State.RESOLVED if over else State.OPEN,
        phase=Phase.RESOLVED if over else Phase.INVESTIGATING,
        created_at=now,
        updated_at=now,
        published_at=now,
        resolved_at=now if over else None,
    )


def _procedure(doorstep: Doorstep) -> Procedure:
    return Procedure(
        id=RESTART,
        created_at=doorstep.clock(),
        updated_at=doorstep.clock(),
        title="Restart connection pooler (PgBouncer)",
        description="How to restart PgBouncer while queries run.",
        steps=(Step(title="Pause it", command="PAUSE;"),),
    )
