"""The door at /api/METHOD: faults, checks, the method itself, and the journal."""

import json
import logging

from aiohttp import web

from sandbox.errors import SlackError
from sandbox.facts.common_errors import ALWAYS_POSSIBLE
from sandbox.facts.methods import METHODS, TOKENLESS_METHODS
from sandbox.facts.tiers import DISTRIBUTED_METHODS, DISTRIBUTED_PAGE
from sandbox.faults import FaultRule
from sandbox.json_types import Json
from sandbox.referee import review_call
from sandbox.web_api import oauth
from sandbox.web_api.answered import Answered
from sandbox.web_api.argument_checks import check_arguments
from sandbox.web_api.arguments import Received, receive
from sandbox.web_api.call import Call
from sandbox.web_api.checks import (
    accepted_scopes,
    anonymous,
    check_scope,
    check_token,
)
from sandbox.web_api.failing import fail_after, fail_before, mangled, seen_by, strike
from sandbox.web_api.mishaps import Asked
from sandbox.web_api.pace import TooFast, check_pace, waiting_key
from sandbox.web_api.table import HANDLERS
from sandbox.world import World

# Enough of an argument to recognise it in the journal.
JOURNAL_TEXT = 2_000
# Changes nothing, though Slack's reference shows only POST for it.
READING_METHODS = frozenset(
    {"api.test", "auth.test", "bookmarks.list", "chat.scheduledMessages.list"}
)
# Replaced by conversations.*, and switched off in 2021.
RETIRED_FAMILIES = frozenset({"channels", "groups", "im", "mpim"})

logger = logging.getLogger(__name__)


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
        received = await _receive(request, method)
        asked = Asked(
            method=method,
            arguments=received.arguments,
            secret=received.secret,
            waited_for=waiting_key(self._world, method, received.arguments),
        )
        fault = strike(self._world, asked)
        outcome = await fail_before(self._world, request, asked, fault)
        if outcome is None:
            outcome = self._answer(request, received, method, fault)
        self._record(method, received.arguments, outcome, started, fault)
        review_call(self._world, method, received.arguments, outcome.body)
        await fail_after(self._world, request, fault)
        return mangled(fault, self._respond(method, received, outcome))

    def _answer(
        self, request: web.Request, received: Received, method: str, fault: FaultRule | None
    ) -> Answered:
        if method not in METHODS:
            return self._unknown(method)
        try:
            return Answered(body={"ok": True, **self._run(request, received, method, fault)})
        except TooFast as too_fast:
            body = {"ok": False, "error": "ratelimited"}
            return Answered(body=body, status=429, retry_after=too_fast.seconds)
        except SlackError as error:
            if error.code in ALWAYS_POSSIBLE or error.code in METHODS[method].errors:
                return Answered(body={"ok": False, "error": error.code, **error.details})
            return self._broken(method, f"{method} does not document the error {error.code}.")
        except Exception as problem:
            logger.exception("The sandbox failed in %s.", method)
            return self._broken(method, f"The sandbox failed in {method}: {problem!r}.")

    def _run(
        self, request: web.Request, received: Received, method: str, fault: FaultRule | None
    ) -> Json:
        world, arguments = self._world, received.arguments
        check_pace(world, method, arguments)
        if received.problem:
            raise received.problem
        token = anonymous(world)
        if method not in TOKENLESS_METHODS:
            token = check_token(world, method, received.secret)
            check_scope(world, method, token)
        check_arguments(world, method, arguments)
        if method == "oauth.v2.access":
            return oauth.access(world, arguments, request.headers.get("Authorization", ""))
        seen = seen_by(world, fault)
        arguments = _throttled(world, method, arguments)
        return HANDLERS[method](Call(world=seen, method=method, args=arguments, token=token))

    def _unknown(self, method: str) -> Answered:
        self._world.journal.finding(
            "unknown_method", f"The sandbox does not know the method {method}.", where=method
        )
        is_retired = method.partition(".")[0] in RETIRED_FAMILIES
        error = "method_deprecated" if is_retired else "unknown_method"
        return Answered(body={"ok": False, "error": error})

    def _broken(self, method: str, message: str) -> Answered:
        """An error of our own: told as a finding, for a client would only try again."""
        self._world.journal.finding("undocumented_error", message, where=method)
        return Answered(body={"ok": False, "error": "fatal_error"})

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

    def _respond(self, method: str, received: Received, outcome: Answered) -> web.Response:
        headers: dict[str, str] = {}
        token = self._world.credentials.find(received.secret)
        if token:
            headers["X-OAuth-Scopes"] = ",".join(sorted(token.scopes))
        if token and method in METHODS:
            headers["X-Accepted-OAuth-Scopes"] = ",".join(accepted_scopes(method, token))
        if outcome.retry_after:
            headers["Retry-After"] = str(outcome.retry_after)
        body = _with_warnings(outcome.body, received.warnings)
        return web.json_response(body, status=outcome.status, headers=headers)


async def _receive(request: web.Request, method: str) -> Received:
    facts = METHODS.get(method)
    return await receive(
        request,
        takes_json=facts is None or facts.takes_json,
        may_get=facts is None or facts.reads or method in READING_METHODS,
    )


def _throttled(world: World, method: str, arguments: Json) -> Json:
    """Whoever may read little of a conversation gets short pages, whatever was asked for."""
    if not world.limiter.distributed or method not in DISTRIBUTED_METHODS:
        return arguments
    asked = int(arguments.get("limit") or DISTRIBUTED_PAGE)
    return {**arguments, "limit": min(asked, DISTRIBUTED_PAGE)}


def _with_warnings(body: Json, warnings: tuple[str, ...]) -> Json:
    if not warnings:
        return body
    metadata = {**body.get("response_metadata", {}), "warnings": list(warnings)}
    return {**body, "warning": ",".join(warnings), "response_metadata": metadata}


def _shortened(value: object) -> object:
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    return value if len(text) <= JOURNAL_TEXT else text[:JOURNAL_TEXT] + "…"
