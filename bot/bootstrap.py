"""The composition root: the only module that knows every concrete class, the clock and chance."""

import random
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from aiohttp import web
from sqlalchemy import make_url
from ulid import ULIDGenerator

from bot.api.routes import add_api
from bot.application import Application
from bot.bell import Bell
from bot.encryption import Cipher, secret_key_in
from bot.health import add_health
from bot.in_flight import InFlight
from bot.office import Office, operator, the_organization
from bot.private_files import open_data_folder
from bot.relay import Relay, Surroundings
from bot.scheduler import Scheduler, Tick
from bot.settings import Settings
from bot.slack.app import SlackDoor
from bot.slack.app import Surroundings as SlackSurroundings
from bot.slack.oauth import Vault
from bot.slack_settings import slack_config
from bot.sole_use import sole_use
from bot.web.edge import add_edge
from bot.webhooks.routes import add_webhooks
from bot.webhooks.sources import SOURCES
from bot.webhooks.triage import TriageWorker
from core.bus import CommandBus
from core.domain.ids import OrganizationId
from core.effects import KINDS, Effect
from core.ports import Delivery, NewId, Parcel
from storage.migrating import migrate, pending_migrations
from storage.opening import Storage, open_storage

HOUR = 3600.0


class PendingMigrations(Exception):
    """The schema is older than the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseState:
    exists: bool
    pending: bool


def utc_now() -> datetime:
    return datetime.now(UTC)


def ulids() -> NewId:
    """Ids that sort by time, also those of one millisecond, whichever thread asks."""
    generator = ULIDGenerator()

    def new_id(prefix: str) -> str:
        return f"{prefix}_{str(generator.generate()).lower()}"

    return new_id


@asynccontextmanager
async def administration(
    settings: Settings, slug: str, *, found: bool = False
) -> AsyncIterator[Office]:
    """The database opened for one organisation; `found` makes the organisation if need be."""
    async with opened(settings, on_effects=lambda: None) as storage:
        organization = await the_organization(storage.directory, slug, found=found)
        yield Office(
            organization_id=organization.id,
            caller=operator(organization.id),
            clock=utc_now,
            bus=CommandBus(storage.transactions, utc_now),
            reads=storage.reads,
            directory=storage.directory,
            outbox=storage.outbox,
        )


@asynccontextmanager
async def opened(settings: Settings, *, on_effects: Callable[[], None]) -> AsyncIterator[Storage]:
    """The database, of this version's schema. The embedded one is brought up to date."""
    if not settings.on_postgresql:
        await bring_up_to_date(settings)
    elif await pending_migrations(settings.database):
        raise PendingMigrations(
            "The schema of the database is older than this version of Tocsin; "
            "bring it up to date with `tocsin migrate`."
        )
    storage = await open_storage(
        settings.database, clock=utc_now, new_id=ulids(), on_effects=on_effects
    )
    try:
        yield storage
    finally:
        await storage.close()


async def bring_up_to_date(settings: Settings) -> bool:
    """Whether anything was to be done."""
    if not settings.on_postgresql:
        open_data_folder(settings.data_dir)
        open_data_folder(sqlite_file(settings).parent)
    if not await pending_migrations(settings.database):
        return False
    await migrate(settings.database)
    return True


async def database_state(settings: Settings) -> DatabaseState:
    """Without making anything; `Unavailable` when it does not answer."""
    if not settings.on_postgresql and not sqlite_file(settings).exists():
        return DatabaseState(exists=False, pending=True)
    return DatabaseState(exists=True, pending=await pending_migrations(settings.database))


def sqlite_file(settings: Settings) -> Path:
    return Path(make_url(settings.database).database or "")


@asynccontextmanager
async def compose(settings: Settings, *, organization: str) -> AsyncIterator[Application]:
    """The whole bot on an open database, not started yet."""
    bell = Bell()
    async with AsyncExitStack() as stack:
        if not settings.on_postgresql:
            open_data_folder(sqlite_file(settings).parent)
            stack.enter_context(sole_use(sqlite_file(settings)))
        storage = await stack.enter_async_context(opened(settings, on_effects=bell.ring))
        ours = await the_organization(storage.directory, organization, found=True)
        if not storage.shared:
            await storage.outbox.recover(utc_now())
        yield assemble(settings, storage, ours.id, bell)


def assemble(
    settings: Settings, storage: Storage, organization_id: OrganizationId, bell: Bell
) -> Application:
    bus = CommandBus(storage.transactions, utc_now)
    slack = slack_door(settings, storage, bus, organization_id)
    triage = TriageWorker(storage.inbox, bus, SOURCES["alertmanager"])
    relay = Relay(
        storage.outbox,
        slack.deliveries if slack else SHOWN_NOWHERE,
        Surroundings(
            clock=utc_now,
            record=bus.execute,
            jitter=random.random,
            observe=lambda kind, outcome: None,
        ),
    )
    bell.heard_by(relay.wake)

    async def purge() -> None:
        await storage.purge(utc_now())

    application = Application(
        web=web.Application(),
        in_flight=InFlight(),
        relay=relay,
        triage=triage,
        scheduler=Scheduler({"purge": Tick(every=HOUR, ring=purge)}, utc_now()),
        slack=slack,
    )
    add_doors(application, storage, bus, triage)
    if slack:
        add_slack(application.web, settings, slack)
    return application


def add_doors(
    application: Application, storage: Storage, bus: CommandBus, triage: TriageWorker
) -> None:
    app = application.web
    app.middlewares.append(application.in_flight.middleware())
    add_edge(
        app,
        clock=utc_now,
        new_request_id=lambda: str(uuid4()),
        meter=lambda method, route, status, seconds: None,
    )
    add_api(app, bus=bus, reads=storage.reads, directory=storage.directory, clock=utc_now)
    add_webhooks(
        app,
        inbox=storage.inbox,
        directory=storage.directory,
        clock=utc_now,
        on_stored=triage.wake,
    )
    checks = {"database": storage.health.check, "scheduler": application.check_scheduler}
    add_health(
        app,
        checks | {"relay": application.check("relay"), "triage": application.check("triage")},
    )


def slack_door(
    settings: Settings, storage: Storage, bus: CommandBus, organization_id: OrganizationId
) -> SlackDoor | None:
    """None without a way for Slack's requests to come."""
    if settings.slack_transport is None:
        return None
    around = SlackSurroundings(
        bus=bus,
        reads=storage.reads,
        directory=storage.directory,
        postings=storage.postings,
        clock=utc_now,
        vault=Vault(installations=storage.installations, cipher=Cipher(secret_key(settings))),
    )
    return SlackDoor(slack_config(settings, organization_id), around)


def add_slack(app: web.Application, settings: Settings, slack: SlackDoor) -> None:
    if settings.slack_transport == "http":
        app.router.add_post("/slack/events", slack.handler)
    app.router.add_routes(slack.oauth_routes())


def secret_key(settings: Settings) -> str:
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    return secret_key_in(settings.data_dir)


async def _shown_nowhere(_: Effect, __: Parcel) -> None:
    """Without Slack there is nothing to show it in; the incident itself is in the database."""


SHOWN_NOWHERE: Mapping[type[Effect], Delivery] = dict.fromkeys(KINDS.values(), _shown_nowhere)
