"""The state machine, state by state and along random walks."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.events import IncidentReopened, IncidentResolved, IncidentSnoozed
from core.domain.ids import UserId
from core.domain.state import ACTIVE, MOVES, OVER, Phase, State
from core.errors import IllegalTransition
from tests.fakes.moment import NOON
from tests.unit.core.incidents import ALICE, LATER, MOVERS, Moved, a_draft, an_incident

DOCUMENTED = {
    (State.DRAFT, State.OPEN), (State.DRAFT, State.RESOLVED),
    (State.OPEN, State.ACKNOWLEDGED), (State.OPEN, State.SNOOZED), (State.OPEN, State.SUPPRESSED),
    (State.OPEN, State.RESOLVED), (State.OPEN, State.CANCELED),
    (State.ACKNOWLEDGED, State.OPEN), (State.ACKNOWLEDGED, State.SNOOZED),
    (State.ACKNOWLEDGED, State.RESOLVED), (State.ACKNOWLEDGED, State.CANCELED),
    (State.SNOOZED, State.OPEN), (State.SNOOZED, State.ACKNOWLEDGED),
    (State.SNOOZED, State.RESOLVED), (State.SNOOZED, State.CANCELED),
    (State.SUPPRESSED, State.OPEN), (State.SUPPRESSED, State.ACKNOWLEDGED),
    (State.SUPPRESSED, State.RESOLVED), (State.SUPPRESSED, State.CANCELED),
    (State.RESOLVED, State.OPEN), (State.RESOLVED, State.CLOSED),
    (State.CLOSED, State.OPEN),
}  # fmt: skip
LEGAL = sorted(DOCUMENTED)
ILLEGAL = sorted(
    (here, there)
    for here in State
    for there in MOVERS
    if here is not there and (here, there) not in DOCUMENTED
)
WALKS = st.lists(st.sampled_from(sorted(MOVERS)), max_size=12)


def test_the_table_of_moves_is_the_documented_one() -> None:
    assert {(here, there) for here in State for there in MOVES[here]} == DOCUMENTED


@pytest.mark.parametrize(("here", "there"), LEGAL)
def test_documented_moves_are_legal(here: State, there: State) -> None:
    moved, event = MOVERS[there](an_incident(here), ALICE, LATER)

    assert moved.state is there
    assert moved.updated_at == LATER
    assert event is not None
    assert (event.incident_id, event.by, event.at) == (moved.id, ALICE, LATER)


@pytest.mark.parametrize(("here", "there"), ILLEGAL)
def test_any_other_move_is_refused_in_a_sentence(here: State, there: State) -> None:
    with pytest.raises(IllegalTransition, match=rf"^INC-7 is {here}; it cannot become {there}\."):
        MOVERS[there](an_incident(here), ALICE, LATER)


@pytest.mark.parametrize(
    ("here", "there", "mend"),
    [
        (State.OPEN, State.CLOSED, " Resolve it first."),
        (State.ACKNOWLEDGED, State.CLOSED, " Resolve it first."),
        (State.DRAFT, State.CLOSED, " Resolve it first."),
        (State.DRAFT, State.ACKNOWLEDGED, " Publish it first."),
        (State.ACKNOWLEDGED, State.SUPPRESSED, " Reopen it first."),
        (State.RESOLVED, State.SNOOZED, " Reopen it first."),
        (State.CLOSED, State.RESOLVED, " Reopen it first."),
        (State.CANCELED, State.OPEN, ""),
    ],
)
def test_a_refused_move_names_the_way_that_leads_there(
    here: State, there: State, mend: str
) -> None:
    with pytest.raises(IllegalTransition, match=rf"cannot become {there}\.{mend}$"):
        MOVERS[there](an_incident(here), ALICE, LATER)


@pytest.mark.parametrize("state", sorted(MOVERS))
def test_a_repeated_move_changes_nothing(state: State) -> None:
    incident = an_incident(state)

    assert MOVERS[state](incident, ALICE, LATER) == (incident, None)


def test_publishing_what_is_published_changes_nothing() -> None:
    incident = an_incident(State.RESOLVED)

    assert incident.publish(by=ALICE, at=LATER) == (incident, None)


def test_a_draft_is_published_rather_than_reopened() -> None:
    with pytest.raises(IllegalTransition, match="INC-7 is a draft; publish it instead"):
        a_draft().reopen(by=ALICE, at=LATER)


def _walk(steps: list[State]) -> list[Moved]:
    """The incident after each step that was possible, and the event of that step."""
    incident, path = a_draft(), list[Moved]()
    for minute, step in enumerate(steps, start=1):
        try:
            incident, event = MOVERS[step](incident, ALICE, NOON + timedelta(minutes=minute))
        except IllegalTransition:
            continue
        path.append((incident, event))
    return path


@given(WALKS)
def test_times_tell_the_same_story_as_the_state(steps: list[State]) -> None:
    for incident, _ in _walk(steps):
        assert bool(incident.resolved_at) == (incident.state in {State.RESOLVED, State.CLOSED})
        assert bool(incident.resolved_by) == bool(incident.resolved_at)
        assert bool(incident.closed_at) == (incident.state is State.CLOSED)
        assert bool(incident.canceled_at) == (incident.state is State.CANCELED)
        assert incident.active == (incident.state in ACTIVE)
        if incident.state is State.ACKNOWLEDGED:
            assert incident.acknowledged_at
        if incident.state is State.OPEN:
            assert not incident.acknowledged_at
        if incident.state in ACTIVE:
            assert incident.published_at
            assert incident.phase is not Phase.RESOLVED


@given(WALKS)
def test_every_change_has_its_event_and_every_repetition_none(steps: list[State]) -> None:
    before = a_draft()
    for incident, event in _walk(steps):
        assert (event is None) == (incident == before)
        assert (event is None) == (incident.state is before.state)
        before = incident


@given(WALKS)
def test_what_is_canceled_stays_so(steps: list[State]) -> None:
    states = [incident.state for incident, _ in _walk(steps)]

    assert State.CANCELED not in states or set(states[states.index(State.CANCELED) :]) == {
        State.CANCELED
    }


def test_the_first_acknowledgement_is_remembered() -> None:
    bob = replace(ALICE, name="Bob Baker", user_id=UserId("usr_bob"))
    snoozed, _ = an_incident(State.ACKNOWLEDGED).snooze(None, by=ALICE, at=NOON)

    again, event = snoozed.acknowledge(by=bob, at=LATER)

    assert (again.acknowledged_at, again.acknowledged_by) == (NOON, ALICE.user_id)
    assert event is not None
    assert event.by == bob


def test_an_acknowledgement_by_a_program_is_not_ascribed_to_the_next_person() -> None:
    program = replace(ALICE, name="a key", user_id=None)
    acknowledged, _ = an_incident().acknowledge(by=program, at=NOON)
    snoozed, _ = acknowledged.snooze(None, by=program, at=NOON)

    again, _ = snoozed.acknowledge(by=ALICE, at=LATER)

    assert (again.acknowledged_at, again.acknowledged_by) == (NOON, None)


def test_snoozing_until_another_time_is_another_event() -> None:
    snoozed, _ = an_incident().snooze(LATER, by=ALICE, at=NOON)

    longer, event = snoozed.snooze(LATER + timedelta(hours=1), by=ALICE, at=NOON)

    assert longer.snoozed_until == LATER + timedelta(hours=1)
    assert isinstance(event, IncidentSnoozed)


@pytest.mark.parametrize("state", sorted(MOVES[State.SNOOZED]))
def test_leaving_the_snooze_forgets_its_end(state: State) -> None:
    snoozed, _ = an_incident().snooze(LATER, by=ALICE, at=NOON)

    moved, _ = MOVERS[state](snoozed, ALICE, NOON)

    assert moved.snoozed_until is None


@pytest.mark.parametrize("state", sorted(OVER - {State.CANCELED}))
def test_reopening_what_was_over_begins_to_investigate_anew(state: State) -> None:
    reopened, event = an_incident(state).reopen("It is back.", by=ALICE, at=LATER)

    assert reopened.phase is Phase.INVESTIGATING
    assert isinstance(event, IncidentReopened)
    assert (event.before, event.reason) == (state, "It is back.")


def test_waking_a_snoozed_incident_keeps_its_phase() -> None:
    snoozed = replace(an_incident(State.SNOOZED), phase=Phase.IDENTIFIED)

    woken, _ = snoozed.reopen(by=ALICE, at=LATER)

    assert woken.phase is Phase.IDENTIFIED


def test_a_draft_resolves_quietly() -> None:
    resolved, event = a_draft().resolve(by=ALICE, at=LATER)

    assert isinstance(event, IncidentResolved)
    assert event.quietly
    assert resolved.published_at is None


def test_reopening_what_was_never_published_publishes_it() -> None:
    resolved, _ = a_draft().resolve(by=ALICE, at=NOON)

    reopened, _ = resolved.reopen(by=ALICE, at=LATER)

    assert reopened.published_at == LATER
