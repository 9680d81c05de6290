"""The running bot, put together."""

import random
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial

from aiohttp import web

from bot.alert_clock import AlertClock, Hands
from bot.application import Application
from bot.bell import Bell
from bot.bootstrap.database import office_of, opened
from bot.bootstrap.doors import add_doors
from bot.bootstrap.moment import utc_now
from bot.bootstrap.showing import Showing
from bot.bootstrap.similarity import Indexing, indexing_of
from bot.encryption import Cipher
from bot.expiring import DraftExpiry
from bot.health import add_health
from bot.in_flight import InFlight
from bot.maintenance_clock import Clockwork, MaintenanceClock
from bot.maintenance_settings import policy_of
from bot.office import the_organization
from bot.outgoing.asking import AlertmanagerAsker
from bot.outgoing.door import Outgoing
from bot.outgoing_settings import outbound_of
from bot.reconciling import Ask, Reconciler
from bot.relay import NOWHERE, Relay, Surroundings
from bot.scheduler import Scheduler, Tick
from bot.secret_keys import secret_keys
from bot.settings import Settings
from bot.slack.app import SlackDoor
from bot.slack.app import Surroundings as SlackSurroundings
from bot.slack.oauth import Vault
from bot.slack_settings import slack_config
from bot.source_secrets import source_secrets_of
from bot.web.edge import add_edge
from bot.web.manners import add_manners
from bot.web.metrics import MeasuredTransactions, Metrics, add_metrics
from bot.web_settings import cors_origins
from bot.webhooks.sources import SOURCES
from bot.webhooks.triage import TriageWorker
from core.bus import CommandBus
from core.domain.ids import OrganizationId
from core.effects import Effect
from core.ports import Delivery
from storage.opening import Storage

MINUTE, HOUR = 60.0, 3600.0


@asynccontextmanager
async def compose(settings: Settings, *, organization: str) -> AsyncIterator[Application]:
    """The whole bot, not started yet. An embedded database must be in the caller's sole use."""
    bell, showing = Bell(), Showing()
    async with (
        opened(settings, on_effects=bell.ring, react=showing.react) as storage,
        indexing_of(settings, storage) as indexing,
    ):
        ours = await the_organization(storage.directory, organization, found=True)
        if settings.slack_transport:
            showing.begin(ours.id)
        if not storage.shared:
            await storage.outbox.recover(utc_now())
        application = assemble(settings, storage, ours.id, indexing)
        bell.heard_by(partial(wake, application, showing))
        yield application


def wake(application: Application, showing: Showing) -> None:
    """Something new is in the database."""
    application.relay.wake()
    if showing.windows_changed():
        application.clock.wake()


def assemble(
    settings: Settings, storage: Storage, organization_id: OrganizationId, indexing: Indexing
) -> Application:
    metrics = Metrics()
    storage = indexing.measured(storage, metrics)
    bus = CommandBus(MeasuredTransactions(storage.transactions, metrics), utc_now)
    slack = slack_door(settings, storage, bus, organization_id)
    outgoing = Outgoing(bus=bus, reads=storage.reads, clock=utc_now, outbound=outbound_of(settings))
    shown = {**(slack.deliveries if slack else {}), **outgoing.deliveries}
    deliveries = {**NOWHERE, **shown, **indexing.deliveries(storage, bus)}
    alarm = scheduler(storage, bus, AlertmanagerAsker(outgoing.sender, source_secrets_of(settings)))
    application = Application(
        web=web.Application(),
        in_flight=InFlight(),
        relay=carrier(storage, bus, metrics, deliveries),
        triage=TriageWorker(storage.inbox, bus, SOURCES),
        clock=maintenance_clock(storage, bus, alarm),
        alert_clock=alert_clock(storage, bus),
        scheduler=alarm,
        indexing=indexing.loop,
        slack=slack,
        outgoing=outgoing,
        office=office_of(storage, bus, organization_id),
    )
    add_edge_of(application, settings, metrics)
    add_doors(application, settings, storage, bus, metrics)
    add_signs_of_life(application, storage, metrics, indexing)
    add_slack(application.web, settings, slack)
    return application


def carrier(
    storage: Storage,
    bus: CommandBus,
    metrics: Metrics,
    deliveries: Mapping[type[Effect], Delivery],
) -> Relay:
    around = Surroundings(
        clock=utc_now, record=bus.execute, jitter=random.random, observe=metrics.effect
    )
    return Relay(storage.outbox, deliveries, around)


def scheduler(storage: Storage, bus: CommandBus, ask: Ask) -> Scheduler:
    async def purge() -> None:
        await storage.purge(utc_now())

    ticks = {
        "purge": Tick(every=HOUR, ring=purge),
        "drafts": Tick(every=MINUTE, ring=DraftExpiry(bus, storage.chores, utc_now)),
        "reconcile": Tick(
            every=MINUTE,
            ring=Reconciler(
                bus=bus, chores=storage.chores, reads=storage.reads, ask=ask, clock=utc_now
            ),
        ),
    }
    return Scheduler(ticks, utc_now())


def maintenance_clock(storage: Storage, bus: CommandBus, alarm: Scheduler) -> MaintenanceClock:
    works = Clockwork(
        clock=utc_now, monotonic=time.monotonic, ring_at=partial(alarm.ring_at, "maintenance")
    )
    return MaintenanceClock(bus.execute, storage.chores, works)


def alert_clock(storage: Storage, bus: CommandBus) -> AlertClock:
    hands = Hands(
        clock=utc_now,
        monotonic=time.monotonic,
        execute=bus.execute,
        waiting=storage.inbox.waiting,
    )
    return AlertClock(storage.chores, hands)


def add_edge_of(application: Application, settings: Settings, metrics: Metrics) -> None:
    app = application.web
    app.middlewares.append(application.in_flight.middleware())
    add_edge(app, clock=utc_now, meter=metrics.request)
    add_manners(app, origins=cors_origins(settings))


def add_signs_of_life(
    application: Application, storage: Storage, metrics: Metrics, indexing: Indexing
) -> None:
    depths = {
        "inbox": storage.inbox.waiting,
        "outbox": storage.outbox.waiting,
        **indexing.depths,
    }
    add_metrics(application.web, metrics, depths)
    checks = {
        "database": storage.health.check,
        "scheduler": application.check_scheduler,
        "relay": application.check("relay"),
        "triage": application.check("triage"),
        "maintenance_clock": application.check("maintenance clock"),
        "alert_clock": application.check("alert clock"),
    }
    add_health(application.web, checks, notes={"search": indexing.note})


def slack_door(
    settings: Settings, storage: Storage, bus: CommandBus, organization_id: OrganizationId
) -> SlackDoor | None:
    """None without a way for Slack's requests to come."""
    if settings.slack_transport is None:
        return None
    around = SlackSurroundings(
        bus=bus,
        reads=storage.reads,
        search=storage.search,
        directory=storage.directory,
        postings=storage.postings,
        outbox=storage.outbox,
        clock=utc_now,
        policy=policy_of(settings),
        vault=Vault(installations=storage.installations, cipher=Cipher(*secret_keys(settings))),
    )
    return SlackDoor(slack_config(settings, organization_id), around)


def add_slack(app: web.Application, settings: Settings, slack: SlackDoor | None) -> None:
    if slack is None:
        return
    if settings.slack_transport == "http":
        app.router.add_post("/slack/events", slack.handler)
    app.router.add_routes(slack.oauth_routes())
