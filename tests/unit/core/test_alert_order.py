"""In whatever order the statements of a source arrive, they end in the same truth."""

from dataclasses import replace
from datetime import datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.alert import Alert, AlertStatus
from core.domain.state import State
from tests.unit.core.alerts import captured, ended, firing
from tests.unit.core.source import Source, a_source

ORDERS = list(permutations(range(6)))
AGAIN = "48dba0bb82310d5a"
"""The alert that fires again."""
SECOND_EPISODE = {(AGAIN, "2026-11-20T23:29:21.637000+00:00")}
EPISODES = {
    (AGAIN, "23:28:33.432", "23:29:15.577"),
    (AGAIN, "23:29:21.637", "23:40:00.000"),
    ("e7f3b56f7fe43d5f", "23:28:33.432", "23:28:43.552"),
    ("fa02d9566d00a160", "23:28:33.432", "23:29:15.577"),
}
"""As the source sees them once all is over."""


def test_there_are_720_orders_of_six_notifications() -> None:
    assert len(set(ORDERS)) == 720


@pytest.mark.parametrize("first", range(6))
@pytest.mark.parametrize("times", [1, 2])
async def test_every_order_of_the_captures_ends_alike(first: int, times: int) -> None:
    notifications = captured()
    for order in (order for order in ORDERS if order[0] == first):
        source = await a_source()

        for index in order:
            for _ in range(times):
                await source.ring(*notifications[index])

        assert source.open_episodes() == SECOND_EPISODE, order
        assert source.incident().state is State.OPEN, order

        await source.ring(_end_of(notifications[5][0]))

        assert source.incident().state is State.RESOLVED, order
        assert _episodes(source) == EPISODES, order


async def test_the_captures_twice_over_end_alike() -> None:
    source = await a_source()

    for notification in captured() * 2:
        await source.ring(*notification)

    assert source.open_episodes() == SECOND_EPISODE
    assert source.incident().state is State.OPEN


def _end_of(alert: Alert) -> Alert:
    ends_at = alert.starts_at.replace(minute=40, second=0, microsecond=0)
    return replace(alert, status=AlertStatus.RESOLVED, ends_at=ends_at)


def _episodes(source: Source) -> set[tuple[str, str, str]]:
    """Each with its start and its end, and none of them twice."""
    known = source.rows.episodes.values()
    told = {(str(e.fingerprint), _clock(e.starts_at), _clock(e.ends_at)) for e in known}
    assert len(told) == len(known)
    return told


def _clock(moment: datetime | None) -> str:
    return moment.strftime("%H:%M:%S.%f")[:-3] if moment else "never"


async def test_in_the_order_they_were_sent_the_incident_is_resolved_and_reopened() -> None:
    source = await a_source()

    for notification in captured():
        await source.ring(*notification)

    assert source.told() == [
        "IncidentDeclared",
        "AlertsFired",
        "AlertsCleared",
        "IncidentResolved",
        "IncidentReopened",
    ]


# Three episodes of one alert and one of another: each is said to fire, then to have ended, but
# for the last of each, which goes on.
STORY = [
    firing("a", 0), ended("a", 0, 2), firing("a", 3), ended("a", 3, 4), firing("a", 5),
    firing("b", 1),
]  # fmt: skip


async def _told(story: list[Alert]) -> Source:
    source = await a_source()
    for alert in story:
        await source.ring(alert)
    return source


@given(st.permutations(STORY + STORY))
async def test_what_fires_in_the_end_does_not_depend_on_the_order(story: list[Alert]) -> None:
    source = await _told(story)

    assert {fingerprint for fingerprint, _ in source.open_episodes()} == {"a", "b"}
    assert len(source.open_episodes()) == 2
    assert source.incident().active


@given(st.permutations([*STORY, ended("a", 5, 9), ended("b", 1, 9)]))
async def test_when_all_has_ended_the_incident_is_resolved(story: list[Alert]) -> None:
    source = await _told(story)

    assert source.open_episodes() == set()
    assert all(incident.state is State.RESOLVED for incident in source.incidents())
    assert len(source.incidents()) <= 1


@given(st.permutations(STORY), st.integers(min_value=1, max_value=5))
async def test_it_does_not_matter_how_statements_are_packed(story: list[Alert], size: int) -> None:
    source = await a_source()

    for at in range(0, len(story), size):
        await source.ring(*story[at : at + size])

    assert {fingerprint for fingerprint, _ in source.open_episodes()} == {"a", "b"}
    assert len(source.open_episodes()) == 2
    assert source.incident().active
