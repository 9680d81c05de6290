"""The composition root: the only module that knows every concrete class, the clock and chance."""

import random
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from aiohttp import web
from ulid import ULIDGenerator

from bot.api.routes import add_api
from bot.application import Application
from bot.bell import Bell
from bot.encryption import Cipher
from bot.health import add_health
from bot.in_flight import InFlight
from bot.office import Office, operator, the_organization
from bot.private_files import open_data_folder
from bot.relay import NOWHERE, Relay, Surroundings
from bot.scheduler import Scheduler, Tick
from bot.settings import Settings
from bot.slack.app import SlackDoor
from bot.slack.app import Surroundings as SlackSurroundings
from bot.slack.oauth import Vault
from bot.slack_settings import secret_key, slack_config
from bot.web.edge import add_edge
from bot.web.metrics import MeasuredTransactions, Metrics, add_metrics
from bot.webhooks.routes import add_webhooks
from bot.webhooks.sources import SOURCES
from bot.webhooks.triage import TriageWorker
from core.bus import CommandBus
from core.domain.events import Event
from core.domain.ids import EntryId, OrganizationId
from core.effects import Effect
from core.errors import Unavailable
from core.ports import NewId
from core.reactions import effects_of
from storage.migrating import migrate
from storage.opening import Storage, open_storage
from storage.revision import pending_migrations

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
    elif await is_behind(settings):
        raise PendingMigrations(
            "The schema of the database is older than this version of Tocsin; "
            "bring it up to date with `tocsin migrate`."
        )
    with naming_its_setting(settings):
        storage = await open_storage(
            settings.database,
            clock=utc_now,
            new_id=ulids(),
            on_effects=on_effects,
            react=effects_of if settings.slack_transport else nothing_follows,
        )
    try:
        yield storage
    finally:
        await storage.close()


def nothing_follows(event: Event, entry_id: EntryId) -> list[Effect]:
    """Without Slack there is nowhere to show anything, and nobody to be flooded later."""
    return []


async def bring_up_to_date(settings: Settings) -> bool:
    """Whether anything was to be done."""
    if settings.database_file is not None:
        open_data_folder(settings.data_dir)
        open_data_folder(settings.database_file.parent)
    if not await is_behind(settings):
        return False
    await migrate(settings.database)
    return True


async def is_behind(settings: Settings) -> bool:
    """Whether the schema is older than this version."""
    with naming_its_setting(settings):
        return await pending_migrations(settings.database)


@contextmanager
def naming_its_setting(settings: Settings) -> Iterator[None]:
    """At a start a database that is away is most likely a wrong setting."""
    try:
        yield
    except Unavailable as refusal:
        setting = "TOCSIN_DATABASE_URL" if settings.database_url else "TOCSIN_DATA_DIR"
        raise Unavailable(f"{refusal} Look at {setting}.") from refusal


async def database_state(settings: Settings) -> DatabaseState:
    """Without making anything; `Unavailable` when it does not answer."""
    if settings.database_file is not None and not settings.database_file.exists():
        return DatabaseState(exists=False, pending=True)
    return DatabaseState(exists=True, pending=await pending_migrations(settings.database))


@asynccontextmanager
async def compose(settings: Settings, *, organization: str) -> AsyncIterator[Application]:
    """The whole bot on an open database, not started yet. An embedded one must be in the caller's
    sole use."""
    bell = Bell()
    async with opened(settings, on_effects=bell.ring) as storage:
        ours = await the_organization(storage.directory, organization, found=True)
        if not storage.shared:
            await storage.outbox.recover(utc_now())
        yield assemble(settings, storage, ours.id, bell)


def assemble(
    settings: Settings, storage: Storage, organization_id: OrganizationId, bell: Bell
) -> Application:
    metrics = Metrics()
    bus = CommandBus(MeasuredTransactions(storage.transactions, metrics), utc_now)
    slack = slack_door(settings, storage, bus, organization_id)
    around = Surroundings(
        clock=utc_now, record=bus.execute, jitter=random.random, observe=metrics.effect
    )
    relay = Relay(storage.outbox, slack.deliveries if slack else NOWHERE, around)
    bell.heard_by(relay.wake)
    triage = TriageWorker(storage.inbox, bus, SOURCES["alertmanager"])
    application = Application(
        web=web.Application(),
        in_flight=InFlight(),
        relay=relay,
        triage=triage,
        scheduler=scheduler(storage),
        slack=slack,
    )
    add_edge_of(application, metrics)
    add_doors(application.web, storage, bus, metrics, triage)
    add_signs_of_life(application, storage, metrics)
    if slack:
        add_slack(application.web, settings, slack)
    return application


def scheduler(storage: Storage) -> Scheduler:
    async def purge() -> None:
        await storage.purge(utc_now())

    return Scheduler({"purge": Tick(every=HOUR, ring=purge)}, utc_now())


def add_edge_of(application: Application, metrics: Metrics) -> None:
    app = application.web
    app.middlewares.append(application.in_flight.middleware())
    add_edge(app, clock=utc_now, meter=metrics.request)


def add_doors(
    app: web.Application, storage: Storage, bus: CommandBus, metrics: Metrics, triage: TriageWorker
) -> None:
    def stored() -> None:
        metrics.webhook_stored()
        triage.wake()

    inbox, directory = storage.inbox, storage.directory
    add_api(app, bus=bus, reads=storage.reads, directory=directory, clock=utc_now)
    add_webhooks(app, inbox=inbox, directory=directory, clock=utc_now, on_stored=stored)


def add_signs_of_life(application: Application, storage: Storage, metrics: Metrics) -> None:
    depths = {"inbox": storage.inbox.waiting, "outbox": storage.outbox.waiting}
    add_metrics(application.web, metrics, depths)
    checks = {
        "database": storage.health.check,
        "scheduler": application.check_scheduler,
        "relay": application.check("relay"),
        "triage": application.check("triage"),
    }
    add_health(application.web, checks)


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
