"""Maintenance: what its times say of its state, and which moves are possible from where."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.domain.actor import Actor
from core.domain.events import (
    MaintenanceCanceled,
    MaintenanceCompleted,
    MaintenanceEdited,
    MaintenanceStarted,
)
from core.domain.maintenance import Maintenance, MaintenanceState
from core.domain.maintenance_times import require_moment, require_window
from core.domain.milestones import Deed, ahead
from core.domain.policy import Policy
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
    assert isinstance(fact, event)
    assert (fact.maintenance_id, fact.reference, fact.title) == (
        "mnt_1",
        "MNT-7",
        "Database upgrade",
    )
    assert (fact.by, fact.at) == (ALICE, LATER)


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


def test_another_start_is_announced_from_the_beginning_and_named_in_the_event() -> None:
    told = a_maintenance(told=("soon:60",), armed_at=NOON)
    start = NOON + timedelta(hours=2)

    moved, event = told.edit({"scheduled_start_at": start}, by=ALICE, at=LATER)

    assert (moved.told, moved.armed_at) == ((), LATER)
    assert event is not None
    assert (event.scheduled_start_at, event.scheduled_end_at) == (start, None)


def test_another_end_is_told_again_and_what_came_before_it_is_not() -> None:
    lapsed = a_maintenance(told=("soon:60", "due", "lapse"), armed_at=NOON)

    moved, _ = lapsed.edit(
        {"scheduled_end_at": NOON + timedelta(hours=4)}, by=ALICE, at=NOON + timedelta(hours=3)
    )

    assert (moved.told, moved.lapsed) == (("soon:60", "due"), False)


def test_other_reminders_are_not_told_for_times_that_have_passed() -> None:
    window = a_maintenance(reminders=(), armed_at=NOON)
    at = NOON + timedelta(minutes=30)

    edited, _ = window.edit({"reminders": (45, 10)}, by=ALICE, at=at)

    assert edited.next_at == NOON + timedelta(minutes=50)


def test_times_that_have_passed_take_a_window_off_the_clock() -> None:
    past = {"scheduled_start_at": NOON - timedelta(hours=2), "scheduled_end_at": NOON}

    moved, _ = a_maintenance(armed_at=NOON).edit(past, by=ALICE, at=LATER)

    assert (moved.armed_at, moved.next_at) == (None, None)


def test_a_record_that_is_started_overruns_rather_than_completes_at_once() -> None:
    written_down = a_maintenance(armed_at=None, scheduled_end_at=LATER)

    started, _ = written_down.start(by=ALICE, at=LATER)

    assert (started.running, started.next_at) == (True, LATER)
    assert [one.deed for one in ahead(started)] == [Deed.OVERRUN]


def test_a_record_that_runs_and_is_extended_is_completed_by_the_clock() -> None:
    record = a_maintenance(S.IN_PROGRESS, armed_at=None)
    until = NOON + timedelta(hours=5)

    extended, _ = record.extend(until, by=ALICE, at=until - timedelta(minutes=5))

    assert extended.next_at == until


def test_nobody_starts_what_was_planned_until_earlier() -> None:
    missed = a_maintenance(armed_at=NOON)

    with pytest.raises(IllegalTransition) as refusal:
        missed.require_startable(missed.scheduled_end_at)

    assert str(refusal.value) == (
        "MNT-7 was planned until 2030-01-01 15:00 UTC and cannot start any more;"
        " move it to other times."
    )


def test_a_window_never_ends_before_it_began() -> None:
    running = a_maintenance(S.IN_PROGRESS, actual_start_at=LATER)

    completed, _ = running.complete(by=ALICE, at=NOON)

    assert (completed.actual_start_at, completed.actual_end_at) == (LATER, LATER)


def test_a_cancellation_keeps_its_reason() -> None:
    canceled, event = a_maintenance().cancel(by=ALICE, at=LATER, reason="No vendor.")

    assert canceled.cancel_reason == "No vendor."
    assert isinstance(event, MaintenanceCanceled)
    assert event.reason == "No vendor."


def test_what_runs_is_not_skipped() -> None:
    with pytest.raises(IllegalTransition, match="it cannot be skipped"):
        a_maintenance(S.IN_PROGRESS).cancel(by=ALICE, at=LATER, skipped=True)


@pytest.mark.parametrize("state", [S.SCHEDULED, S.IN_PROGRESS])
def test_an_extension_is_announced_and_its_end_told_again(state: MaintenanceState) -> None:
    before = a_maintenance(state, told=("soon:60", "ending", "overrun"), armed_at=NOON)
    until = NOON + timedelta(hours=5)

    extended, event = before.extend(until, by=ALICE, at=LATER)

    assert (extended.scheduled_end_at, extended.told) == (until, ("soon:60",))
    assert event is not None
    assert event.scheduled_end_at == until
    assert extended.extend(until, by=ALICE, at=LATER) == (extended, None)


@pytest.mark.parametrize(
    ("until", "why"),
    [
        (NOON + timedelta(hours=2), "is before its present end"),
        (NOON - timedelta(hours=1), "has passed already"),
    ],
)
def test_an_extension_leads_to_a_later_end(until: datetime, why: str) -> None:
    with pytest.raises(InvalidInput, match=why) as refusal:
        a_maintenance(S.IN_PROGRESS).extend(until, by=ALICE, at=NOON)

    assert refusal.value.field == "until"


def test_times_in_a_refusal_are_those_of_the_clock_on_the_wall() -> None:
    window = a_maintenance(S.IN_PROGRESS, timezone="America/New_York")

    with pytest.raises(InvalidInput, match="2030-01-01 06:00 America/New_York has passed"):
        window.extend(NOON - timedelta(hours=1), by=ALICE, at=NOON)


@pytest.mark.parametrize("state", [S.COMPLETED, S.CANCELED])
def test_what_is_over_is_not_extended(state: MaintenanceState) -> None:
    with pytest.raises(IllegalTransition, match="it cannot be extended"):
        a_maintenance(state).extend(NOON + timedelta(hours=5), by=ALICE, at=LATER)


@pytest.mark.parametrize("end", [NOON, NOON - timedelta(microseconds=1)])
def test_a_window_ends_after_it_starts(end: datetime) -> None:
    with pytest.raises(InvalidInput, match="has to end after it starts"):
        require_window(NOON, end, Policy())


def test_a_window_lasts_as_long_as_the_policy_allows() -> None:
    policy = Policy(longest_maintenance=timedelta(hours=36))
    require_window(NOON, NOON + timedelta(hours=36), policy)

    with pytest.raises(InvalidInput, match=r"lasts 1\.5 days at most"):
        require_window(NOON, NOON + timedelta(hours=36, seconds=1), policy)


@pytest.mark.parametrize("at", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_a_time_that_no_calendar_shows_is_refused(at: datetime) -> None:
    with pytest.raises(InvalidInput, match="check the year"):
        require_moment(at, field="scheduled_start_at")


def test_a_schedule_is_told_with_its_times() -> None:
    maintenance = a_maintenance()

    event = maintenance.scheduled(by=Actor(surface=ALICE.surface, name="Bob Baker"), at=NOON)

    assert event.by.name == "Bob Baker"
    assert (event.scheduled_start_at, event.scheduled_end_at) == (
        maintenance.scheduled_start_at,
        maintenance.scheduled_end_at,
    )
