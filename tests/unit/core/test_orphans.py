"""An end that comes before its start is held, and takes its start in without calling anybody."""

from dataclasses import replace
from itertools import permutations

import pytest

from core.commands import ResolveAlert
from core.domain.alert import Alert, AlertStatus, Dating, Fate
from core.domain.state import State
from core.domain.triage import Begin, Complete, End, Hear, Ignore, Record, triage
from tests.fakes.people import a_caller
from tests.unit.core.alerts import firing, minute
from tests.unit.core.story import Story, a_story
from tests.unit.core.test_keyed_alerts import OPEN, OVER, said

FIRES, RESOLVED = AlertStatus.FIRING, AlertStatus.RESOLVED
ORPHAN = replace(OPEN, starts_at=minute(12), ends_at=minute(12), orphan=True)
LATER = minute(60)


@pytest.mark.parametrize(
    ("dating", "at", "taken"),
    [
        (Dating.MOMENT, 11, True),
        (Dating.MOMENT, 12, True),
        (Dating.MOMENT, 12.1, False),
        (Dating.NONE, 11, True),
        (Dating.NONE, 17, True),
        (Dating.NONE, 17.1, False),
    ],
)
def test_an_orphan_takes_the_start_that_may_be_its_own(
    dating: Dating, at: float, taken: bool
) -> None:
    verdict = triage(said(FIRES, at, dating), ORPHAN, LATER)

    assert isinstance(verdict, Complete if taken else Begin)


def test_an_orphan_whose_end_is_said_again_waits_anew() -> None:
    again = triage(said(RESOLVED, 16), ORPHAN, LATER)
    waiting = replace(ORPHAN, last_at=minute(16))

    assert again == Hear(ORPHAN, minute(16))
    assert triage(said(FIRES, 20), waiting, LATER) == Complete(waiting)


def test_where_all_is_counted_a_start_is_always_news() -> None:
    verdict = triage(replace(said(FIRES, 13), counted=True), ORPHAN, LATER)

    assert isinstance(verdict, Begin)


def test_a_source_that_dates_starts_knows_no_orphans() -> None:
    end = replace(firing("a", 5), status=RESOLVED, ends_at=minute(12))

    assert triage(end, None, LATER) == Record(minute(12))


@pytest.mark.parametrize("dating", [Dating.MOMENT, Dating.NONE])
async def test_a_start_that_comes_after_its_end_calls_nobody(dating: Dating) -> None:
    story = await a_story()
    await story.source.ring(said(RESOLVED, 2, dating))

    start = replace(said(FIRES, 1, dating), summary="p99 is high")
    await story.source.ring(start)

    [episode] = story.episodes()
    assert (episode.firing, episode.orphan) == (False, False)
    assert (episode.summary, episode.fate) == ("p99 is high", Fate.RECORDED)
    assert episode.fate_note == "Its end was heard before its start."
    assert (episode.starts_at, episode.ends_at) == (minute(1), minute(2))
    assert story.source.incidents() == []


async def test_the_next_start_rings() -> None:
    story = await a_story()
    await story.source.ring(said(RESOLVED, 2))
    await story.source.ring(said(FIRES, 3))

    await story.source.ring(said(FIRES, 4))

    assert story.incident().state is State.OPEN


async def test_both_in_one_delivery_call_nobody_either() -> None:
    story = await a_story()

    await story.source.ring(said(RESOLVED, 2), said(FIRES, 1))

    assert story.source.incidents() == []
    assert len(story.episodes()) == 1


async def test_an_end_whose_start_never_comes_is_no_alert_that_was_over() -> None:
    story = await a_story()

    await story.source.ring(said(RESOLVED, 2))

    [episode] = story.episodes()
    assert episode.orphan


@pytest.mark.parametrize(
    ("at", "verdict"),
    [
        (5, Ignore("A later episode of it is known already.")),
        (10, Ignore("It is known already.")),
        (15, Ignore("It has ended already.")),
        (25, Record(minute(30))),
        (30, Record(minute(30))),
        (31, Begin()),
    ],
)
def test_a_start_between_two_ends_has_ended(at: float, verdict: object) -> None:
    over = replace(OVER, last_at=minute(30))

    assert triage(said(FIRES, at, Dating.MOMENT), over, LATER) == verdict


def test_an_end_said_again_later_is_remembered() -> None:
    assert triage(said(RESOLVED, 30, Dating.MOMENT), OVER, LATER) == Hear(OVER, minute(30))
    assert triage(said(RESOLVED, 24), OVER, LATER) == Hear(OVER, minute(24))


def test_an_end_from_before_it_was_last_said_to_fire_ends_nothing() -> None:
    going_on = replace(OPEN, last_at=minute(30))

    assert isinstance(triage(said(RESOLVED, 20, Dating.MOMENT), going_on, LATER), Ignore)
    assert triage(said(RESOLVED, 30, Dating.MOMENT), going_on, LATER) == End(going_on, minute(30))


async def _second(story: Story, *, over_for: float = 6) -> None:
    """The alert was over for so many minutes when the end of its second episode comes."""
    await story.source.ring(said(FIRES, 0))
    await story.source.ring(said(RESOLVED, 1))
    await story.source.ring(said(RESOLVED, 1 + over_for))


async def test_an_end_long_after_the_last_one_takes_one_late_start_in() -> None:
    story = await a_story()
    await _second(story)

    await story.source.ring(said(FIRES, 8))

    assert story.incident().state is State.RESOLVED
    assert [episode.firing for episode in story.episodes()] == [False, False]
    assert story.episodes()[-1].fate_note == "Its end was heard before its start."


async def test_the_start_after_that_rings() -> None:
    story = await a_story()
    await _second(story)
    await story.source.ring(said(FIRES, 8))

    await story.source.ring(said(FIRES, 9))

    assert len(story.episodes()) == 3
    assert story.episodes()[-1].firing


async def test_the_same_end_said_twice_holds_no_start_back() -> None:
    story = await a_story()
    await _second(story, over_for=1)

    await story.source.ring(said(FIRES, 3))

    assert story.incident().state is State.OPEN


@pytest.mark.parametrize("known", [False, True])
async def test_a_source_that_keeps_saying_that_all_is_well_holds_no_start_back(
    known: bool,
) -> None:
    story = await a_story()
    if known:
        await story.source.ring(said(FIRES, 0))
    for at in range(1, 30, 4):
        await story.source.ring(said(RESOLVED, at))

    await story.source.ring(said(FIRES, 31))

    assert story.episodes()[-1].firing


async def test_the_end_of_what_people_ended_holds_no_start_back() -> None:
    story = await a_story()
    await story.source.ring(said(FIRES, 0))
    caller = a_caller(story.source.organization_id)
    await story.do(ResolveAlert(caller=caller, alert_id=story.episodes()[0].id))
    await story.source.ring(said(RESOLVED, 140))

    await story.source.ring(said(FIRES, 142))

    assert [episode.firing for episode in story.episodes()] == [False, True]


def test_where_all_is_counted_an_end_after_the_end_says_nothing() -> None:
    verdict = triage(replace(said(RESOLVED, 40), counted=True), OVER, LATER)

    assert verdict == Ignore("It has ended already.")


STORY = [
    (FIRES, 0), (RESOLVED, 2), (FIRES, 3), (RESOLVED, 4), (FIRES, 5),
]  # fmt: skip


def _statements(last: int) -> list[Alert]:
    return [said(status, at, Dating.MOMENT) for status, at in STORY[:last]]


@pytest.mark.parametrize(("last", "fires"), [(5, True), (4, False), (2, False)])
@pytest.mark.parametrize("times", [1, 2])
async def test_dated_statements_end_in_the_same_truth_in_every_order(
    last: int, fires: bool, times: int
) -> None:
    for order in permutations(_statements(last)):
        story = await a_story()

        for alert in order:
            for _ in range(times):
                await story.source.ring(alert)

        firing_now = any(episode.firing for episode in story.episodes())
        assert firing_now is fires, [(alert.status, alert.starts_at) for alert in order]
