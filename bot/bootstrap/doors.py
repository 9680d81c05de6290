"""The HTTP doors of the running bot."""

from collections.abc import Awaitable, Callable
from importlib.metadata import version

from aiohttp import web

from bot.account_parts import desk_of
from bot.api.alert_sources import Bells
from bot.api.openapi.routes import add_openapi
from bot.api.routes import Surroundings, add_api
from bot.api_parts import standards_of
from bot.application import Application
from bot.bootstrap.moment import utc_now
from bot.outgoing_settings import outbound_of
from bot.paging.routes import add_paging
from bot.paging.switchboard import Surroundings as Paging
from bot.settings import Settings
from bot.source_secrets import source_secrets_of
from bot.web.metrics import Metrics
from bot.web_settings import rate_limits_of
from bot.webhooks.fetching import Fetcher
from bot.webhooks.hearing import hear
from bot.webhooks.knocking import Keys
from bot.webhooks.routes import Bell, add_webhooks
from core.bus import CommandBus
from storage.opening import Storage


def add_doors(
    application: Application,
    settings: Settings,
    storage: Storage,
    bus: CommandBus,
    metrics: Metrics,
) -> None:
    def stored() -> None:
        metrics.webhook_stored()
        application.triage.wake()

    app, directory = application.web, storage.directory
    bells = Bells(inbox=storage.inbox, on_stored=stored)
    _add_api(app, settings, storage, bus, bells)
    fetcher = Fetcher()
    app.on_cleanup.append(closing(fetcher.close))
    keys = Keys(secrets=source_secrets_of(settings), fetch=fetcher, clock=utc_now)
    bell = Bell(inbox=storage.inbox, directory=directory, on_stored=stored, keys=keys)
    add_webhooks(app, bell)
    add_paging(app, paging_of(storage, bus, stored))


def paging_of(storage: Storage, bus: CommandBus, stored: Callable[[], None]) -> Paging:
    return Paging(
        bus=bus,
        inbox=storage.inbox,
        directory=storage.directory,
        reads=storage.reads,
        clock=utc_now,
        on_stored=stored,
    )


def closing(close: Callable[[], Awaitable[None]]) -> Callable[[web.Application], Awaitable[None]]:
    async def closed(_: web.Application) -> None:
        await close()

    return closed


def _add_api(
    app: web.Application, settings: Settings, storage: Storage, bus: CommandBus, bells: Bells
) -> None:
    limits = rate_limits_of(settings, utc_now)
    desk = desk_of(settings, directory=storage.directory, reads=storage.reads, clock=utc_now)

    async def close(_: web.Application) -> None:
        await desk.close()
        await limits.close()

    app.on_cleanup.append(close)
    around = Surroundings(
        bus=bus,
        reads=storage.reads,
        search=storage.search,
        directory=storage.directory,
        clock=utc_now,
        desk=desk,
        standards=standards_of(settings, limits, desk.plans.of),
        bells=bells,
        outbound=outbound_of(settings),
        hearing=hear,
        secrets=source_secrets_of(settings),
        opsknight_open=settings.opsknight_open_literal,
    )
    add_openapi(app, add_api(app, around), version=version("tocsin"), base=settings.url)
