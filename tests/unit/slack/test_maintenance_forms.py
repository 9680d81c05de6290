"""The forms about windows: valid whatever they show, and read as filled."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.slack import blocks as b
from bot.slack.maintenance.scheduling import filled_from
from bot.slack.views.maintenance_filled import Filled, filled_in
from bot.slack.views.maintenance_forms import (
    cancel_modal,
    extend_modal,
    progress_modal,
    shown_modal,
)
from bot.slack.views.maintenance_help import MANUAL
from bot.slack.views.maintenance_lists import which_window, window_list
from bot.slack.views.maintenance_modal import Around, edit_modal, schedule_modal
from bot.slack.views.maintenance_repeats import choice_of, repeat_choices, rule_of
from core.domain import recurrence
from core.domain.ids import MaintenanceId, ServiceId, SlackUserId, UserId
from core.domain.maintenance import Maintenance
from core.domain.service import Service
from core.ports import MaintenanceRow
from core.views import MaintenanceCard, Person
from sandbox.model.view_state import initial_values
from sandbox.validation.blocks import message_problems
from sandbox.validation.views import view_problems
from tests.unit.slack.cards import THEN
from tests.unit.slack.hostile import CORPUS, active

START = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)
BERLIN = "Europe/Berlin"


def a_window(number: int = 1, **changes: Any) -> Maintenance:
    window = Maintenance(
        id=MaintenanceId(f"mnt_{number}"),
        number=number,
        title="New database",
        scheduled_start_at=START,
        scheduled_end_at=START + timedelta(hours=2),
        created_at=THEN,
        updated_at=THEN,
        timezone=BERLIN,
        reminders=(60,),
    )
    return replace(window, **changes)


def services(count: int, name: str = "checkout") -> list[Service]:
    return [
        Service(id=ServiceId(f"svc_{n}"), name=f"{name[:180]} {n}", created_at=THEN)
        for n in range(count)
    ]


def around(count: int = 3, name: str = "checkout") -> Around:
    return Around(services=services(count, name), zone=BERLIN)


def a_row_of(window: Maintenance, text: str = "checkout") -> MaintenanceRow:
    return MaintenanceRow(maintenance=window, services=tuple((str(n), text) for n in range(20)))


@pytest.mark.parametrize("text", CORPUS)
@pytest.mark.parametrize("count", [0, 3, 101])
def test_forms_are_valid_whatever_they_show(text: str, count: int) -> None:
    window = a_window(title=text[:500], description=text * 2, recurrence="FREQ=DAILY")
    card = MaintenanceCard(maintenance=window)
    given = replace(filled_from(card), matchers=(text[:200],), service_ids=("svc_1",))

    views = [
        schedule_modal(Filled(title=text[:500]), around(count, text), "{}"),
        edit_modal(given, around(count, text), "{}", text),
        extend_modal(window, "at ten", "{}"),
        cancel_modal(window, "{}"),
        progress_modal(window, "{}"),
        shown_modal(b.notice(text)),
    ]

    assert [list(view_problems(view, "modal")) for view in views] == [[] for _ in views]


@pytest.mark.parametrize("text", CORPUS)
def test_lists_are_valid_and_harmless_whatever_they_show(text: str) -> None:
    rows = [a_row_of(a_window(n, title=text[:500]), text[:200]) for n in range(1, 21)]

    for message in (window_list(rows, "20", "More."), which_window(rows[:15], "cancel", text)):
        assert list(message_problems(list(message.blocks))) == []
        assert active(list(message.blocks)) == []
        assert active({"text": message.text}) == []


def test_help_knows_every_command() -> None:
    everything = MANUAL.on("").text

    topics = [one for group in MANUAL.groups() for one in group.topics.values()]
    assert all(topic.usage in everything for topic in topics)
    assert list(message_problems(list(MANUAL.on("").blocks))) == []


def test_a_form_that_nobody_touched_says_what_it_was_opened_with() -> None:
    person = Person(
        id=UserId("usr_1"), name="A", email="a@x.org", slack_user_id=SlackUserId("U0ALICE")
    )
    window = a_window(
        service_ids=("svc_1",),
        notify_channels=("C0GENERAL",),
        owner_id="usr_1",
        matchers=('env="staging"',),
        reminders=(60, 45),
        auto_complete=False,
        runbook_url="https://runbooks.example.com/",
        recurrence="FREQ=WEEKLY;BYDAY=TU,TH",
    )
    before = filled_from(MaintenanceCard(maintenance=window, owner=person, people=(person,)))

    view = edit_modal(before, around(), "{}", "MNT-1")

    assert filled_in(initial_values(view["blocks"])) == before


@pytest.mark.parametrize("choice", [name for name in repeat_choices() if name != "own"])
@pytest.mark.parametrize("day", range(28, 40))
@pytest.mark.parametrize("hour", [0, 12, 23])
def test_every_usual_repetition_begins_with_its_start(choice: str, day: int, hour: int) -> None:
    start = datetime(2026, 1, 1, hour, 30, tzinfo=UTC) + timedelta(days=day)

    rule = rule_of(choice, "", start, BERLIN)

    assert choice_of(rule, start, BERLIN) == choice
    if rule:
        lasts = timedelta(hours=1)
        canonical = recurrence.canonical(rule, start=start, timezone=BERLIN, duration=lasts)
        assert choice_of(canonical, start, BERLIN) == choice


def test_another_rule_is_shown_as_ones_own() -> None:
    assert choice_of("FREQ=WEEKLY;BYDAY=TU,TH", START, BERLIN) == "own"
    assert choice_of("", START, BERLIN) == "never"
