"""What waits for one person: news they owe, incidents nobody took, tasks; the most urgent first."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.domain.follow_up import FollowUp
from core.domain.ids import IncidentId, UserId
from core.domain.needs import Reader, Wait, needs_of
from core.domain.particulars import Mode
from core.domain.severity import Severity
from core.domain.state import State
from core.views import IncidentRow
from tests.unit.slack.cards import a_row

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ME, BOB = UserId("usr_me"), UserId("usr_bob")
READER = Reader(id=ME, own_services=frozenset({"svc_shop"}))


def row(number: int, state: State = State.ACKNOWLEDGED, **changes: Any) -> IncidentRow:
    return replace(a_row(number, f"Incident {number}"), state=state, **changes)


def task(number: int, due: timedelta | None) -> FollowUp:
    return FollowUp(
        id=f"fup_{number}",
        created_at=NOW,
        updated_at=NOW,
        incident_id=IncidentId("inc_9"),
        title=f"Task {number}",
        due_at=NOW + due if due is not None else None,
    )


@pytest.mark.parametrize(
    ("after", "wait"),
    [
        (timedelta(hours=-1), Wait.UPDATE),
        (timedelta(), Wait.UPDATE),
        (timedelta(minutes=15), Wait.UPDATE_SOON),
    ],
)
def test_news_that_is_due_or_soon_will_be_is_asked_for(after: timedelta, wait: Wait) -> None:
    led = row(1, assignee_id=ME)

    [need] = needs_of(READER, [led], {led.id: NOW + after}, [], NOW)

    assert (need.wait, need.at, need.incident_id) == (wait, NOW + after, led.id)


def test_news_that_is_due_later_can_wait() -> None:
    led = row(1, assignee_id=ME)

    assert needs_of(READER, [led], {led.id: NOW + timedelta(minutes=16)}, [], NOW) == []


def test_what_nobody_acknowledged_waits_for_whom_it_was_given_to() -> None:
    given = row(1, state=State.OPEN, assignee_id=ME)
    to_bob = row(2, state=State.OPEN, assignee_id=BOB, services=(("svc_shop", "Shop"),))

    [need] = needs_of(READER, [given, to_bob], {}, [], NOW)

    assert (need.wait, need.incident_id, need.service) == (Wait.ACKNOWLEDGE, given.id, "")


def test_what_was_given_to_nobody_waits_for_the_owners_of_its_services() -> None:
    shop = row(1, state=State.OPEN, services=(("svc_mail", "Mail"), ("svc_shop", "Shop")))
    mail = row(2, state=State.OPEN, services=(("svc_mail", "Mail"),))

    [need] = needs_of(READER, [shop, mail], {}, [], NOW)

    assert (need.incident_id, need.service) == (shop.id, "Shop")


def test_what_was_given_to_nobody_waits_for_whoever_declared_it() -> None:
    mine = row(1, state=State.OPEN, created_by=ME)
    of_bob = row(2, state=State.OPEN, created_by=BOB)
    has_bob = row(3, state=State.OPEN, created_by=ME, assignee_id=BOB)

    [need] = needs_of(READER, [mine, of_bob, has_bob], {}, [], NOW)

    assert (need.wait, need.incident_id) == (Wait.ACKNOWLEDGE, mine.id)
    assert need.declared


def test_what_nobody_leads_waits_for_whoever_declared_it_where_leads_are_wanted() -> None:
    mine = row(1, created_by=ME)

    [need] = needs_of(READER, [mine], {}, [], NOW)

    assert (need.wait, need.incident_id, need.at) == (Wait.LEAD, mine.id, mine.created_at)
    assert needs_of(replace(READER, leads=False), [mine], {}, [], NOW) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"assignee_id": BOB},
        {"created_by": BOB},
        {"created_by": None},
        {"state": State.SNOOZED},
        {"state": State.SUPPRESSED},
        {"mode": Mode.RETROSPECTIVE},
        {"mode": Mode.TUTORIAL},
    ],
)
def test_nobody_is_asked_to_lead_what_needs_no_lead_or_has_one(changes: dict[str, Any]) -> None:
    one = replace(row(1, created_by=ME), **changes)

    assert needs_of(READER, [one], {}, [], NOW) == []


def test_what_somebody_acknowledged_waits_for_nobody() -> None:
    seen = row(1, services=(("svc_shop", "Shop"),))

    assert needs_of(READER, [seen], {}, [], NOW) == []


def test_the_most_urgent_comes_first_and_of_two_alike_the_worse() -> None:
    minor = row(1, assignee_id=ME, severity=Severity.LOW)
    major = row(2, assignee_id=ME, severity=Severity.CRITICAL)
    new = row(3, state=State.OPEN, assignee_id=ME)
    soon = row(4, assignee_id=ME)
    due = {
        minor.id: NOW - timedelta(hours=3),
        major.id: NOW - timedelta(hours=1),
        soon.id: NOW + timedelta(minutes=5),
    }
    tasks = [task(1, None), task(2, timedelta(days=1)), task(3, timedelta(-1))]

    needs = needs_of(READER, [soon, minor, new, major], due, tasks, NOW)

    assert [need.task.id if need.task else need.incident_id for need in needs] == [
        major.id,
        minor.id,
        new.id,
        "fup_3",
        soon.id,
        "fup_2",
        "fup_1",
    ]


def test_nothing_waits_for_a_program() -> None:
    led = row(1, assignee_id=None)

    assert needs_of(None, [led], {led.id: NOW}, [task(1, None)], NOW) == []


def test_of_each_incident_only_the_most_urgent_is_told() -> None:
    new = row(1, state=State.OPEN, assignee_id=ME)
    late = row(2, state=State.OPEN, assignee_id=ME)
    due = {new.id: NOW + timedelta(minutes=5), late.id: NOW}

    needs = needs_of(READER, [new, late], due, [], NOW)

    assert [(need.incident_id, need.wait) for need in needs] == [
        (late.id, Wait.UPDATE),
        (new.id, Wait.ACKNOWLEDGE),
    ]
