"""A place that fails keeps no other one from its turn."""

import pytest

from bot.slack.delivery.one_by_one import Act, one_by_one
from core.ports import Undeliverable, Unreachable

Failure = Undeliverable | Unreachable


def act(done: list[str], name: str, failure: Failure | None = None) -> Act:
    async def perform() -> None:
        done.append(name)
        if failure:
            raise failure

    return perform


async def test_those_after_a_failure_have_their_turn() -> None:
    done: list[str] = []
    failures: dict[str, Failure] = {
        "a": Undeliverable("a is archived."),
        "b": Unreachable("b timed out."),
    }

    with pytest.raises(Unreachable):
        await one_by_one(act(done, name, failures.get(name)) for name in "abc")

    assert done == ["a", "b", "c"]


async def test_it_is_tried_again_as_long_as_that_may_help_any_of_them() -> None:
    failures: list[Failure] = [Undeliverable("a is archived."), Unreachable("b timed out.")]

    with pytest.raises(Unreachable, match=r"^b timed out\.$"):
        await one_by_one(act([], "x", failure) for failure in failures)


async def test_every_reason_is_given_once() -> None:
    reasons = ["#a is archived.", "#b is archived.", "#a is archived."]

    with pytest.raises(Undeliverable, match=r"^#a is archived\. #b is archived\.$"):
        await one_by_one(act([], "x", Undeliverable(reason)) for reason in reasons)


async def test_the_same_reasons_are_the_same_words_in_any_order() -> None:
    reasons = ["#b is archived.", "#a is archived."]

    with pytest.raises(Undeliverable, match=r"^#a is archived\. #b is archived\.$"):
        await one_by_one(act([], "x", Undeliverable(reason)) for reason in reasons)


@pytest.mark.parametrize(
    ("failures", "retry_after", "doubtful"),
    [
        ([Unreachable("a", retry_after=3.0), Unreachable("b", retry_after=7.0)], 7.0, False),
        ([Unreachable("a", retry_after=3.0), Unreachable("b", doubtful=True)], None, True),
        ([Unreachable("a"), Unreachable("b")], None, False),
    ],
)
async def test_several_failures_are_one(
    failures: list[Unreachable], retry_after: float | None, doubtful: bool
) -> None:
    with pytest.raises(Unreachable) as caught:
        await one_by_one(act([], "x", failure) for failure in failures)

    assert (caught.value.retry_after, caught.value.doubtful) == (retry_after, doubtful)


async def test_without_a_failure_nothing_is_raised() -> None:
    done: list[str] = []

    await one_by_one(act(done, name) for name in "ab")

    assert done == ["a", "b"]
