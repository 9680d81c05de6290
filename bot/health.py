"""Whether the process lives, and whether it can do its work."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

import orjson
from aiohttp import web

from bot.web.problems import Issue, Problem, Refusal
from core.errors import CoreError

Check: TypeAlias = Callable[[], Awaitable[None]]
"""Returns when all is well. The message of a `CoreError` is shown; of anything else, its name."""

Note: TypeAlias = Callable[[], str]
"""A sentence on what somebody may miss although the process can do its work; empty if nothing."""

PATIENCE = 2.0
"""Seconds a check may take before it counts as failed."""

WELL = "ok"


def add_health(
    app: web.Application,
    checks: Mapping[str, Check],
    *,
    notes: Mapping[str, Note] = MappingProxyType({}),
    patience: float = PATIENCE,
) -> None:
    """`notes` are told beside the checks, and make nothing unready."""

    async def live(_: web.Request) -> web.Response:
        return _answer({"status": WELL})

    async def ready(_: web.Request) -> web.Response:
        found = await _findings(checks, patience)
        failing = [name for name, finding in found.items() if finding != WELL]
        if failing:
            raise _not_ready(failing, found)
        told = {name: note() or WELL for name, note in notes.items()}
        return _answer({"status": WELL, "checks": {**found, **told}})

    app.router.add_get("/health/live", live)
    app.router.add_get("/health/ready", ready)


async def _findings(checks: Mapping[str, Check], patience: float) -> dict[str, str]:
    """What each check found, all of them asked at once."""
    outcomes = await asyncio.gather(
        *(asyncio.wait_for(check(), patience) for check in checks.values()),
        return_exceptions=True,
    )
    return {name: _finding(outcome) for name, outcome in zip(checks, outcomes, strict=True)}


def _finding(outcome: BaseException | None) -> str:
    match outcome:
        case None:
            return WELL
        case CoreError():
            return str(outcome)
        case TimeoutError():
            return "It did not answer in time."
        case _:
            return f"It failed ({type(outcome).__name__})."


def _not_ready(failing: list[str], found: Mapping[str, str]) -> Refusal:
    issues = tuple(
        Issue(code="not_ready", message=f"Not ready: {name}. {found[name]}") for name in failing
    )
    extra = {"checks": found}
    return Refusal(Problem(status=503, issues=issues, headers={"Retry-After": "1"}, extra=extra))


def _answer(body: Mapping[str, object]) -> web.Response:
    return web.Response(body=orjson.dumps(body), content_type="application/json")
