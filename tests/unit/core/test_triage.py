"""What one alert means for the episodes known so far, case by case."""

from dataclasses import replace

import pytest

from core.domain.alert import Alert, Episode
from core.domain.ids import EpisodeId, IntegrationId
from core.domain.severity import Severity
from core.domain.triage import Begin, End, Ignore, Recall, Record, Verdict, triage
from tests.unit.core.alerts import ended, firing, minute


def _episode(since: float, until: float | None = None) -> Episode:
    alert = firing("a", since)
    return Episode(
        id=EpisodeId("alr_1"),
        integration_id=IntegrationId("int_1"),
        fingerprint=alert.fingerprint,
        starts_at=alert.starts_at,
        ends_at=None if until is None else minute(until),
        name=alert.name,
        severity=Severity.HIGH,
        summary="",
        labels={},
        links={},
    )


OPEN, OVER = _episode(10), _episode(10, 20)
KNOWN = Ignore("It is known already.")
LATER_KNOWN = Ignore("A later episode of it is known already.")


@pytest.mark.parametrize(
    ("alert", "latest", "verdict"),
    [
        (firing(since=10), None, Begin()),
        (firing(since=10), OPEN, KNOWN),
        (firing(since=10), OVER, KNOWN),
        (firing(since=5), OPEN, LATER_KNOWN),
        (firing(since=5), OVER, LATER_KNOWN),
        (firing(since=30), OPEN, Begin(supersedes=OPEN)),
        (firing(since=30), OVER, Begin()),
        (ended(since=10, until=20), None, Record(minute(20))),
        (ended(since=10, until=20), OPEN, End(OPEN, minute(20))),
        (ended(since=10, until=25), OVER, Ignore("It has ended already.")),
        (ended(since=5, until=8), OPEN, Recall(minute(8))),
        (ended(since=5, until=8), OVER, Recall(minute(8))),
        (ended(since=30, until=40), OPEN, Record(minute(40), supersedes=OPEN)),
        (ended(since=30, until=40), OVER, Record(minute(40))),
    ],
)
def test_source_time_decides(alert: Alert, latest: Episode | None, verdict: Verdict) -> None:
    assert triage(alert, latest, minute(60)) == verdict


def test_an_end_before_its_start_is_the_start() -> None:
    assert triage(ended(since=10, until=3), OPEN, minute(60)) == End(OPEN, minute(10))


def test_an_end_without_a_time_is_the_start() -> None:
    endless = replace(ended(since=10), ends_at=None)

    assert triage(endless, None, minute(60)) == Record(minute(10))


def test_an_end_that_was_dated_back_still_ends_what_fires() -> None:
    end = ended(since=5, until=20)

    assert triage(end, OPEN, minute(60)) == End(OPEN, minute(20))


def test_an_end_whose_start_lies_in_the_future_is_taken_when_it_comes() -> None:
    begun_late = _episode(90)

    verdict = triage(ended(since=12, until=12), begun_late, minute(15))

    assert verdict == End(begun_late, minute(90))
