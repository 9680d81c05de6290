"""Faults of the Web API: before the effect, and after it."""

import asyncio

from aiohttp import web

from sandbox.faults import FaultRule
from sandbox.web_api.answered import Answered
from sandbox.world import World

# How often a held request looks whether its caller has given up, and for how long it is held.
GLANCE_SECONDS = 0.05
MOST_GLANCES = 1_200


async def fail_before(
    world: World, request: web.Request, waited_for: str, fault: FaultRule | None
) -> Answered | None:
    """What is answered instead of running the method; nothing when it shall run."""
    match fault:
        case FaultRule(kind="error"):
            return Answered(body={"ok": False, "error": fault.error})
        case FaultRule(kind="rate_limited"):
            world.limiter.tell_to_wait(waited_for, fault.retry_after)
            body = {"ok": False, "error": "ratelimited"}
            return Answered(body=body, status=429, retry_after=fault.retry_after)
        case FaultRule(kind="status"):
            return Answered(body={"ok": False, "error": "fatal_error"}, status=fault.status)
        case FaultRule(kind="timeout_before"):
            await _hold(request)
            return Answered(body={"ok": False, "error": "request_timeout"})
        case FaultRule(kind="reset"):
            _drop(request)
            return Answered(body={"ok": False, "error": "request_timeout"})
        case FaultRule(kind="slow"):
            await world.clock.sleep(fault.seconds)
    return None


async def fail_after(world: World, request: web.Request, fault: FaultRule | None) -> None:
    """Lose the answer of a method that has run."""
    match fault:
        case FaultRule(kind="lost_reply"):
            _drop(request)
        case FaultRule(kind="timeout_after"):
            await _hold(request)


async def _hold(request: web.Request) -> None:
    """Answer nothing until the caller has hung up."""
    for _ in range(MOST_GLANCES):
        if request.transport is None or request.transport.is_closing():
            return
        await asyncio.sleep(GLANCE_SECONDS)


def _drop(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
