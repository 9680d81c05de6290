"""The HTTP doors of the running bot."""

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
from bot.settings import Settings
from bot.web.metrics import Metrics
from bot.web_settings import rate_limits_of
from bot.webhooks.routes import add_webhooks
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
    add_webhooks(app, inbox=storage.inbox, directory=directory, clock=utc_now, on_stored=stored)


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
        opsknight_open=settings.opsknight_open_literal,
    )
    add_openapi(app, add_api(app, around), version=version("tocsin"), base=settings.url)
