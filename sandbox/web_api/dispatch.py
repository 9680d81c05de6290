"""The door at /api/METHOD: faults, checks, the method itself, and the journal."""

import json

from aiohttp import web

from sandbox.errors import SlackError
from sandbox.facts.common_errors import ALWAYS_POSSIBLE
from sandbox.facts.methods import METHODS
from sandbox.faults import FaultRule
from sandbox.json_types import Json
from sandbox.web_api import oauth
from sandbox.web_api.answered import Answered
from sandbox.web_api.arguments import read_arguments, token_of
from sandbox.web_api.call import Call
from sandbox.web_api.checks import (
    TOKENLESS_METHODS,
    TooFast,
    check_arguments,
    check_rate,
    check_scope,
    check_token,
    waiting_key,
)
from sandbox.web_api.failing import fail_after, fail_before
from sandbox.web_api.table import HANDLERS
from sandbox.world import World

# Enough of an argument to recognise it in the journal.
JOURNAL_TEXT = 2_000


class UndocumentedError(Exception):
    """The sandbox is about to answer an error that Slack does not have for this method."""


class WebApi:
    """Slack's Web API, one route for all methods."""

    def __init__(self, world: World) -> None:
        self._world = world

    def register(self, app: web.Application) -> None:
        app.router.add_route("*", "/api/{method}", self.handle)
        app.router.add_get("/oauth/v2/authorize", self.authorize)

    async def authorize(self, request: web.Request) -> web.Response:
        return oauth.authorize(self._world, request)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        started = self._world.clock.stopwatch()
        fault = self._world.faults.strike(method)
        arguments, secret, problem = await self._read(request, method)
        waited_for = waiting_key(method, arguments)
        outcome = await fail_before(self._world, request, waited_for, fault)
        if outcome is None:
            outcome = self._answer(request, method, arguments, secret, problem)
        self._record(method, arguments, outcome, started, fault)
        await fail_after(self._world, request, fault)
        return self._respond(method, outcome)

    async def _read(self, request: web.Request, method: str) -> tuple[Json, str, SlackError | None]:
        takes_json = method not in METHODS or METHODS[method].takes_json
        try:
            arguments = await read_arguments(request, takes_json=takes_json)
        except SlackError as error:
            return {}, token_of(request, {}), error
        return arguments, token_of(request, arguments), None

    def _answer(
        self,
        request: web.Request,
        method: str,
        arguments: Json,
        secret: str,
        problem: SlackError | None,
    ) -> Answered:
        if method not in METHODS:
            return self._unknown(method)
        try:
            if problem:
                raise problem
            return Answered(body={"ok": True, **self._run(request, method, arguments, secret)})
        except TooFast as too_fast:
            body = {"ok": False, "error": "ratelimited"}
            return Answered(body=body, status=429, retry_after=too_fast.seconds)
        except SlackError as error:
            _require_documented(method, error.code)
            return Answered(body={"ok": False, "error": error.code, **error.details})

    def _run(self, request: web.Request, method: str, arguments: Json, secret: str) -> Json:
        check_rate(self._world, method, arguments)
        if method in TOKENLESS_METHODS:
            header = request.headers.get("Authorization", "")
            return oauth.access(self._world, arguments, header)
        token = check_token(self._world, method, secret)
        check_scope(self._world, method, token)
        check_arguments(self._world, method, arguments)
        call = Call(world=self._world, method=method, args=arguments, token=token)
        return HANDLERS[method](call)

    def _unknown(self, method: str) -> Answered:
        self._world.journal.finding(
            "unknown_method", f"The sandbox does not know the method {method}.", where=method
        )
        return Answered(body={"ok": False, "error": "unknown_method"})

    def _record(
        self,
        method: str,
        arguments: Json,
        outcome: Answered,
        started: float,
        fault: FaultRule | None,
    ) -> None:
        self._world.journal.write(
            "api_call",
            method=method,
            args={name: _shortened(value) for name, value in arguments.items()},
            ok=bool(outcome.body.get("ok")),
            error=outcome.body.get("error"),
            status=outcome.status,
            fault=fault.kind if fault else None,
            ms=round(self._world.clock.stopwatch() - started, 3),
        )

    def _respond(self, method: str, outcome: Answered) -> web.Response:
        headers = {"X-OAuth-Scopes": ",".join(sorted(self._world.app.bot_scopes))}
        if method in METHODS:
            headers["X-Accepted-OAuth-Scopes"] = ",".join(METHODS[method].scopes)
        if outcome.retry_after:
            headers["Retry-After"] = str(outcome.retry_after)
        return web.json_response(outcome.body, status=outcome.status, headers=headers)


def _require_documented(method: str, code: str) -> None:
    if code not in ALWAYS_POSSIBLE and code not in METHODS[method].errors:
        raise UndocumentedError(f"{method} does not document {code}.")


def _shortened(value: object) -> object:
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    return value if len(text) <= JOURNAL_TEXT else text[:JOURNAL_TEXT] + "…"
