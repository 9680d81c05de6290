"""The outermost edge of HTTP: request ids in and out, refusals in one body, nothing unanswered."""

import re
from collections.abc import Callable
from time import perf_counter
from typing import TypeAlias

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.web.answer_headers import ANSWER_HEADERS
from bot.web.paging_bodies import body_of_paging
from bot.web.paths import shown_path
from bot.web.problems import Problem, body_of
from bot.web.refusals import KNOWN, problem_of
from bot.web.request_ids import NewRequestId, request_ids
from core.ports import Clock

REQUEST_ID = web.RequestKey("REQUEST_ID", str)
HEADER = "X-Request-ID"
UNMATCHED = "unmatched"

Meter: TypeAlias = Callable[[str, str, int, float], None]
"""Is told method, route template, status and seconds of each request."""

_SANE = re.compile(r"[A-Za-z0-9._:+/=-]{1,128}")

log = structlog.get_logger(__name__)


def add_edge(
    app: web.Application,
    *,
    clock: Clock,
    meter: Meter,
    new_request_id: NewRequestId | None = None,
) -> None:
    """The application's one middleware. Every door of it may raise refusals from then on."""
    app.middlewares.append(_Edge(clock, new_request_id or request_ids(), meter).middleware())


class _Edge:
    def __init__(self, clock: Clock, new_request_id: NewRequestId, meter: Meter) -> None:
        self._clock = clock
        self._new_request_id = new_request_id
        self._meter = meter

    def middleware(self) -> Middleware:
        @web.middleware
        async def edge(request: web.Request, handler: Handler) -> web.StreamResponse:
            started = perf_counter()
            request_id = request_id_of(request.headers.get(HEADER), self._new_request_id)
            request[REQUEST_ID] = request_id
            # Each request is a task with a context of its own, so nothing need be unbound.
            structlog.contextvars.bind_contextvars(request_id=request_id)
            try:
                response = await handler(request)
            except KNOWN as error:
                response = self._refused(request, error)
            except ConnectionError:
                # The client left; there is nobody to answer, and aiohttp closes the connection.
                raise
            except Exception as error:
                log.exception("request failed", path=shown_path(request.path))
                response = self._refused(request, error)
            if not response.prepared:
                response.headers[HEADER] = request_id
                if promised := request.get(ANSWER_HEADERS):
                    response.headers.update(promised)
            seconds = perf_counter() - started
            self._meter(request.method, route_of(request), response.status, seconds)
            return response

        return edge

    def _refused(self, request: web.Request, error: Exception) -> web.Response:
        if isinstance(error, web.HTTPException) and error.status < 400:
            error.headers[HEADER] = request[REQUEST_ID]
            raise error
        path = shown_path(request.path)
        return self._refuse(request, problem_of(error, method=request.method, path=path))

    def _refuse(self, request: web.Request, problem: Problem) -> web.Response:
        path = shown_path(request.path)
        # What a client got wrong is its own affair; what the server could not do is ours.
        tell = log.info if problem.status < 500 else log.warning
        tell(
            "request refused",
            method=request.method,
            path=path,
            status=problem.status,
            detail=problem.issues[0].message,
        )
        id = request[REQUEST_ID]
        body = body_of_paging(path, problem, id) or body_of(
            problem, path=path, request_id=id, now=self._clock()
        )
        response = web.Response(
            status=problem.status,
            body=body,
            headers=problem.headers,
            content_type="application/json",
        )
        if not request.content.is_eof():
            # What is left of the body is not worth waiting for.
            response.force_close()
        return response


def request_id_of(given: str | None, new_request_id: NewRequestId) -> str:
    """The caller's own id when it is fit for a log line, else a new one."""
    return given if given and _SANE.fullmatch(given) else new_request_id()


def route_of(request: web.Request) -> str:
    """`/api/v1/incidents/{id}`: of few values, unlike the path."""
    resource = request.match_info.route.resource
    return resource.canonical if resource else UNMATCHED
