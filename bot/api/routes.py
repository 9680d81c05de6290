"""The REST API's place in an application."""

from aiohttp import web

from bot.api.auth import Gate
from bot.api.pages import Pages
from bot.api.services import Services
from bot.api.shared_v1 import Incidents
from bot.web.bodies import Reading
from core.bus import CommandBus
from core.ports import Clock, Directory, ReadModels

USUAL = Reading()


def add_api(
    app: web.Application,
    *,
    bus: CommandBus,
    reads: ReadModels,
    directory: Directory,
    clock: Clock,
    reading: Reading = USUAL,
) -> None:
    """Every route of the API. The application has the edge of `bot.web.edge` already."""
    gate, pages = Gate(directory, clock), Pages(reads)
    Incidents(gate, bus, reads, pages, reading).register(app)
    Services(gate, bus, reads, pages, reading).register(app)

    async def close(_: web.Application) -> None:
        await gate.close()

    app.on_cleanup.append(close)
