"""Faults of the Web API: before the effect, after it, and in the answer."""

import asyncio
from dataclasses import replace
from functools import partial

from aiohttp import web

from sandbox.facts.methods import METHODS
from sandbox.faults import FaultRule
from sandbox.web_api.answered import Answered
from sandbox.web_api.checks import accepted_scopes
from sandbox.web_api.mishaps import Asked, happen, is_possible
from sandbox.world import World

# How often a held request looks whether its caller has given up, and for how long it is held.
GLANCE_SECONDS = 0.05
MOST_GLANCES = 1_200
BAD_GATEWAY = """<!DOCTYPE html>
<html><head><title>Server Error</title></head><body>
<h1>Our servers are having a moment</h1><p>{"ok": true} it is not.</p>
</body></html>
"""

# What the journal writes down, also where the caller gets no answer.
ANSWERS: dict[str, str] = {
    "status": "fatal_error",
    "html": "html",
    "timeout_before": "request_timeout",
    "reset": "request_timeout",
    "restricted_action": "restricted_action",
}


def strike(world: World, asked: Asked) -> FaultRule | None:
    """The fault this call meets, if any."""
    return world.faults.strike(asked.method, able=partial(is_possible, world, asked))


async def fail_before(
    world: World, request: web.Request, asked: Asked, fault: FaultRule | None
) -> Answered | None:
    """What is answered instead of running the method; nothing when it shall run."""
    if fault is None:
        return None
    happen(world, asked, fault)
    if fault.kind == "rate_limited":
        world.limiter.tell_to_wait(asked.waited_for, fault.retry_after)
    await hinder(world, request, fault)
    return _instead(world, asked, fault)


async def hinder(world: World, request: web.Request, fault: FaultRule) -> None:
    """What happens to the connection before anything is done."""
    match fault.kind:
        case "timeout_before":
            await _hold(request)
        case "reset":
            _drop(request)
        case "slow":
            await world.clock.sleep(fault.seconds)


def _instead(world: World, asked: Asked, fault: FaultRule) -> Answered | None:
    match fault.kind:
        case "rate_limited":
            return _refusal("ratelimited", status=429, retry_after=fault.retry_after)
        case "ratelimited_body":
            # Some methods have their own spelling of it.
            theirs = "rate_limited" in METHODS[asked.method].errors
            return _refusal("rate_limited" if theirs else "ratelimited")
        case "missing_scope":
            return _lacking(world, asked)
    return plain_refusal(fault)


def plain_refusal(fault: FaultRule) -> Answered | None:
    """The refusal that is in the rule itself."""
    error = fault.error or ANSWERS.get(fault.kind)
    return _refusal(error, status=fault.status or 200) if error else None


def _refusal(error: str, *, status: int = 200, retry_after: int = 0) -> Answered:
    body = {"ok": False, "error": error}
    return Answered(body=body, status=status, retry_after=retry_after)


def _lacking(world: World, asked: Asked) -> Answered:
    """The answer to a token from which the scope was taken away."""
    token = world.credentials.find(asked.secret)
    needed = accepted_scopes(asked.method, token) if token else METHODS[asked.method].scopes
    provided = sorted((token.scopes if token else frozenset()) - set(needed))
    answer = _refusal("missing_scope")
    body = {**answer.body, "needed": ",".join(needed), "provided": ",".join(provided)}
    return replace(answer, body=body)


def seen_by(world: World, fault: FaultRule | None) -> World:
    """The world as the method shall see it: a stale read sees an older workspace."""
    if fault is None or fault.kind != "stale":
        return world
    return replace(world, workspace=world.faults.past.as_of(fault.seconds))


async def fail_after(world: World, request: web.Request, fault: FaultRule | None) -> None:
    """Lose the answer of a method that has run."""
    match fault:
        case FaultRule(kind="lost_reply"):
            _drop(request)
        case FaultRule(kind="timeout_after"):
            await _hold(request)


def mangled(fault: FaultRule | None, response: web.Response) -> web.Response:
    """The answer as it arrives: cut off, or replaced by somebody's error page."""
    match fault:
        case FaultRule(kind="html", status=status):
            return web.Response(text=BAD_GATEWAY, status=status, content_type="text/html")
        case FaultRule(kind="truncated_json"):
            whole = response.body
            half = whole[: len(whole) // 2] if isinstance(whole, bytes) else b"{"
            return web.Response(
                body=half, status=response.status, content_type="application/json", charset="utf-8"
            )
    return response


async def _hold(request: web.Request) -> None:
    """Answer nothing until the caller has hung up."""
    for _ in range(MOST_GLANCES):
        if request.transport is None or request.transport.is_closing():
            return
        await asyncio.sleep(GLANCE_SECONDS)


def _drop(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
