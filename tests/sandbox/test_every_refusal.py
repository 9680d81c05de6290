"""Whatever a method is sent, it refuses as Slack documents it, and a refusal changes nothing."""

import json
import pickle
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any

import pytest

from sandbox.facts.common_errors import ALWAYS_POSSIBLE
from sandbox.facts.methods import METHODS
from sandbox.installing import install
from sandbox.json_types import Json
from sandbox.model.snapshot import restore, snapshot
from sandbox.model.workspace import Workspace
from tests.sandbox.right_calls import NEVER_RIGHT, RIGHT_CALLS
from tests.sandbox.stage import Stage, staged

# Each in place of every argument of every method, as JSON or, where Slack takes none, in a form.
GARBAGE: tuple[Any, ...] = (
    None,
    "",
    " ",
    "garbage \u202e ☃ 💥",
    "0",
    "-1",
    "99999999999999999999",
    "1.5",
    "nan",
    "true",
    "[]",
    "{}",
    "{",
    "null",
    '["x"]',
    '{"type": "modal"}',
    "x" * 5_000,
    0,
    -1,
    10**30,
    1.5,
    True,
    [],
    {},
    [None],
    [[]],
    [{}],
    {"blocks": None},
    {"type": "modal", "title": 7, "blocks": {}},
    [{"type": "section", "text": []}],
)
# Counters that a refused call may move on: nothing can be seen of them.
INVISIBLE = frozenset({"ids", "last_ts"})
# What a crash of the sandbox is answered with.
SANDBOX_FAILED = "fatal_error"
# It answers the error it is told to.
ECHO = "api.test"


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as stage:
        stage.names["code"] = "7.code"
        stage.sandbox.world.oauth_codes["7.code"] = ""
        yield stage


def visible(state: Json) -> Json:
    return {name: part for name, part in state.items() if name not in INVISIBLE}


def pickled(workspace: Workspace, state: Json) -> bytes:
    """All of it that a snapshot holds: where this is the same, so is the snapshot, which takes ten
    times as long."""
    return pickle.dumps([getattr(workspace, name, None) for name in visible(state)])


def names_of(method: str) -> list[str]:
    return sorted({*METHODS[method].arguments, *METHODS[method].required})


def right_call(stage: Stage, method: str) -> Json:
    return {} if method in NEVER_RIGHT else RIGHT_CALLS[method](stage)


def as_form(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


async def send(stage: Stage, method: str, arguments: Json) -> Json:
    if METHODS[method].takes_json:
        return await stage.post(method, json=arguments)
    return await stage.post(method, data={name: as_form(arguments[name]) for name in arguments})


async def refuse_properly(stage: Stage, method: str, calls: Iterable[Json]) -> None:
    """Each call is either not refused at all, or as documented and without a trace."""
    documented = (ALWAYS_POSSIBLE | set(METHODS[method].errors)) - {SANDBOX_FAILED}
    world = stage.sandbox.world
    before = snapshot(world.workspace)
    bytes_before = pickled(world.workspace, before)
    for arguments in calls:
        answer = await send(stage, method, arguments)
        if answer["ok"]:
            restore(world.workspace, before)
            install(world.app, world.workspace, world.credentials)
            bytes_before = pickled(world.workspace, before)
        elif method != ECHO:
            assert answer["error"] in documented, (method, arguments, answer)
            if pickled(world.workspace, before) == bytes_before:
                continue
            after = visible(snapshot(world.workspace))
            assert after == visible(before), (method, arguments, answer)


def incomplete(stage: Stage, method: str) -> Iterator[Json]:
    yield {}
    for name in METHODS[method].required:
        arguments = right_call(stage, method)
        arguments.pop(name, None)
        yield arguments


def spoiled(stage: Stage, method: str) -> Iterator[Json]:
    """The right call, with garbage for one argument after the other."""
    for name in names_of(method):
        for garbage in GARBAGE:
            yield {**right_call(stage, method), name: garbage}


def mixtures(method: str) -> Iterator[Json]:
    """All arguments garbage at once, each of its own kind."""
    for shift in range(len(GARBAGE)):
        yield {
            name: GARBAGE[(shift + place * 7) % len(GARBAGE)]
            for place, name in enumerate(names_of(method))
        }


@pytest.mark.parametrize("method", sorted(METHODS))
async def test_a_call_that_lacks_something_is_refused_without_a_trace(
    stage: Stage, method: str
) -> None:
    await refuse_properly(stage, method, [*incomplete(stage, method), *mixtures(method)])


@pytest.mark.parametrize("method", sorted(METHODS))
async def test_garbage_is_refused_without_a_trace(stage: Stage, method: str) -> None:
    await refuse_properly(stage, method, spoiled(stage, method))
