"""When the week is summed up, and what counts of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.actor import Surface
from core.domain.ids import IncidentId
from core.domain.incident import Incident
from core.domain.incident_settings import IncidentSettings, usual_settings
from core.domain.particulars import Mode
from core.domain.severity import Severity
from core.domain.state import State
from core.domain.weekly import Week, days_of, next_summary, week_before, week_of
from core.views import IncidentRow

MONDAY = datetime(2026, 6, 1, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def settings(**parts: Any) -> IncidentSettings:
    return replace(usual_settings(MONDAY), **parts)


def incident(number: int, at: datetime, **parts: Any) -> IncidentRow:
    plain = Incident(
        id=IncidentId(f"inc_{number}"),
        number=number,
        title=f"Trouble {number}",
        severity=Severity.HIGH,
        created_at=at,
        updated_at=at,
        source=Surface.SLACK,
        published_at=at,
    )
    services = (("svc_1", "Checkout"),)
    return IncidentRow.of(replace(plain, **parts), services=services)


def week(*rows: IncidentRow) -> Week:
    return week_of(rows, since=MONDAY, until=MONDAY + 7 * DAY, timezone="UTC")


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (MONDAY, MONDAY + 9 * HOUR),
        (MONDAY + 9 * HOUR, MONDAY + 7 * DAY + 9 * HOUR),
        (MONDAY + 3 * DAY, MONDAY + 7 * DAY + 9 * HOUR),
        (MONDAY - HOUR, MONDAY + 9 * HOUR),
    ],
)
def test_the_next_one_is_on_the_day_and_at_the_hour_of_the_settings(
    after: datetime, expected: datetime
) -> None:
    assert next_summary(settings(), after) == expected


def test_the_clock_of_the_organisation_counts_in_summer_and_in_winter() -> None:
    berlin = settings(timezone="Europe/Berlin")

    assert next_summary(berlin, MONDAY) == MONDAY + 7 * HOUR
    winter = datetime(2026, 12, 7, tzinfo=UTC)
    assert next_summary(berlin, winter) == winter + 8 * HOUR


@given(
    after=st.integers(0, 15 * 366 * 24 * 3_600).map(lambda n: MONDAY + timedelta(seconds=n)),
    weekday=st.integers(0, 6),
    hour=st.integers(0, 23),
    timezone=st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]),
)
def test_there_is_always_one_ahead_within_about_a_week(
    after: datetime, weekday: int, hour: int, timezone: str
) -> None:
    wanted = settings(summary_weekday=weekday, summary_hour=hour, timezone=timezone)

    ahead = next_summary(wanted, after)

    assert after < ahead <= after + 7 * DAY + 2 * HOUR
    since, until = week_before(ahead, timezone)
    assert since < until <= ahead
    assert len(week_of([], since=since, until=until, timezone=timezone).days) == 7


def test_it_counts_what_was_declared_resolved_and_goes_on() -> None:
    rows = [
        incident(1, MONDAY - DAY, state=State.RESOLVED, resolved_at=MONDAY + HOUR),
        incident(2, MONDAY + HOUR, acknowledged_at=MONDAY + 2 * HOUR),
        incident(3, MONDAY + DAY, severity=Severity.CRITICAL),
        incident(4, MONDAY - 10 * DAY),
    ]

    said = week(*rows)

    assert (said.declared, said.before, said.going_on, said.resolved) == (2, 1, 3, 1)
    assert said.by_severity == {Severity.CRITICAL: 1, Severity.HIGH: 1}
    assert said.days[:3] == ({Severity.HIGH: 1}, {Severity.CRITICAL: 1}, {})
    assert (said.resolved_in, said.taken_in) == (25 * HOUR, HOUR)
    assert said.services == (("Checkout", 2),)
    assert said.longest_took == 25 * HOUR


@pytest.mark.parametrize(
    "parts",
    [{"mode": Mode.TEST}, {"mode": Mode.TUTORIAL}, {"private": True}, {"state": State.DRAFT}],
)
def test_rehearsals_drafts_and_private_ones_are_left_out(parts: dict[str, object]) -> None:
    said = week(incident(1, MONDAY + HOUR, **parts))

    assert (said.declared, said.going_on, said.services) == (0, 0, ())


def test_its_days_are_those_of_the_organisations_calendar() -> None:
    since, until = week_before(datetime(2026, 3, 30, 7, tzinfo=UTC), "Europe/Berlin")
    late = incident(1, datetime(2026, 3, 28, 23, 30, tzinfo=UTC))

    said = week_of([late], since=since, until=until, timezone="Europe/Berlin")

    assert until - since == 7 * DAY - HOUR  # the clocks were put forward on the Sunday
    assert [f"{day:%m-%d}" for day in days_of(said)][-1] == "03-29"
    assert said.days[-1] == {Severity.HIGH: 1}


def test_an_unknown_zone_counts_as_utc() -> None:
    assert next_summary(settings(timezone="Atlantis/Deep"), MONDAY) == MONDAY + 9 * HOUR


def test_a_draft_counts_from_when_it_was_published() -> None:
    over = MONDAY + 3 * HOUR
    drafted = incident(
        1, MONDAY, published_at=MONDAY + HOUR, state=State.RESOLVED, resolved_at=over
    )

    assert week(drafted).longest_took == 2 * HOUR
