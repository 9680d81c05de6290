"""Incidents that have to do with each other, and who may know of one: the pure moves."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from core.domain.ids import ChannelId, IncidentId, UserId
from core.domain.incident import Incident
from core.domain.incident_together import (
    MOST_MEMBERS,
    MOST_RELATED,
    Named,
    change_members,
    may_tell_of,
    merge,
    relate,
    turn,
    unrelate,
)
from core.domain.particulars import RoleAssignment
from core.domain.state import State
from core.domain.viewer import EVERYTHING, NOBODY, Viewer, knowing
from core.errors import IllegalTransition, InvalidInput
from tests.unit.core.incidents import ALICE, LATER, an_incident

BOB, CAROL, DAN = UserId("usr_bob"), UserId("usr_carol"), UserId("usr_dan")
OTHER = IncidentId("inc_other")


def _other(state: State = State.OPEN, **changes: object) -> Incident:
    return replace(an_incident(state), id=OTHER, number=8, **changes)  # type: ignore[arg-type]


def test_what_is_merged_ends_and_names_where_it_goes_on() -> None:
    one, other = replace(an_incident(), update_due_at=LATER), _other()

    merged = merge(one, other, by=ALICE, at=LATER)

    assert (merged.gone.state, merged.gone.merged_into) == (State.CANCELED, OTHER)
    assert (merged.gone.canceled_at, merged.gone.update_due_at) == (LATER, None)
    assert (merged.because.into_id, merged.because.into) == (OTHER, "INC-8")
    assert (merged.stays.state, merged.absorbed.other) == (State.OPEN, one.reference)


def test_whoever_had_to_do_with_the_one_is_a_member_of_the_other() -> None:
    role = RoleAssignment(role_id="rol_1", user_id=CAROL)
    one = replace(an_incident(), created_by=ALICE.user_id, assignee_id=BOB, roles=(role,))

    merged = merge(one, _other(assignee_id=BOB, members=(DAN,)), by=ALICE, at=LATER)

    assert set(merged.stays.members) == {ALICE.user_id, CAROL, DAN}


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (an_incident(), an_incident(), "cannot be merged into itself"),
        (replace(an_incident(), private=True), _other(), "INC-7 is private and INC-8 is not"),
        (an_incident(), _other(private=True), "INC-8 is private and INC-7 is not"),
        (an_incident(State.RESOLVED), _other(), "only what goes on can be merged"),
        (an_incident(), _other(State.RESOLVED), "Reopen it first, or link the two"),
        (an_incident(), _other(State.CANCELED), "nothing can go on there"),
        (an_incident(), _other(published_at=None), "nothing can go on there"),
    ],
)
def test_what_cannot_be_merged_is_refused_with_what_to_do_instead(
    one: Incident, other: Incident, said: str
) -> None:
    with pytest.raises((InvalidInput, IllegalTransition), match=said):
        merge(one, other, by=ALICE, at=LATER)


def test_a_link_is_made_once_and_taken_away_once() -> None:
    one, event = relate(an_incident(), _other(), by=ALICE, at=LATER)
    again, nothing = relate(one, _other(), by=ALICE, at=LATER)
    apart, gone = unrelate(again, OTHER, "INC-8", by=ALICE, at=LATER)
    still, none = unrelate(apart, OTHER, "INC-8", by=ALICE, at=LATER)

    assert event is not None
    assert gone is not None
    assert (one.related, event.other, nothing) == ((OTHER,), "INC-8", None)
    assert (apart.related, gone.other, still, none) == ((), "INC-8", apart, None)


def test_there_are_so_many_links_at_most() -> None:
    full = replace(
        an_incident(), related=tuple(IncidentId(f"inc_{n}") for n in range(MOST_RELATED))
    )

    with pytest.raises(InvalidInput, match="which is the most"):
        relate(full, _other(), by=ALICE, at=LATER)


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        (an_incident(), _other(), True),
        (replace(an_incident(), private=True), _other(), True),
        (an_incident(), _other(private=True), False),
        (
            replace(an_incident(), private=True, created_by=BOB),
            _other(private=True, created_by=BOB, members=(CAROL,)),
            True,
        ),
        (
            replace(an_incident(), private=True, created_by=BOB, members=(DAN,)),
            _other(private=True, created_by=BOB),
            False,
        ),
    ],
)
def test_an_incident_tells_of_another_only_if_all_who_know_of_it_may(
    one: Incident, other: Incident, may: bool
) -> None:
    one, other = replace(one, assignee_id=None), replace(other, assignee_id=None)

    assert may_tell_of(one, other) is may


def test_whoever_makes_it_private_keeps_knowing_and_its_channel_stays_behind() -> None:
    known = replace(an_incident(), created_by=BOB, channel_id=ChannelId("C1"), channel_name="inc-7")

    hidden, event = turn(known, private=True, by=ALICE, at=LATER)
    same, nothing = turn(hidden, private=True, by=ALICE, at=LATER)

    assert event is not None
    assert (event.private, event.turned) == (True, True)
    assert (hidden.members, hidden.channel_id, hidden.channel_name) == ((ALICE.user_id,), None, "")
    assert (same, nothing) == (hidden, None)


def test_its_private_channel_serves_on_when_everybody_may_know_of_it() -> None:
    hidden = replace(an_incident(), private=True, channel_id=ChannelId("G1"), members=(BOB,))

    known, event = turn(hidden, private=False, by=ALICE, at=LATER)

    assert event is not None
    assert (known.private, known.channel_id, known.members) == (False, "G1", (BOB,))


def test_people_are_let_in_and_shut_out_once() -> None:
    hidden = replace(an_incident(), private=True, members=(BOB,))
    bob, carol = Named(id=BOB, name="Bob"), Named(id=CAROL, name="Carol")

    changed, event = change_members(hidden, [bob, carol], [], by=ALICE, at=LATER)
    left, gone = change_members(changed, [], [bob], by=ALICE, at=LATER)
    same, nothing = change_members(left, [carol], [bob], by=ALICE, at=LATER)

    assert event is not None
    assert gone is not None
    assert (changed.members, event.added) == ((BOB, CAROL), ("Carol",))
    assert (left.members, gone.removed) == ((CAROL,), ("Bob",))
    assert (same, nothing) == (left, None)


def test_whoever_works_on_it_cannot_be_shut_out() -> None:
    hidden = replace(an_incident(), private=True, assignee_id=BOB, members=(BOB,))

    with pytest.raises(InvalidInput, match="Bob declared INC-7, leads it or plays a role"):
        change_members(hidden, [], [Named(id=BOB, name="Bob")], by=ALICE, at=LATER)


def test_there_are_so_many_members_at_most() -> None:
    crowd = [Named(id=UserId(f"usr_{n}"), name=str(n)) for n in range(MOST_MEMBERS + 1)]

    with pytest.raises(InvalidInput, match="members at most"):
        change_members(an_incident(), crowd, [], by=ALICE, at=LATER)


@pytest.mark.parametrize(
    "known",
    [
        lambda it: replace(it, created_by=BOB),
        lambda it: replace(it, assignee_id=BOB),
        lambda it: replace(it, members=(BOB,)),
        lambda it: replace(it, roles=(RoleAssignment(role_id="rol_1", user_id=BOB),)),
    ],
)
def test_those_who_may_know_of_it_see_it_and_nobody_else(
    known: Callable[[Incident], Incident],
) -> None:
    incident = known(replace(an_incident(), private=True, created_by=None, assignee_id=None))

    seen = [one.sees(incident) for one in (Viewer(user_id=BOB), EVERYTHING)]
    unseen = [one.sees(incident) for one in (Viewer(user_id=CAROL), NOBODY)]

    assert knowing(incident) == frozenset({BOB})
    assert (seen, unseen) == ([True, True], [False, False])


def test_what_is_not_private_everybody_sees() -> None:
    assert NOBODY.sees(an_incident())
