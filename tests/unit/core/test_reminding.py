"""Which timers an event sets, moves or takes away, as plain values."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.domain import events as e
from core.domain.actor import Actor, Surface
from core.domain.ids import ChannelId, IncidentId, UserId
from core.domain.incident import Incident
from core.domain.incident_settings import IncidentSettings, SeveritySettings, usual_settings
from core.domain.particulars import Mode
from core.domain.reminder import Reminder
from core.domain.reminder_times import due_for_archive, next_wait
from core.domain.reminding import MINDED, Drop, Put, reminders_of, together
from core.domain.severity import Severity
from core.domain.state import State
from core.domain.timer import TimerKind
from tests.fakes.moment import NOON

ALICE = Actor(surface=Surface.SLACK, name="Alice Archer", user_id=UserId("usr_alice"))
SOURCE = Actor(surface=Surface.WEBHOOK, name="Alertmanager")
USUAL = usual_settings(NOON)
HOUR = timedelta(hours=1)


def an_incident(**changes: Any) -> Incident:
    incident = Incident(
        id=IncidentId("inc_1"),
        number=1,
        title="Checkout is slow",
        severity=Severity.CRITICAL,
        source=Surface.SLACK,
        created_at=NOON,
        updated_at=NOON,
        published_at=NOON,
    )
    return replace(incident, **changes)


def of(kind: type[e.IncidentEvent], at: timedelta = timedelta(), **more: Any) -> Any:
    more.setdefault("by", ALICE)
    return kind(incident_id=IncidentId("inc_1"), at=NOON + at, **more)


def declared() -> e.IncidentDeclared:
    event: e.IncidentDeclared = of(e.IncidentDeclared, title="Slow", severity=Severity.CRITICAL)
    return event


def dues(
    event: e.Event, incident: Incident, settings: IncidentSettings = USUAL
) -> dict[TimerKind, timedelta]:
    """What is set, and how long after noon it is due."""
    changes = reminders_of(event, incident, settings)
    puts = [one.timer for one in changes if isinstance(one, Put)]
    return {timer.kind: timer.due_at - NOON for timer in puts}


def dropped(event: e.Event, incident: Incident) -> set[TimerKind]:
    drops = [one for one in reminders_of(event, incident, USUAL) if isinstance(one, Drop)]
    return {kind for one in drops for kind in one.kinds}


def test_of_what_was_just_declared_a_lead_is_waited_for_and_nothing_else() -> None:
    assert dues(declared(), an_incident()) == {TimerKind.LEAD: timedelta(minutes=10)}


def test_where_nobody_is_to_be_asked_to_lead_everything_else_is_waited_for() -> None:
    led = an_incident(assignee_id=UserId("usr_alice"))
    both = {TimerKind.UPDATE: timedelta(minutes=30), TimerKind.STALE: timedelta(days=1)}

    assert dues(declared(), led) == both
    assert dues(declared(), an_incident(), replace(USUAL, lead_minutes=0)) == both
    assert dues(declared(), replace(led, severity=Severity.LOW)) == {
        TimerKind.STALE: timedelta(days=1)
    }


@pytest.mark.parametrize("state", [State.DRAFT, State.RESOLVED, State.CLOSED, State.SUPPRESSED])
def test_nobody_is_waited_for_where_nobody_is_at_work(state: State) -> None:
    assert reminders_of(declared(), an_incident(state=state), USUAL) == []


@pytest.mark.parametrize("mode", [Mode.RETROSPECTIVE, Mode.TUTORIAL])
def test_nobody_is_waited_for_in_what_is_not_meant_seriously(mode: Mode) -> None:
    assert reminders_of(declared(), an_incident(mode=mode), USUAL) == []


def test_a_drill_is_practised_with_its_reminders() -> None:
    assert dues(declared(), an_incident(mode=Mode.TEST)) == {TimerKind.LEAD: timedelta(minutes=10)}


def test_what_is_never_wanted_sets_nothing() -> None:
    never = replace(USUAL, lead_minutes=0, stale_hours=0)

    assert dues(declared(), an_incident(severity=Severity.LOW), never) == {}


def test_whoever_takes_it_is_asked_for_news_as_if_from_the_start() -> None:
    taken = of(
        e.IncidentAssigned,
        at=timedelta(minutes=5),
        assignee_id=UserId("usr_alice"),
        assignee_name="Alice Archer",
    )
    incident = an_incident(assignee_id=UserId("usr_alice"))

    assert dropped(taken, incident) == {TimerKind.LEAD}
    assert dues(taken, incident)[TimerKind.UPDATE] == timedelta(minutes=30)


def test_what_was_promised_wins_unless_it_has_passed() -> None:
    told = of(e.UpdatePosted, at=HOUR, update_id="upd_1", phase="investigating", text="We look.")
    promised = an_incident(update_due_at=NOON + 3 * HOUR)
    broken = an_incident(update_due_at=NOON + HOUR / 2)

    assert dues(told, promised)[TimerKind.UPDATE] == 3 * HOUR
    assert dues(told, broken)[TimerKind.UPDATE] == HOUR + timedelta(minutes=30)


def test_a_severity_of_which_nobody_expects_news_ends_the_wait() -> None:
    eased = of(e.SeverityChanged, before=Severity.CRITICAL, after=Severity.LOW)

    assert TimerKind.UPDATE in dropped(eased, an_incident(severity=Severity.LOW))


def test_a_snooze_waits_for_its_end_and_for_nothing_else() -> None:
    until = NOON + 2 * HOUR
    incident = an_incident(state=State.SNOOZED, snoozed_until=until)

    assert dues(of(e.IncidentSnoozed, until=until), incident) == {TimerKind.SNOOZE: 2 * HOUR}
    assert dues(of(e.IncidentSnoozed), incident) == {}


def test_a_reminder_begins_nothing_of_its_own_kind_and_asks_nobody_to_lead_again() -> None:
    asked = of(e.ReminderDue, at=timedelta(minutes=10), reminder=Reminder.LEAD, count=1, since=NOON)
    again = of(e.ReminderDue, at=timedelta(minutes=20), reminder=Reminder.LEAD, count=2, since=NOON)

    assert dues(asked, an_incident()) == {
        TimerKind.UPDATE: timedelta(minutes=30),
        TimerKind.STALE: timedelta(days=1, minutes=10),
    }
    assert dues(again, an_incident()) == {}


@pytest.mark.parametrize(
    "reminder", [Reminder.UPDATE, Reminder.STALE, Reminder.TASK, Reminder.TASKS_LEFT]
)
def test_what_has_been_said_often_enough_does_not_begin_again_with_another_reminder(
    reminder: Reminder,
) -> None:
    due = of(e.ReminderDue, at=timedelta(days=9), reminder=reminder, count=1, since=NOON)

    assert reminders_of(due, an_incident(), USUAL) == []


def test_what_ends_by_itself_moves_no_timer_of_its_channel() -> None:
    over = an_incident(
        state=State.RESOLVED, resolved_at=NOON, channel_id=ChannelId("C1"), channel_name="inc"
    )

    assert dues(of(e.IncidentResolved, by=SOURCE), over) == {}
    assert dues(of(e.IncidentResolved), over) == {TimerKind.ARCHIVE: timedelta(days=14)}


def test_what_is_taken_back_in_one_transaction_is_never_set() -> None:
    closed = an_incident(state=State.RESOLVED)
    happened = [(declared(), an_incident()), (of(e.IncidentResolved, by=SOURCE), closed)]

    [change] = together(happened, USUAL)

    assert isinstance(change, Drop)
    assert TimerKind.LEAD in change.kinds


def test_what_is_set_after_it_was_dropped_is_set_whatever_stood_before() -> None:
    acknowledged = an_incident(state=State.ACKNOWLEDGED)
    asleep = an_incident(state=State.SNOOZED)
    happened = [
        (of(e.IncidentSnoozed), asleep),
        (of(e.IncidentAcknowledged, at=HOUR), acknowledged),
    ]

    puts = [one for one in together(happened, USUAL) if isinstance(one, Put)]

    assert {one.timer.kind for one in puts} == {TimerKind.LEAD, TimerKind.UPDATE, TimerKind.STALE}
    assert not any(one.keep for one in puts)


def test_of_two_settings_of_a_timer_the_last_one_stands() -> None:
    told = [
        of(e.UpdatePosted, at=at, update_id="upd_1", phase="investigating", text="We look.")
        for at in (HOUR, 2 * HOUR)
    ]

    puts = together([(one, an_incident()) for one in told], USUAL)

    [news] = [one for one in puts if isinstance(one, Put) and one.timer.kind is TimerKind.UPDATE]
    assert news.timer.due_at == NOON + 2 * HOUR + timedelta(minutes=30)


def test_no_other_kind_of_event_sets_or_drops_anything() -> None:
    note = of(e.NoteAdded, note_id="nte_1", text="Hm.")

    assert type(note) not in MINDED
    assert reminders_of(note, an_incident(), USUAL) == []


@pytest.mark.parametrize(
    ("count", "minutes"), [(1, 30), (3, 30), (4, 60), (5, 120), (9, 1_440), (400, 1_440)]
)
def test_it_is_asked_less_often_when_nobody_answers(count: int, minutes: int) -> None:
    assert next_wait(timedelta(minutes=30), count) == timedelta(minutes=minutes)


def test_a_wait_of_days_is_not_made_shorter() -> None:
    assert next_wait(timedelta(days=3), 9) == timedelta(days=3)


def test_a_channel_is_left_alone_from_the_end_on() -> None:
    over = an_incident(state=State.RESOLVED, resolved_at=NOON + HOUR)
    never = replace(USUAL, archive_days=0)

    assert due_for_archive(over, USUAL, NOON + 5 * HOUR) == NOON + HOUR + timedelta(days=14)
    assert due_for_archive(an_incident(), USUAL, NOON) == NOON + timedelta(days=14)
    assert due_for_archive(over, never, NOON) is None


def test_an_organisation_decides_how_often_it_wants_news() -> None:
    often = SeveritySettings(severity=Severity.CRITICAL, update_minutes=5)
    settings = replace(USUAL, severities=(often,), lead_minutes=0)

    assert dues(declared(), an_incident(), settings)[TimerKind.UPDATE] == timedelta(minutes=5)
