"""`tocsin serve`: the bot, from its first request to a clean stop."""

import asyncio
import gc
import signal
from argparse import Namespace
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from socket import socket

import structlog
from aiohttp import web

from bot.answers import Answer, say
from bot.application import Application
from bot.bootstrap import compose
from bot.checks.machine import check_settings
from bot.listening import port_of, take_port
from bot.private_files import open_data_folder
from bot.settings import Settings, given_variables
from bot.sole_use import sole_use
from bot.web.runner import runner_options

CUT_OFF_WITHIN = 0.5
"""Seconds, for requests that did not end within the grace."""

STOPPING = (signal.SIGTERM, signal.SIGINT)

log = structlog.get_logger(__name__)


async def serve(given: Namespace, settings: Settings) -> None:
    told_to_stop = stop_signal()
    warn(settings, given_variables())
    open_data_folder(settings.data_dir)
    with (
        take_port(settings.host, settings.port, setting="TOCSIN_PORT") as taken,
        sole_use(settings.database_file),
    ):
        settings = settings.model_copy(update={"port": port_of(taken)})
        async with running(settings, taken, organization=given.organization):
            ready = Answer(object={"url": settings.url}, words=f"Tocsin is ready at {settings.url}")
            say(ready, as_json=given.json)
            await told_to_stop.wait()


def warn(settings: Settings, variables: Mapping[str, str]) -> None:
    """A line for each setting that has no effect, which is hardly what somebody wanted."""
    for finding in check_settings(settings, variables):
        if not finding.well:
            log.warning("setting_unknown", advice=finding.says)
    if settings.slack_transport is None and (settings.slack_bot_token or settings.slack_client_id):
        there = "SLACK_BOT_TOKEN" if settings.slack_bot_token else "SLACK_CLIENT_ID"
        log.warning(
            "slack_not_connected",
            advice=f"{there} is set, but nothing can come from Slack, so Tocsin runs without it; "
            "set SLACK_APP_TOKEN or SLACK_SIGNING_SECRET.",
        )


@asynccontextmanager
async def running(
    settings: Settings, taken: socket, *, organization: str
) -> AsyncIterator[Application]:
    """The whole bot, answering at the socket until the block is left; then all of it stopped."""
    async with compose(settings, organization=organization) as application:
        runner = web.AppRunner(
            application.web,
            **runner_options(),
            handle_signals=False,
            handler_cancellation=False,
            shutdown_timeout=CUT_OFF_WITHIN,
        )
        await runner.setup()
        site = web.SockSite(runner, taken)
        try:
            await site.start()
            await application.start()
            settle_down()
            yield application
        finally:
            await site.stop()
            await application.in_flight.finished(settings.grace / 2)
            await runner.cleanup()
            await application.stop(settings.grace / 3)


def settle_down() -> None:
    """What start-up has made stays: without this each full collection walks through all of it,
    and every request waits for about 80 ms."""
    gc.collect()
    gc.freeze()


def stop_signal() -> asyncio.Event:
    """Set by SIGTERM or Ctrl-C. A second one ends the process as if nobody listened."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()

    def tell() -> None:
        told.set()
        for number in STOPPING:
            loop.remove_signal_handler(number)

    for number in STOPPING:
        loop.add_signal_handler(number, tell)
    return told
