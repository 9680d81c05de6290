"""What the demo's people have been through, with what fixed it, and what they wrote down of it.

So the next incident looks like something."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.office import Office
from core.commands import LoadFixtures
from core.domain.account import User
from core.domain.actor import Surface
from core.domain.article import Article
from core.domain.ids import IncidentId, ServiceId
from core.domain.incident import Incident
from core.domain.procedure import Procedure, Step
from core.domain.record import Record
from core.domain.severity import Severity
from core.domain.state import Phase, State
from core.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """`days` ago it began, and took so many `minutes`; `lead` is an address."""

    id: str
    title: str
    description: str
    resolution: str
    root_cause: str
    severity: Severity
    services: tuple[str, ...]
    lead: str
    days: int
    minutes: int


PAST = (
    Past(
        id="inc_demo_mails",
        title="Order mails arrive hours late",
        description="The queue of notifications grows; its worker stopped taking messages.",
        resolution="Freed the disk of the mail worker and restarted it; the queue drained by noon.",
        root_cause="Debug logs of the worker filled its disk.",
        severity=Severity.MEDIUM,
        services=("notifications",),
        lead="bob@example.com",
        days=41,
        minutes=195,
    ),
    Past(
        id="inc_demo_bank",
        title="Card payments are declined",
        description="The bank refuses the TLS handshake: certificate has expired. "
        "Customers see “payment not possible”.",
        resolution="Installed the new client certificate for the bank and reloaded payments.",
        root_cause="The client certificate ran out; its reminder went to a mailbox nobody reads.",
        severity=Severity.CRITICAL,
        services=("payments",),
        lead="alice@example.com",
        days=26,
        minutes=64,
    ),
    Past(
        id="inc_demo_pool",
        title="Checkout is slow and requests time out",
        description="Baskets take more than twenty seconds. PoolTimeoutError: no free connection "
        "in the database pool; PostgreSQL is at max_connections.",
        resolution="Restarted PgBouncer and rolled back the release that leaked connections.",
        root_cause="A retry loop opened a connection for each attempt and closed none.",
        severity=Severity.HIGH,
        services=("checkout", "payments"),
        lead="alice@example.com",
        days=12,
        minutes=47,
    ),
    Past(
        id="inc_demo_release",
        title="Checkout answers with errors after a release",
        description="About every fifth request to checkout fails with HTTP 500 since the deploy of "
        "this morning; high error rate on all three machines.",
        resolution="Rolled back checkout to the release of the day before.",
        root_cause="The new release read a column that its migration had not made yet.",
        severity=Severity.CRITICAL,
        services=("checkout",),
        lead="bob@example.com",
        days=5,
        minutes=23,
    ),
)


async def remember(
    office: Office, people: Mapping[str, User], services: Mapping[str, ServiceId]
) -> None:
    """Once; what was deleted since does not come back."""
    try:
        await office.reads.card(office.organization_id, IncidentId(PAST[0].id))
    except NotFound:
        now = office.clock()
        incidents = tuple(_incident(past, people[past.lead], services, now) for past in PAST)
        await office.bus.execute(
            LoadFixtures(caller=office.caller, incidents=incidents, records=_written_down(now))
        )


def _incident(past: Past, lead: User, services: Mapping[str, ServiceId], now: datetime) -> Incident:
    began = now - timedelta(days=past.days)
    over = began + timedelta(minutes=past.minutes)
    return Incident(
        id=IncidentId(past.id),
        number=0,
        title=past.title,
        description=past.description,
        resolution=past.resolution,
        root_cause=past.root_cause,
        severity=past.severity,
        severity_word=past.severity.value,
        source=Surface.SLACK,
        state=State.RESOLVED,
        phase=Phase.RESOLVED,
        created_by=lead.id,
        created_by_name=lead.name,
        created_at=began,
        updated_at=over,
        published_at=began,
        resolved_at=over,
        resolved_by=Surface.SLACK,
        assignee_id=lead.id,
        service_ids=tuple(services[name] for name in past.services),
    )


def _written_down(now: datetime) -> tuple[Record, ...]:
    at = now - timedelta(days=10)
    article = Article(
        id="art_demo_pools",
        created_at=at,
        updated_at=at,
        title="How our connection pools are sized",
        body="Each worker of checkout holds five connections at most, and PgBouncer twenty more. "
        "When all are taken, requests wait three seconds and then fail with PoolTimeoutError.",
    )
    return _roll_back(at), _restart(at), article


def _roll_back(at: datetime) -> Procedure:
    return Procedure(
        id="prc_demo_rollback",
        created_at=at,
        updated_at=at,
        title="Roll back a release of checkout",
        description="When checkout answers with errors or is slow since a deploy.",
        category="releases",
        tags=("checkout", "deploy"),
        steps=(
            Step(title="Find the release before", command="deploy history checkout"),
            Step(title="Go back to it", command="deploy checkout --to PREVIOUS"),
            Step(title="Watch the error rate", instructions="It falls within two minutes or not."),
        ),
    )


def _restart(at: datetime) -> Procedure:
    return Procedure(
        id="prc_demo_pooler",
        created_at=at,
        updated_at=at,
        title="Restart the connection pooler (PgBouncer)",
        description="When requests time out because no connection to the database is free.",
        category="databases",
        tags=("postgresql", "pgbouncer"),
        steps=(
            Step(title="Pause the pool", instructions="Let running queries end.", command="PAUSE;"),
            Step(title="Restart the pooler", command="systemctl restart pgbouncer"),
            Step(title="Watch the connections", instructions="They come back within a minute."),
        ),
    )
