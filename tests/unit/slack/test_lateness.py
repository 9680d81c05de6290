"""What is passed over once it is old: what alerts did, as the card and their list say it."""

from datetime import timedelta
from typing import Any

import pytest

from bot.slack.delivery.lateness import OLD, is_old, still_worth_telling
from core.domain import events as e
from core.domain.actor import Actor, Surface
from core.domain.ids import EntryId, IncidentId, NoteId
from core.domain.severity import Severity
from core.domain.state import State
from core.views import TimelineEntry
from tests.unit.slack.cards import THEN, a_card, an_incident

SOURCE = Actor(surface=Surface.WEBHOOK, name="Prometheus")
CLOCK = Actor(surface=Surface.SCHEDULER, name="Tocsin")
ALICE = Actor(surface=Surface.SLACK, name="Alice Archer")
FIRING = a_card(alerts=3, firing=2)


def entries(*events: e.Event) -> list[TimelineEntry]:
    return [
        TimelineEntry(id=EntryId(f"ent_{n}"), at=THEN, event=one) for n, one in enumerate(events)
    ]


def fact(**fields: Any) -> dict[str, Any]:
    return {"by": SOURCE, "at": THEN, "incident_id": IncidentId("inc_7"), **fields}


def fired(*, calls: bool = True) -> e.AlertsFired:
    return e.AlertsFired(**fact(), count=1, names=("x",), calls=calls)


def resolved(by: Actor = SOURCE) -> e.IncidentResolved:
    return e.IncidentResolved(**fact(by=by), summary="All its alerts have ended at the source.")


FLAPPING = e.AlertsFlapping(**fact(), count=1, names=("x",))
STEADY = e.AlertsSteady(**fact(by=CLOCK), count=1, names=("x",))
RAISED = e.SeverityChanged(**fact(), before=Severity.LOW, after=Severity.HIGH)
REOPENED = e.IncidentReopened(**fact(), before=State.RESOLVED)
NOTED = e.NoteAdded(**fact(by=ALICE), note_id=NoteId("nte_1"), text="The cache was cold.")


def told(*events: e.Event, card: Any = FIRING) -> list[e.Event]:
    timeline = entries(*events)
    return [one.event for one in timeline if still_worth_telling(one, timeline, card)]


def test_ten_minutes_are_not_old_yet() -> None:
    [entry] = entries(NOTED)

    assert not is_old(entry, THEN + OLD)
    assert is_old(entry, THEN + OLD + timedelta(seconds=1))


@pytest.mark.parametrize("first", [fired(), FLAPPING, RAISED, resolved(), REOPENED])
def test_of_what_alerts_did_the_last_word_is_told(first: e.Event) -> None:
    assert told(first, first, first) == [first]


def test_flapping_that_is_over_is_not_told() -> None:
    assert told(FLAPPING, STEADY) == [STEADY]


def test_moves_of_the_source_give_way_to_later_ones_of_anybody() -> None:
    by_alice = resolved(ALICE)

    assert told(resolved(), REOPENED, by_alice) == [by_alice]


def test_what_people_did_is_told_however_late() -> None:
    by_alice = resolved(ALICE)

    assert told(NOTED, by_alice, REOPENED, NOTED) == [NOTED, by_alice, REOPENED, NOTED]


def test_alerts_that_only_the_list_tells_of_are_no_later_word() -> None:
    call = fired()

    assert told(call, fired(calls=False))[0] == call


def test_nobody_is_called_for_what_does_not_fire_any_more() -> None:
    assert told(fired(), card=a_card(alerts=3, firing=0)) == []


def test_nobody_is_called_to_what_is_over() -> None:
    over = a_card(an_incident(state=State.RESOLVED), alerts=3, firing=2)

    assert told(fired(), card=over) == []
