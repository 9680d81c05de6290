"""A server with every HTTP door open, on a port of its own, and keys that open them."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from bot.api.accounts.desk import Desk
from bot.api.alert_sources import Bells
from bot.api.auth import Standards
from bot.api.openapi.routes import add_openapi
from bot.api.operations import Operation
from bot.api.routes import Surroundings, add_api
from bot.credentials import hash_of, new_api_key, new_token, shown_prefix
from bot.encryption import SOURCES, WEBHOOKS, Cipher
from bot.health import Check, add_health
from bot.outgoing.outbound import Outbound
from bot.paging.routes import add_paging
from bot.paging.switchboard import Surroundings as Paging
from bot.source_secrets import SourceSecrets
from bot.web.addresses import ClientAddresses
from bot.web.bodies import Reading
from bot.web.edge import add_edge
from bot.web.manners import add_manners
from bot.web.metrics import Metrics, add_metrics
from bot.web.rate_limit_store import OwnCounts
from bot.web.rate_limits import RateLimits
from bot.web.runner import runner_options
from bot.webhooks.hearing import hear
from bot.webhooks.knocking import Keys
from bot.webhooks.routes import ALERT_BODIES, Bell, add_webhooks
from core.bus import CommandBus
from core.commands import CreateApiKey, CreateIntegration
from core.domain.account import Dialect
from core.domain.ids import OrganizationId, UserId
from core.domain.integration import Integration
from core.domain.plan import Plan
from core.permissions import OPERATOR
from core.ports import Clock, Directory, Inbox, ReadModels, Search
from tests.contract.house import Storage
from tests.fakes.people import the_operator
from tests.integration.api.accounts import a_desk

Client = TestClient[web.Request, web.Application]
PLENTY = 1_000_000
OPERATIONS: web.AppKey[list[Operation]] = web.AppKey("OPERATIONS", list)
"""All that the application serves of the API."""

AT_HOME = Outbound(cipher=Cipher("the secret key of tests", purpose=WEBHOOKS), private=True)
"""Webhooks go to receivers on this machine."""

SECRETS = SourceSecrets(cipher=Cipher("the secret key of tests", purpose=SOURCES))

ALL_SCOPES = ("incidents:write", "services:write")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the doors are made of."""

    bus: CommandBus
    reads: ReadModels
    search: Search
    directory: Directory
    inbox: Inbox
    clock: Clock

    @classmethod
    def over(cls, storage: Storage, bus: CommandBus, clock: Clock) -> Self:
        """Doors that lead to all of one storage."""
        return cls(
            bus=bus,
            reads=storage.reads,
            search=storage.search,
            directory=storage.directory,
            inbox=storage.inbox,
            clock=clock,
        )


async def nowhere(url: str) -> bytes:
    """Most sources refer to nothing."""
    raise AssertionError(f"{url} was to be fetched")


def no_work() -> None:
    """Nobody triages in most tests."""


def application(
    parts: Parts,
    *,
    on_stored: Callable[[], None] = no_work,
    reading: Reading | None = None,
    standards: Standards | None = None,
    desk: Desk | None = None,
    alert_reading: Reading = ALERT_BODIES,
    opsknight_open: str = "triggered",
    checks: dict[str, Check] | None = None,
    patience: float = 2.0,
    outbound: Outbound = AT_HOME,
    fetch: Callable[[str], Awaitable[bytes]] = nowhere,
) -> web.Application:
    app, metrics = web.Application(), Metrics()
    add_edge(app, clock=parts.clock, meter=metrics.request)
    add_manners(app)
    around = Surroundings(
        bus=parts.bus,
        reads=parts.reads,
        search=parts.search,
        directory=parts.directory,
        clock=parts.clock,
        desk=desk or a_desk(parts.directory, parts.reads, parts.clock),
        standards=generous(parts.clock) if standards is None else standards,
        bells=Bells(inbox=parts.inbox, on_stored=on_stored),
        outbound=outbound,
        hearing=hear,
        secrets=SECRETS,
        reading=reading or Reading(),
        opsknight_open=opsknight_open,
    )
    server = add_api(app, around)
    app[OPERATIONS] = server.operations
    add_openapi(app, server, version="0.0.0")
    add_webhooks(
        app,
        Bell(
            inbox=parts.inbox,
            directory=parts.directory,
            on_stored=on_stored,
            keys=Keys(secrets=SECRETS, fetch=fetch, clock=parts.clock),
            reading=alert_reading,
        ),
    )
    add_paging(
        app,
        Paging(
            bus=parts.bus,
            inbox=parts.inbox,
            directory=parts.directory,
            reads=parts.reads,
            clock=parts.clock,
            on_stored=on_stored,
            reading=alert_reading,
            patience=0.1,
        ),
    )
    add_health(app, checks or {}, patience=patience)
    add_metrics(app, metrics, {"inbox": parts.inbox.waiting})
    return app


def generous(clock: Clock, *, per_address: int = PLENTY, per_user: int = PLENTY) -> Standards:
    """Limits that a test never meets unless it asks for fewer."""
    plan = Plan(
        name="test",
        requests_per_minute_user=per_user,
        requests_per_minute_organization=PLENTY,
    )

    async def plan_of(_: OrganizationId) -> Plan:
        return plan

    counts = OwnCounts(lambda: clock().timestamp())
    return Standards(
        addresses=ClientAddresses(),
        limits=RateLimits(counts, clock, per_address=per_address, per_refused=PLENTY),
        plan_of=plan_of,
    )


@asynccontextmanager
async def served(app: web.Application) -> AsyncIterator[Client]:
    server = TestServer(app)
    await server.start_server(**runner_options())
    async with TestClient(server) as client:
        yield client


async def api_key(
    bus: CommandBus,
    organization_id: OrganizationId,
    *,
    scopes: Sequence[str] = ALL_SCOPES,
    dialect: Dialect = Dialect.NEUTRAL,
    created_by: UserId | None = None,
    **details: Any,
) -> str:
    """The secret of a fresh key."""
    secret = new_api_key(dialect)
    operator = the_operator(organization_id)
    if created_by:
        operator = _as_user(operator, created_by)
    await bus.execute(
        CreateApiKey(
            caller=operator,
            name="CI",
            prefix=shown_prefix(secret),
            hash=hash_of(secret),
            scopes=tuple(scopes),
            dialect=dialect,
            **details,
        )
    )
    return secret


async def integration(
    bus: CommandBus,
    organization_id: OrganizationId,
    *,
    source: str = "alertmanager",
    secret: str = "",
    **details: Any,
) -> tuple[Integration, str]:
    """An alert source and its token; `secret` is what its tool signs with."""
    token = new_token()
    made = await bus.execute(
        CreateIntegration(
            caller=the_operator(organization_id),
            source=source,
            name=source.capitalize(),
            token_hash=hash_of(token),
            sealed_token=SECRETS.seal(token),
            sealed_secret=SECRETS.seal(secret),
            **details,
        )
    )
    return made, token


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


async def json_of(response: ClientResponse) -> Any:
    assert response.content_type == "application/json"
    return await response.json()


def _as_user(caller: Any, user_id: UserId) -> Any:
    from_user = type(caller.actor)(
        surface=caller.actor.surface, name=caller.actor.name, user_id=user_id
    )
    return type(caller)(
        organization_id=caller.organization_id, actor=from_user, permissions=OPERATOR
    )
