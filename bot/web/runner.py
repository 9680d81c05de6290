"""How the server is run: when idle connections end, and what is written about each request."""

import logging
from typing import Any

from aiohttp import web
from aiohttp.abc import AbstractAccessLogger

from bot.web.bodies import READ_DEADLINE
from bot.web.edge import HEADER
from bot.web.paths import shown_path

LINGERING = 5.0
"""Seconds a refused client may still send its body, so that it comes to read the answer."""


def runner_options() -> dict[str, Any]:
    """For `web.AppRunner(app, **runner_options())`, and for test servers alike.

    `keepalive_timeout` is also the only deadline that aiohttp has for headers. Compressed bodies
    are left as they are, for the door to refuse.
    """
    return {
        "keepalive_timeout": READ_DEADLINE,
        "lingering_time": LINGERING,
        "auto_decompress": False,
        "access_log_class": AccessLog,
        "access_log": logging.getLogger("bot.access"),
    }


class AccessLog(AbstractAccessLogger):
    """A line per request, at DEBUG only; refusals are told by the edge."""

    @property
    def enabled(self) -> bool:
        return self.logger.isEnabledFor(logging.DEBUG)

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        self.logger.debug(
            "%s %s %s %d bytes %.1f ms %s",
            request.method,
            shown_path(request.path),
            response.status,
            response.body_length,
            time * 1000,
            response.headers.get(HEADER, "-"),
        )
