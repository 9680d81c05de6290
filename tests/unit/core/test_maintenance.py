"""Maintenance: what its times say of its state, and which moves are possible from where."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from core.domain.actor import Actor
from core.domain.events import (
    MaintenanceCanceled,
    MaintenanceCompleted,
    MaintenanceEdited,
    MaintenanceStarted,
)
from core.domain.maintenance import LONGEST, Maintenance, MaintenanceState, require_window
from core.errors import IllegalTransition, InvalidInput
from tests.fakes.moment import NOON
from tests.unit.core.maintenances import ALICE, LATER, a_maintenance

S = MaintenanceState
STATES = list(MaintenanceState)
Move = Callable[..., tuple[Maintenance, Any]]
MOVES: dict[str, Move] = {
    "start": Maintenance.start,
    "complete": Maintenance.complete,
    "cancel": Maintenance.cancel,
}
LEADS = {
    ("start", S.SCHEDULED): S.IN_PROGRESS,
    ("start", S.IN_PROGRESS): S.IN_PROGRESS,
    ("complete", S.IN_PROGRESS): S.COMPLETED,
    ("complete", S.COMPLETED): S.COMPLETED,
    ("cancel", S.SCHEDULED): S.CANCELED,
    ("cancel", S.IN_PROGRESS): S.CANCELED,
    ("cancel", S.CANCELED): S.CANCELED,
}
ALL = [(move, state) for move in MOVES for state in STATES]


@pytest.mark.parametrize("state", STATES)
def test_the_state_is_read_off_the_times(state: MaintenanceState) -> None:
    assert a_maintenance(state).state is state


def test_canceled_wins_over_begun() -> None:
    assert a_maintenance(S.IN_PROGRESS, canceled_at=LATER).state is S.CANCELED


@pytest.mark.parametrize(("move", "state"), ALL)
def test_a_move_leads_where_the_table_says_or_is_refused(
    move: str, state: MaintenanceState
) -> None:
    before = a_maintenance(state)
    wanted = LEADS.get((move, state))

    if wanted is None:
        with pytest.raises(IllegalTransition, match=r"^MNT-7 is [a-z ]+; it cannot .+\.$"):
            MOVES[move](before, by=ALICE, at=LATER)
        return
    after, event = MOVES[move](before, by=ALICE, at=LATER)

    assert after.state is wanted
    assert (event is None) == (after == before) == (state is wanted)


@pytest.mark.parametrize(
    ("state", "move", "field", "event"),
    [
        (S.SCHEDULED, Maintenance.start, "actual_start_at", MaintenanceStarted),
        (S.IN_PROGRESS, Maintenance.complete, "actual_end_at", MaintenanceCompleted),
        (S.IN_PROGRESS, Maintenance.cancel, "canceled_at", MaintenanceCanceled),
    ],
)
def test_a_move_notes_when_it_was_made(
    state: MaintenanceState, move: Move, field: str, event: type[Any]
) -> None:
    after, fact = move(a_maintenance(state), by=ALICE, at=LATER)

    assert (getattr(after, field), after.updated_at) == (LATER, LATER)
    assert fact == event(
        maintenance_id="mnt_1", reference="MNT-7", title="Database upgrade", by=ALICE, at=LATER
    )


def test_an_edit_names_what_it_changed() -> None:
    end = NOON + timedelta(hours=4)
    wanted = {"title": "Database upgrade", "scheduled_end_at": end, "audience": ("acme",)}

    after, event = a_maintenance().edit(wanted, by=ALICE, at=LATER)

    assert (after.scheduled_end_at, after.audience, after.updated_at) == (end, ("acme",), LATER)
    assert isinstance(event, MaintenanceEdited)
    assert event.fields == ("end", "audience")


def test_an_edit_that_changes_nothing_is_none() -> None:
    before = a_maintenance()

    assert before.edit({"title": before.title}, by=ALICE, at=LATER) == (before, None)


@pytest.mark.parametrize("state", [S.IN_PROGRESS, S.COMPLETED, S.CANCELED])
def test_nothing_is_edited_after_the_start(state: MaintenanceState) -> None:
    with pytest.raises(IllegalTransition, match="it cannot be changed"):
        a_maintenance(state).edit({"title": "Another"}, by=ALICE, at=LATER)


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"scheduled_end_at": NOON}, "scheduled_end_at"),
        ({"scheduled_start_at": NOON + timedelta(hours=3)}, "scheduled_start_at"),
        (
            {"scheduled_start_at": LATER, "scheduled_end_at": LATER - timedelta(seconds=1)},
            "scheduled_end_at",
        ),
    ],
)
def test_an_edit_keeps_the_end_after_the_start(wanted: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput, match="has to end after it starts") as refusal:
        a_maintenance().edit(wanted, by=ALICE, at=LATER)

    assert refusal.value.field == field


@pytest.mark.parametrize("end", [NOON, NOON - timedelta(microseconds=1)])
def test_a_window_ends_after_it_starts(end: datetime) -> None:
    with pytest.raises(InvalidInput, match="has to end after it starts"):
        require_window(NOON, end)


def test_a_window_lasts_a_year_at_most() -> None:
    require_window(NOON, NOON + LONGEST)

    with pytest.raises(InvalidInput, match="at most"):
        require_window(NOON, NOON + LONGEST + timedelta(seconds=1))


def test_a_schedule_is_told_with_its_times() -> None:
    maintenance = a_maintenance()

    event = maintenance.scheduled(by=Actor(surface=ALICE.surface, name="Bob Baker"), at=NOON)

    assert event.by.name == "Bob Baker"
    assert (event.scheduled_start_at, event.scheduled_end_at) == (
        maintenance.scheduled_start_at,
        maintenance.scheduled_end_at,
    )
