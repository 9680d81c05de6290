"""Keeping within Slack's limits, on a clock that only moves when somebody sleeps."""

from dataclasses import dataclass, field

import pytest

from bot.slack.limits import MINUTE, PATIENCE, POSTS_AT_ONCE, Limits
from core.ports import Unreachable


@dataclass(slots=True)
class Time:
    now: float = 100.0
    naps: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += seconds


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def limits(time: Time) -> Limits:
    return Limits(time, time.sleep)


async def test_a_few_posts_pass_at_once_and_the_next_waits_a_second(
    limits: Limits, time: Time
) -> None:
    for _ in range(POSTS_AT_ONCE):
        await limits.pass_through("T1", "chat.postMessage", "C1")

    await limits.pass_through("T1", "chat.postMessage", "C1")

    assert time.naps == [pytest.approx(1.0)]


async def test_channels_do_not_wait_for_each_other(limits: Limits, time: Time) -> None:
    for _ in range(POSTS_AT_ONCE):
        await limits.pass_through("T1", "chat.postMessage", "C1")

    await limits.pass_through("T1", "chat.postMessage", "C2")

    assert time.naps == []


async def test_a_storm_of_channels_is_put_off_with_the_time_to_come_back(
    limits: Limits, time: Time
) -> None:
    for _ in range(20):
        await limits.pass_through("T1", "conversations.create")
        time.now += 0.5

    with pytest.raises(Unreachable) as refusal:
        await limits.pass_through("T1", "conversations.create")

    assert refusal.value.retry_after == pytest.approx(MINUTE - 10.0)
    assert not refusal.value.doubtful


async def test_no_minute_has_more_new_channels_than_slack_allows(
    limits: Limits, time: Time
) -> None:
    passed: list[float] = []
    while time.now < 400.0:
        try:
            await limits.pass_through("T1", "conversations.create")
        except Unreachable as later:
            time.now += later.retry_after or 0.0
        else:
            passed.append(time.now)
        time.now += 0.1

    crowds = [len([one for one in passed if at <= one < at + 60]) for at in passed]
    assert max(crowds) == 20
    assert len(passed) >= 80


async def test_over_a_minute_no_more_pass_than_the_tier_and_its_burst_allow(
    limits: Limits, time: Time
) -> None:
    passed = 0
    while time.now < 160.0:
        try:
            await limits.pass_through("T1", "conversations.setTopic")
        except Unreachable as later:
            time.now += later.retry_after or 0.0
        else:
            passed += 1

    assert 20 <= passed <= 31


async def test_retry_after_is_honoured_for_that_method_and_channel_alone(
    limits: Limits, time: Time
) -> None:
    limits.pause("T1", "chat.postMessage", "C1", 30)

    with pytest.raises(Unreachable) as refusal:
        await limits.pass_through("T1", "chat.postMessage", "C1")

    assert refusal.value.retry_after == pytest.approx(30.0)
    await limits.pass_through("T1", "chat.postMessage", "C2")
    await limits.pass_through("T1", "chat.update", "C1")
    assert time.naps == []


async def test_a_short_pause_is_waited_for_on_the_spot(limits: Limits, time: Time) -> None:
    limits.pause("T1", "chat.update", "", PATIENCE)

    await limits.pass_through("T1", "chat.update")

    assert time.naps == [pytest.approx(PATIENCE)]


async def test_workspaces_have_buckets_of_their_own(limits: Limits, time: Time) -> None:
    limits.pause("T1", "chat.update", "", 30)

    await limits.pass_through("T2", "chat.update")

    assert time.naps == []
