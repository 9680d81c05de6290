"""An alert that comes and goes is told of once, and again when it is steady."""

import pytest

from core.commands import ResolveIncident
from core.domain.events import AlertsFlapping, AlertsSteady
from core.domain.flapping import flaps
from core.domain.source_settings import SourceSettings
from core.domain.state import State
from core.domain.timer import TimerKind
from tests.fakes.people import a_caller
from tests.unit.core.alerts import ended, firing, minute
from tests.unit.core.story import Story, a_story

STEADY = {"minutes": 10}
"""A third of the half hour in which starts are counted."""


async def _flap(story: Story, times: int, *, since: float = 0, fingerprint: str = "a") -> None:
    """Each minute it comes for half a minute; it has gone in the end."""
    for at in range(times):
        await story.source.ring(firing(fingerprint, since + at))
        await story.source.ring(ended(fingerprint, since + at, since + at + 0.5))


@pytest.mark.parametrize(
    ("starts", "at", "expected"),
    [
        ((0, 1, 2), 2, False),
        ((0, 1, 2, 3), 3, True),
        ((0, 1, 2, 3, 3), 3, True),
        ((0, 10, 20, 29.9), 29.9, True),
        ((0, 10, 20, 30), 30, False),
        ((1, 2, 3, 4), 3, False),
    ],
)
def test_so_many_starts_within_the_window_are_flapping(
    starts: tuple[float, ...], at: float, expected: bool
) -> None:
    assert flaps(map(minute, starts), minute(at), SourceSettings()) is expected


def test_without_a_count_nothing_is_flapping() -> None:
    assert not flaps([minute(0)], minute(0), SourceSettings(flap_count=0))


async def test_the_fourth_start_within_half_an_hour_is_told_once_and_then_no_more() -> None:
    story = await a_story()

    await _flap(story, 20)

    assert story.told() == [
        "IncidentDeclared",
        *["IncidentResolved", "IncidentReopened"] * 3,
        "AlertsFlapping",
    ]
    [event] = story.events(AlertsFlapping)
    assert (event.count, event.names) == (1, ("Alert a",))
    assert len(story.episodes()) == 20


async def test_while_it_flaps_the_incident_is_not_resolved() -> None:
    story = await a_story()

    await _flap(story, 6)
    await story.wait(minutes=9.9)

    assert story.source.open_episodes() == set()
    assert story.incident().state is State.OPEN


async def test_once_it_stays_away_that_is_told_and_the_incident_is_resolved() -> None:
    story = await a_story()
    await _flap(story, 6)

    await story.wait(**STEADY)

    assert story.told()[-3:] == ["AlertsFlapping", "AlertsSteady", "IncidentResolved"]
    [steady] = story.events(AlertsSteady)
    assert (steady.count, steady.names, steady.firing) == (1, ("Alert a",), False)
    assert not any(episode.flapping for episode in story.episodes())


async def test_once_it_goes_on_that_is_told_and_the_incident_lives() -> None:
    story = await a_story()
    await _flap(story, 5)
    await story.source.ring(firing("a", 5))

    await story.wait(**STEADY)

    [steady] = story.events(AlertsSteady)
    assert steady.firing
    assert story.incident().state is State.OPEN


async def test_every_start_and_every_end_puts_the_steadiness_off() -> None:
    story = await a_story()
    await _flap(story, 4)

    for at in range(4, 10):
        await story.wait(minutes=9)
        await story.source.ring(firing("a", at))
        await story.wait(minutes=9)
        await story.source.ring(ended("a", at, at + 0.5))

    assert story.told()[-1] == "AlertsFlapping"
    assert story.incident().active


async def test_what_ends_for_good_after_it_was_steady_resolves_at_once() -> None:
    story = await a_story()
    await _flap(story, 5)
    await story.source.ring(firing("a", 5))
    await story.wait(**STEADY)

    await story.source.ring(ended("a", 5, 40))

    assert story.incident().state is State.RESOLVED


async def test_others_in_the_incident_are_told_as_ever() -> None:
    story = await a_story()
    await _flap(story, 4)

    await story.source.ring(firing("b", 4))
    await story.source.ring(firing("a", 5), firing("c", 5))
    await story.source.ring(ended("a", 5, 5.5), ended("b", 4, 5.5))

    assert story.told()[-4:] == ["AlertsFlapping", "AlertsFired", "AlertsFired", "AlertsCleared"]


async def test_several_that_begin_to_flap_together_are_told_in_one_line() -> None:
    story = await a_story()

    for at in range(5):
        await story.source.ring(*(firing(name, at) for name in "abcde"))
        await story.source.ring(*(ended(name, at, at + 0.5) for name in "abcde"))

    [event] = story.events(AlertsFlapping)
    assert (event.count, event.names) == (5, ("Alert a", "Alert b", "Alert c"))


async def test_a_whole_story_in_one_delivery_is_noticed_as_well() -> None:
    story = await a_story()

    told = [half for at in range(6) for half in (firing("a", at), ended("a", at, at + 0.5))]
    await story.source.ring(*told, firing("a", 6))

    assert story.told() == ["IncidentDeclared", "AlertsFlapping"]


async def test_restarts_without_a_pause_are_not_flapping() -> None:
    story = await a_story()

    for at in range(10):
        await story.source.ring(firing("a", at))

    assert story.told() == ["IncidentDeclared"]


async def test_where_a_source_is_set_up_so_it_never_flaps() -> None:
    story = await a_story(flap_count=0)

    await _flap(story, 6)

    assert story.events(AlertsFlapping) == []
    assert story.incident().state is State.RESOLVED


async def test_how_many_starts_in_how_long_is_a_setting() -> None:
    story = await a_story(flap_count=2, flap_window=60)

    await _flap(story, 1)
    await story.source.ring(firing("a", 0.9))
    await story.source.ring(ended("a", 0.9, 1))
    await story.wait(seconds=20)

    assert story.told()[-3:] == ["AlertsFlapping", "AlertsSteady", "IncidentResolved"]


async def test_where_the_source_resolves_nothing_only_its_steadiness_is_told() -> None:
    story = await a_story(auto_resolve=False)
    await _flap(story, 5)

    await story.wait(**STEADY)

    assert story.told()[-1] == "AlertsSteady"
    assert story.incident().state is State.OPEN


async def test_of_an_incident_that_a_person_resolved_nothing_more_is_told() -> None:
    story = await a_story()
    await _flap(story, 5)
    caller = a_caller(story.source.organization_id)
    await story.do(ResolveIncident(caller=caller, incident_id=story.incident().id))

    await story.wait(**STEADY)

    assert story.told()[-1] == "IncidentResolved"
    assert not story.waits(TimerKind.GRACE)
    assert not any(episode.flapping for episode in story.episodes())


async def test_an_acknowledged_incident_is_not_called_to_what_flaps() -> None:
    story = await a_story()
    await story.source.ring(firing("always", 0))
    await _flap(story, 4)
    await story.acknowledge()
    before = story.told()

    await _flap(story, 4, since=4)

    assert story.told() == before
