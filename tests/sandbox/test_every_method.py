"""Every method succeeds, and its answer has every key of Slack's own example the model can know."""

import re
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from sandbox.facts.methods import METHODS
from sandbox.json_types import Json
from tests.sandbox.not_modelled import NOT_MODELLED
from tests.sandbox.reference import read
from tests.sandbox.right_calls import NEVER_RIGHT, RIGHT_CALLS
from tests.sandbox.stage import Stage, staged

# Names of things that stand as keys: one is as good as another.
ID = re.compile(r"^[A-Z][A-Za-z]?[0-9A-Z]{7,}$")


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged(user_scopes=("chat:write",)) as stage:
        stage.names["code"] = "7.code"
        stage.sandbox.world.oauth_codes["7.code"] = ""
        yield stage


def test_every_method_has_a_right_call() -> None:
    assert set(RIGHT_CALLS) | NEVER_RIGHT == set(METHODS)


@pytest.mark.parametrize("method", sorted(NOT_MODELLED))
async def test_what_is_not_modelled_is_really_absent(stage: Stage, method: str) -> None:
    answer = await stage.call(method, **RIGHT_CALLS[method](stage))

    assert set(paths(answer)) & set(NOT_MODELLED[method]) == set()


@pytest.mark.parametrize("method", sorted(RIGHT_CALLS))
async def test_a_success_has_every_key_of_the_documented_example(stage: Stage, method: str) -> None:
    answer = await stage.call(method, **RIGHT_CALLS[method](stage))

    assert answer.pop("ok") is True, answer
    assert missing_keys(method, answer) == []


def missing_keys(method: str, answer: Json) -> list[str]:
    examples = read("methods/methods.json")[method].get("examples") or {}
    example = (examples.get("success") or {}).get("example") or {}
    left_out = NOT_MODELLED.get(method, {})
    given = set(paths(answer))
    return sorted(
        path
        for path in set(paths(example)) - given - {"ok"}
        if not any(path == out or path.startswith(f"{out}.") for out in left_out)
    )


def paths(value: Any, prefix: str = "") -> Iterator[str]:
    """The dotted names of all keys; the elements of a list count together."""
    if isinstance(value, list):
        for item in value:
            yield from paths(item, prefix)
    elif isinstance(value, dict):
        for name, part in value.items():
            known = ID.sub("ID", name)
            yield f"{prefix}{known}"
            yield from paths(part, f"{prefix}{known}.")
