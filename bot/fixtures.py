"""The documented example objects, so that every documented request runs as it stands."""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from bot.credentials import hash_of, shown_prefix
from core.commands import LoadFixtures
from core.domain.account import ApiKey, Dialect, Role, User
from core.domain.actor import Caller, Surface
from core.domain.ids import ApiKeyId, IncidentId, ServiceId, UserId
from core.domain.incident import Incident
from core.domain.metric import Metric
from core.domain.procedure import Procedure, Step
from core.domain.service import Service
from core.domain.severity import Severity
from core.domain.state import Phase, State
from core.domain.urgency import Urgency

JOHN, JANE = UserId("user_123"), UserId("user-uuid")
PASSWORDS = {JOHN: "your_password", JANE: "your-password"}
GATEWAY = ServiceId("svc_xyz")
CHECKOUT = ServiceId("7b1c5c3e-5d1f-4a7e-9d7a-2f6d3c9b8e10")
METRIC_ID = "0d6f2c7a-3b5e-4f0c-8a43-61b7d2f9c584"
OVERWATCH_KEY = "overwatch_ak_1a2b3c4d5e6f7890"
MORNING = datetime(2026, 2, 23, 8, 0, tzinfo=UTC)

SCOPES: Mapping[str, tuple[Dialect, tuple[str, ...]]] = {
    "overwatch": (Dialect.OVERWATCH, ("incidents:read",)),
    "observer": (
        Dialect.OBSERVER,
        ("incidents:write", "maintenances:write", "metrics:read", "services:read"),
    ),
    "opsknight": (Dialect.OPSKNIGHT, ("incidents:write", "services:read", "events:write")),
    "incident_io": (
        Dialect.INCIDENT_IO,
        (
            "incidents:write",
            "maintenances:write",
            "services:read",
            "users:read",
            "organizations:write",
            "events:write",
        ),
    ),
}
"""Overwatch's key is printed in its document for all to read, so it may only read."""

PREFIXES = {"observer": "obs_pub_", "opsknight": "ok_", "incident_io": "tocsin_"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The secrets of the example keys, by product."""

    of: Mapping[str, str]

    def shown(self) -> dict[str, str]:
        return {f"{product}_key": secret for product, secret in self.of.items()}


def keys_of(secret_key: str) -> Keys:
    """The same ones each time: all but the documented one follow from this installation's key."""
    derived = {
        product: prefix + _derived(secret_key, product) for product, prefix in PREFIXES.items()
    }
    return Keys(of={"overwatch": OVERWATCH_KEY, **derived})


def fixtures(
    caller: Caller, keys: Keys, password_hashes: Mapping[UserId, str], now: datetime
) -> LoadFixtures:
    return LoadFixtures(
        caller=caller,
        users=tuple(
            User(
                id=id,
                email=email,
                name=name,
                role=role,
                created_at=MORNING,
                password_hash=password_hashes[id],
            )
            for id, email, name, role in (
                (JOHN, "your_email@example.com", "John Doe", Role.ADMIN),
                (JANE, "engineer@example.com", "Jane Doe", Role.ENGINEER),
            )
        ),
        services=(
            Service(id=GATEWAY, name="API Gateway", created_at=MORNING),
            Service(id=CHECKOUT, name="Checkout", created_at=MORNING),
        ),
        incidents=(*_overwatch_incidents(), *_over_incidents(), *_opsknight_incidents()),
        records=(_procedure(), _metric()),
        api_keys=tuple(_key(product, secret, now) for product, secret in keys.of.items()),
    )


def _overwatch_incidents() -> tuple[Incident, ...]:
    return (
        _incident(
            "inc-uuid-001",
            "Payment service latency spike",
            "Payments take three times as long as usual at the 99th percentile.",
            at=MORNING + timedelta(minutes=15),
            assignee_id=JANE,
        ),
        _incident(
            "inc-uuid-002",
            "Database connection pool exhaustion",
            "PostgreSQL has reached max_connections, so requests for a new connection time out.",
            at=MORNING - timedelta(minutes=18),
        ),
        _incident(
            "inc_12345",
            "High Latency in API",
            "",
            at=datetime(2025, 11, 21, 14, 0, tzinfo=UTC),
            severity=Severity.MEDIUM,
        ),
    )


def _over_incidents() -> tuple[Incident, ...]:
    return (
        _incident(
            "inc-uuid-017",
            "Aurora read replica connection saturation",
            "Read replica hit 500 connection ceiling during traffic spike.",
            resolution="Put PgBouncer in front of the replica and added a second one.",
            root_cause="Product pages opened a database connection per request, without a pool.",
            at=MORNING - timedelta(days=40),
            state=State.RESOLVED,
            phase=Phase.RESOLVED,
            resolved_at=MORNING - timedelta(days=40) + timedelta(hours=2),
            resolved_by=Surface.REST,
        ),
    )


def _opsknight_incidents() -> tuple[Incident, ...]:
    return (
        _incident(
            "inc_abc123",
            "Database timeout",
            "Queries of the gateway run into their time limit.",
            at=datetime(2024, 1, 15, 10, 30, tzinfo=UTC),
            severity=Severity.CRITICAL,
            urgency=Urgency.HIGH,
            service_ids=(GATEWAY,),
        ),
    )


def _incident(id: str, title: str, description: str, *, at: datetime, **others: Any) -> Incident:
    """Of high severity and open, unless it says otherwise; storing it gives it its number."""
    severity = others.pop("severity", Severity.HIGH)
    return Incident(
        id=IncidentId(id),
        number=0,
        title=title,
        description=description,
        severity=severity,
        severity_word=severity.value,
        source=Surface.REST,
        created_by=JANE,
        created_by_name="Jane Doe",
        created_at=at,
        updated_at=at,
        published_at=at,
        **others,
    )


def _procedure() -> Procedure:
    return Procedure(
        id="proc-uuid-005",
        created_at=MORNING - timedelta(days=60),
        updated_at=MORNING - timedelta(days=60),
        title="Restart connection pooler (PgBouncer)",
        description="Steps to safely restart PgBouncer without dropping active queries.",
        category="runbook",
        tags=("postgresql", "pgbouncer"),
        steps=(
            Step(title="Pause the pool", instructions="Let running queries end.", command="PAUSE;"),
            Step(title="Restart the pooler", command="systemctl restart pgbouncer"),
            Step(title="Watch the connections", instructions="They come back within a minute."),
        ),
    )


def _metric() -> Metric:
    return Metric(
        id=METRIC_ID,
        created_at=MORNING,
        updated_at=MORNING,
        name="Checkout error rate",
        service_ids=(CHECKOUT,),
    )


def _key(product: str, secret: str, now: datetime) -> ApiKey:
    dialect, scopes = SCOPES[product]
    return ApiKey(
        id=ApiKeyId(f"key_example_{product}"),
        name=f"Example for {product}",
        prefix=shown_prefix(secret),
        hash=hash_of(secret),
        scopes=scopes,
        dialect=dialect,
        created_at=now,
    )


def _derived(secret_key: str, product: str) -> str:
    digest = hmac.new(secret_key.encode(), f"example key: {product}".encode(), sha256).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")
