"""What is ahead of a window is read off the window alone."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.maintenance import MaintenanceState
from core.domain.milestones import Deed, ahead, due, next_at
from tests.fakes.moment import NOON
from tests.unit.core.maintenances import a_maintenance

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
START, END = NOON + HOUR, NOON + 3 * HOUR
S = MaintenanceState
RUNNING: dict[str, Any] = {"actual_start_at": START}


def _ahead(state: MaintenanceState = S.SCHEDULED, **changes: Any) -> list[tuple[str, Any]]:
    window = a_maintenance(state, **{"armed_at": NOON - HOUR, **changes})
    return [(str(one.deed), one.at) for one in ahead(window)]


def test_a_scheduled_window_has_its_reminders_and_its_start_ahead() -> None:
    assert _ahead(reminders=(90, 10)) == [
        ("soon", START - 90 * MINUTE),
        ("soon", START - 10 * MINUTE),
        ("start", START),
    ]


def test_a_window_that_somebody_has_to_start_can_lapse() -> None:
    assert _ahead(auto_start=False) == [("due", START), ("lapse", END)]
    assert _ahead(auto_start=False, told=("due",)) == [("lapse", END)]
    assert _ahead(auto_start=False, told=("due", "lapse")) == []


def test_a_running_window_has_its_end_ahead() -> None:
    assert _ahead(S.IN_PROGRESS) == [("ending", END - 15 * MINUTE), ("complete", END)]
    assert _ahead(S.IN_PROGRESS, auto_complete=False, told=("ending",)) == [("overrun", END)]


def test_what_comes_with_the_decision_is_not_announced() -> None:
    assert _ahead(reminders=(60,), armed_at=START - HOUR) == [("start", START)]
    assert _ahead(S.IN_PROGRESS, armed_at=END - 15 * MINUTE) == [("complete", END)]


@pytest.mark.parametrize("state", [S.COMPLETED, S.CANCELED])
def test_what_is_over_has_nothing_ahead(state: MaintenanceState) -> None:
    assert _ahead(state) == []
    assert next_at(a_maintenance(state, armed_at=NOON)) is None


@pytest.mark.parametrize("state", list(S))
def test_the_clock_leaves_records_of_the_past_alone(state: MaintenanceState) -> None:
    assert _ahead(state, armed_at=None) == []


def test_the_last_of_what_has_come_says_it_all() -> None:
    window = a_maintenance(armed_at=NOON - 3 * HOUR, reminders=(90, 60, 10), auto_start=False)

    soon = due(window, START - 30 * MINUTE)
    late = due(window, END)

    assert soon is not None
    assert (soon.deed, soon.told) == (Deed.SOON, ("soon:90", "soon:60"))
    assert late is not None
    assert (late.deed, late.told[-2:]) == (Deed.LAPSE, ("due", "lapse"))
    assert due(window, START - 91 * MINUTE) is None


@given(
    state=st.sampled_from(list(S)),
    minutes=st.integers(-300, 300),
    auto_start=st.booleans(),
    auto_complete=st.booleans(),
    reminders=st.lists(st.integers(1, 300), max_size=5).map(tuple),
    told=st.sets(st.sampled_from(["soon:60", "due", "lapse", "ending", "overrun"])).map(tuple),
)
def test_the_next_look_is_at_the_first_of_what_is_ahead(
    state: MaintenanceState, minutes: int, **changes: Any
) -> None:
    window = a_maintenance(state, armed_at=NOON + minutes * MINUTE, **changes)

    times = [one.at for one in ahead(window)]

    assert times == sorted(times)
    assert next_at(window) == (times[0] if times else None)
    assert (due(window, times[0]) is not None) if times else due(window, END) is None
