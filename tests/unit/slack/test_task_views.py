"""Tasks and reminders as they are shown: who is called, what fits, and that no text does harm."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.settings.meanwhile import seals_of
from bot.slack.tasks.pages import leaf_of
from bot.slack.views import reminders, task_change, task_pages, tasks
from bot.slack.views.subject import Subject
from core.domain import events as e
from core.domain.actor import Actor, Surface
from core.domain.follow_up import FollowUp, FollowUpStatus
from core.domain.ids import IncidentId, SlackUserId, UserId
from core.domain.reminder import Reminder
from core.domain.reminder_times import MOST_STALE, MOST_UPDATE
from core.domain.task_list import numbered
from core.views import Person, Player
from sandbox.validation.views import view_problems
from tests.unit.slack.cards import ALICE, THEN, a_card, an_incident
from tests.unit.slack.hostile import CORPUS, require_harmless

BOB = Person(
    id=UserId("usr_2"), name="Bob Brook", email="b@x.org", slack_user_id=SlackUserId("U0BOB")
)
CARA = Person(id=UserId("usr_3"), name="Cara Cole", email="c@x.org")
TOCSIN = Actor(surface=Surface.SCHEDULER, name="Tocsin")
MENTIONS = frozenset({"<@U0ALICE>", "<@U0BOB>"})


def due(reminder: Reminder, count: int = 1, **more: Any) -> e.ReminderDue:
    return e.ReminderDue(
        incident_id=IncidentId("inc_7"),
        by=TOCSIN,
        at=THEN + timedelta(hours=1),
        reminder=reminder,
        count=count,
        since=THEN,
        **more,
    )


def a_task(number: int = 1, **more: Any) -> FollowUp:
    at = THEN + timedelta(minutes=number)
    task = FollowUp(
        id=f"fup_{number:03d}",
        created_at=at,
        updated_at=at,
        incident_id=IncidentId("inc_7"),
        title="Roll back",
    )
    return replace(task, **more)


@pytest.mark.parametrize(
    ("reminder", "most", "words"),
    [
        (Reminder.UPDATE, MOST_UPDATE, "It is not asked for again before somebody posts"),
        (Reminder.STALE, MOST_STALE, "Nobody is asked again before something is heard"),
    ],
)
def test_the_last_time_it_is_asked_says_so(reminder: Reminder, most: int, words: str) -> None:
    last = reminders.reminder_message(due(reminder, most), an_incident(), [])
    before = reminders.reminder_message(due(reminder, most - 1), an_incident(), [])

    assert words in last.text
    assert words not in before.text


def shown(*ones: FollowUp) -> tasks.TaskList:
    owners = {BOB.id: BOB, CARA.id: CARA}
    now = THEN + timedelta(hours=2)
    return tasks.TaskList(incident=an_incident(), tasks=numbered(ones), owners=owners, now=now)


def names(event: e.ReminderDue, **card: Any) -> list[str]:
    return [person.name for person in reminders.called_for(event, a_card(**card))]


def test_news_is_asked_of_the_lead_then_of_communications_then_of_the_declarer() -> None:
    players = (Player(role_id="role_communications", role="Communications Lead", person=CARA),)
    card = {"assignee": BOB, "players": players}

    asked = [names(due(Reminder.UPDATE, count), **card) for count in (1, 2, 3, 9)]

    most = ["Bob Brook", "Cara Cole", "Alice Archer"]
    assert asked == [most[:1], most[:2], most, most]


def test_whoever_acknowledged_it_is_asked_where_nobody_leads() -> None:
    assert names(due(Reminder.UPDATE), acknowledger=BOB) == ["Bob Brook"]


def test_a_lead_is_missed_by_more_people_each_time() -> None:
    card = {"acknowledger": BOB, "owners": (CARA, BOB)}

    asked = [names(due(Reminder.LEAD, count), **card) for count in (1, 2, 3)]

    most = ["Bob Brook", "Alice Archer", "Cara Cole"]
    assert asked == [most[:1], most[:2], most]


def test_where_nobody_has_it_nobody_is_called_at_first() -> None:
    assert names(due(Reminder.STALE)) == []


def test_what_was_promised_is_said_to_have_been() -> None:
    promised = an_incident(update_due_at=THEN + timedelta(hours=1))

    message = reminders.reminder_message(due(Reminder.UPDATE), promised, ["U0BOB"])

    assert message.text.startswith("<@U0BOB> ⏰ The update on INC-7 that was promised for ")


def test_a_button_to_put_off_says_what_it_puts_off() -> None:
    event = due(Reminder.TASK, task_id="fup_001")

    message = reminders.task_reminder(event, numbered([a_task()])[0], shown(a_task()))

    [actions] = [block for block in message.blocks if block["type"] == "actions"]
    value = actions["elements"][1]["value"]
    assert reminders.pressed(value) == ("inc_7", Reminder.TASK, timedelta(days=1), "fup_001")


def test_a_task_keeps_its_number_and_says_when_it_is_overdue() -> None:
    done = a_task(1, status=FollowUpStatus.COMPLETED)
    late = a_task(2, title="Call the vendor", due_at=THEN, assignee_id=BOB.id)
    free = a_task(3, title="Write it down")

    message = tasks.tasks_message(shown(free, late, done))

    lines = [block["text"]["text"] for block in message.blocks if block["type"] == "section"]
    assert lines[0] == "📋 2 tasks of INC-7 are open."
    assert lines[1].startswith("*2.* Call the vendor · <@U0BOB> · ⚠️ overdue since ")
    assert lines[2] == "*3.* Write it down · nobody yet"


def test_a_long_list_fits_and_says_that_there_is_more() -> None:
    many = [a_task(number, title="x" * 500) for number in range(1, 101)]

    message = tasks.tasks_message(shown(*many))

    require_harmless([message], MENTIONS)
    assert "and 80 more" in str(message.blocks)
    pages = [
        task_pages.tasks_page(shown(*many), leaf_of(numbered(many), f"{behind}"))
        for behind in range(0, 100, 20)
    ]
    require_harmless(pages, MENTIONS)


def test_a_reader_is_told_of_tasks_that_are_too_old_to_be_listed() -> None:
    ours = numbered([a_task(1), a_task(2)], first=4)
    listed = replace(shown(), tasks=ours)

    message = task_pages.tasks_page(listed, leaf_of(ours))

    assert "The 3 oldest tasks are read and changed over the API." in str(message.blocks)


def test_what_nobody_will_do_is_listed_as_well_and_offered_no_button() -> None:
    dropped = shown(a_task(1, status=FollowUpStatus.NOT_DOING), a_task(2))

    [_, first, last, _] = task_pages.tasks_page(dropped, leaf_of(dropped.tasks)).blocks

    assert ("accessory" in first, "accessory" in last) == (True, False)
    assert last["text"]["text"] == "*1.* Roll back · nobody yet · nobody will do it"
    assert "All tasks" in str(tasks.tasks_message(dropped).blocks)


def test_a_list_that_shows_everything_offers_no_more() -> None:
    ours = shown(a_task(1), a_task(2, status=FollowUpStatus.COMPLETED))

    assert "All tasks" not in str(tasks.tasks_message(ours).blocks)


def test_an_owner_who_is_not_in_slack_is_named_and_stays() -> None:
    task = a_task(assignee_id=CARA.id)
    seals = seals_of(task_change.changeable(task, CARA))
    memory = {**seals, task_change.UNSEEN: task_change.unseen(task, CARA)}

    form = task_change.change_form(an_incident(), task, CARA, "")
    filled = task_change.filled_change({}, memory)

    assert "it stays with Cara Cole" in str(form["blocks"])
    assert seals_of({"who": filled[tasks.WHO]})["who"] == seals[tasks.WHO]


@pytest.mark.parametrize("text", CORPUS)
def test_no_text_in_a_task_does_anything(text: str) -> None:
    _require_harmless(text)


@given(st.text(max_size=600))
def test_no_text_at_all_does(text: str) -> None:
    _require_harmless(text)


def _require_harmless(text: str) -> None:
    ours = [
        a_task(1, title=text[:500], assignee_id=BOB.id, due_at=THEN),
        a_task(2, title=text[:500], status=FollowUpStatus.COMPLETED),
    ]
    owner = replace(CARA, name=text[:200])
    listed = replace(shown(*ours), owners={BOB.id: replace(owner, id=BOB.id)})
    hostile = replace(listed, incident=an_incident(title=text[:500] or "x"))
    first = hostile.tasks[0]
    messages = [
        tasks.tasks_message(hostile),
        task_pages.tasks_page(hostile, leaf_of(hostile.tasks)),
        tasks.given_notice(first, "U0ALICE", hostile),
        reminders.task_reminder(due(Reminder.TASK, task_id="fup_001"), first, hostile),
        reminders.tasks_left_reminder(due(Reminder.TASKS_LEFT), hostile.tasks, hostile),
        *(
            reminders.reminder_message(due(kind), hostile.incident, ["U0ALICE"])
            for kind in (Reminder.LEAD, Reminder.UPDATE, Reminder.STALE)
        ),
    ]

    require_harmless(messages, MENTIONS)
    owner = hostile.owners[BOB.id]
    unseen = replace(owner, slack_user_id=None)
    forms = [
        task_change.change_form(hostile.incident, first.what, owner, ""),
        task_change.change_form(hostile.incident, first.what, unseen, ""),
        task_change.pick_form(hostile.incident, hostile.tasks, ""),
        tasks.add_form(_about(hostile), ""),
    ]
    for form in forms:
        assert [*view_problems(form, "modal")] == []


def _about(hostile: tasks.TaskList) -> Subject:
    return Subject(incident=hostile.incident)


def test_what_is_left_behind_is_said_shortly() -> None:
    ones = [a_task(number) for number in range(1, 9)]

    [block] = tasks.left_behind(shown(*ones))

    assert block["text"]["text"].startswith("8 tasks are still open and go on as follow-ups:\n")
    assert block["text"]["text"].endswith("and 3 more")
    assert tasks.left_behind(shown(a_task(status=FollowUpStatus.COMPLETED))) == []


def test_whoever_is_told_in_person_reads_of_their_own() -> None:
    ours = shown(a_task(1, assignee_id=BOB.id), a_task(2), a_task(3, assignee_id=CARA.id))

    assert [one.number for one in reminders.of_owner(ours, BOB)] == [1]
    assert [one.number for one in reminders.of_owner(ours, None)] == [2]
    assert reminders.of_owner(ours, ALICE) == []
