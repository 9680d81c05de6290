"""Which windows cover an alert, asked without any storage."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.ids import MaintenanceId, ServiceId
from core.domain.maintenance import Maintenance, MaintenanceState
from core.domain.suppression import Cover, covers
from tests.unit.core.maintenances import a_maintenance

CHECKOUT, SEARCH = ServiceId("svc_checkout"), ServiceId("svc_search")
LABELS = {"instance": "db-1"}
IN_PROGRESS = MaintenanceState.IN_PROGRESS


def _window(name: str, *, hours: float = 3, **changes: object) -> Maintenance:
    window = a_maintenance(IN_PROGRESS, service_ids=(CHECKOUT,))
    end = window.scheduled_start_at + timedelta(hours=hours)
    window = replace(window, id=MaintenanceId(name), scheduled_end_at=end)
    return replace(window, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("state", MaintenanceState)
def test_a_window_covers_alerts_while_it_is_in_progress_alone(state: MaintenanceState) -> None:
    window = a_maintenance(state, service_ids=(CHECKOUT,), matchers=('instance="db-1"',))
    running = state is IN_PROGRESS

    assert covers(window, CHECKOUT, {}) is running
    assert covers(window, None, LABELS) is running
    assert Cover.of([window], CHECKOUT).nothing is not running


def test_a_source_without_a_service_is_covered_by_labels_alone() -> None:
    window = _window("mnt_1", matchers=('instance="db-1"',))

    cover = Cover.of([window], None)

    assert cover.over(LABELS) is window
    assert cover.over({"instance": "db-2"}) is None
    assert not covers(window, None, {})


def test_a_window_of_other_services_without_matchers_covers_nothing() -> None:
    cover = Cover.of([_window("mnt_1")], SEARCH)

    assert cover.nothing
    assert cover.over(LABELS) is None


def test_the_window_that_ends_last_is_named_whichever_way_it_covers() -> None:
    by_service = _window("mnt_1", hours=5)
    soon = _window("mnt_2", hours=4, service_ids=(), matchers=('instance="db-1"',))
    late = _window("mnt_3", hours=6, service_ids=(), matchers=('instance="db-1"',))

    assert Cover.of([soon, by_service], CHECKOUT).over(LABELS) is by_service
    assert Cover.of([soon, by_service, late], CHECKOUT).over(LABELS) is late
    assert Cover.of([soon, by_service, late], CHECKOUT).over({}) is by_service


def test_of_windows_that_end_together_the_same_one_is_named_each_time() -> None:
    windows = [_window(name) for name in ("mnt_2", "mnt_3", "mnt_1")]

    assert Cover.of(windows, CHECKOUT).over({}) == Cover.of(windows[::-1], CHECKOUT).over({})


def test_a_window_whose_end_had_passed_when_it_was_started_covers_nothing() -> None:
    window = _window("mnt_1", matchers=('instance="db-1"',))
    late = replace(window, actual_start_at=window.scheduled_end_at)

    assert not covers(late, CHECKOUT, LABELS)
    assert Cover.of([late], CHECKOUT).nothing
