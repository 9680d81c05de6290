"""One handler behind two doors of one process: one asks for a credential, the other does not."""

import asyncio
import sys

from aiohttp import web

from bot.account_parts import desk_of
from bot.api.answers import answer
from bot.api.auth import Gate
from bot.api.operations import Call, Operation, Tag
from bot.api.server import Server
from bot.api_parts import standards_of
from bot.bootstrap.application import assemble
from bot.bootstrap.database import opened
from bot.bootstrap.moment import utc_now
from bot.bootstrap.similarity import WORDS
from bot.office import the_organization
from bot.settings import Settings, read_settings
from bot.web.bodies import Reading
from bot.web.runner import runner_options
from bot.web_settings import rate_limits_of
from core.domain.actor import Permission
from storage.opening import Storage

BARE, GATED = "/bare", "/gated"
BODY = b'{"status":"ok"}'
PROBE = Operation(
    method="GET",
    path=GATED,
    name="probe",
    summary="Nothing but the gate",
    tag=Tag.TOCSIN,
    needs=Permission.READ_INCIDENTS,
    answers={200: None},
)


async def _bare(_: web.Request) -> web.Response:
    return answer(BODY)


async def _gated(_: Call) -> web.Response:
    return answer(BODY)


async def _application(settings: Settings, storage: Storage) -> web.Application:
    """All of Tocsin, which makes the credentials, and the two doors beside it."""
    ours = await the_organization(storage.directory, "default", found=True)
    app = assemble(settings, storage, ours.id, WORDS).web
    desk = desk_of(settings, directory=storage.directory, reads=storage.reads, clock=utc_now)
    standards = standards_of(settings, rate_limits_of(settings, utc_now), desk.plans.of)
    gate = Gate(storage.directory, utc_now, desk.signed_in, standards)
    Server(app, gate, Reading()).add(PROBE, _gated)
    app.router.add_get(BARE, _bare)
    return app


async def main(port: int) -> None:
    settings = read_settings()
    async with opened(settings) as storage:
        app = await _application(settings, storage)
        runner = web.AppRunner(app, **runner_options())
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
