"""The form of a window: filled in, refused at its fields, opened again to change something."""

from datetime import timedelta

import pytest

from core.domain.maintenance import MaintenanceState
from core.ports import MaintenanceQuery
from sandbox.conversation.form import Form
from sandbox.conversation.room import Room
from tests.integration.slack.stage import Stage
from tests.integration.slack.windows import a_service, edited, in_hours, scheduled, stored


@pytest.fixture
async def general(stage: Stage) -> Room:
    return await stage.room("general")


async def the_form(stage: Stage, room: Room, typed: str, words: str) -> Form:
    """Once it is more than a promise."""
    await stage.alice.types(room, typed)
    return await (await stage.alice.modal()).containing(words)


async def test_a_bare_command_opens_the_form_and_sending_it_schedules(
    stage: Stage, general: Room
) -> None:
    await a_service(stage, "checkout")
    start = in_hours(stage, 30).replace(minute=0, second=0)
    form = await the_form(stage, general, "/maintenance", "What is done?")

    await form.fill(
        {
            "What is done?": "New database",
            "Services": ["checkout"],
            "Start": int(start.timestamp()),
            "End": int((start + timedelta(hours=2)).timestamp()),
            "Description": "Orders wait.",
            "Tell channels": ["#general"],
            "Tell people": ["@bob"],
            "Repeats": "Every week",
            "Runbook": "https://runbooks.example.com/db",
        }
    )
    answer = await form.submit()
    await stage.settled()

    assert not answer.get("errors")
    told = await stage.alice.ephemeral(general, "MNT-1 “New database” is scheduled")
    assert "every " in told.words
    window = await stored(stage)
    assert (window.scheduled_start_at, window.scheduled_end_at - start) == (
        start,
        timedelta(hours=2),
    )
    assert window.recurrence.startswith("FREQ=WEEKLY;BYDAY=")
    assert window.notify_channels == (general.id,)
    assert len(window.notify_user_ids) == 1
    assert window.owner_id
    assert window.reminders == (60,)
    assert await general.message("MNT-1")


async def test_start_now_needs_no_start(stage: Stage, general: Room) -> None:
    form = await the_form(stage, general, "/maintenance schedule Quick fix", "What is done?")
    end = in_hours(stage, 1)

    await form.fill({"Or at once": ["Start now"], "Start": None, "End": int(end.timestamp())})
    await form.submit()
    await stage.settled()

    assert await stage.alice.ephemeral(general, "MNT-1 “Quick fix” is under way")
    assert (await stored(stage)).state is MaintenanceState.IN_PROGRESS


async def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(
    stage: Stage, general: Room
) -> None:
    form = await the_form(stage, general, "/maintenance schedule Broken", "What is done?")
    start = in_hours(stage, 30)

    await form.fill(
        {
            "Start": int(start.timestamp()),
            "End": int((start + timedelta(hours=1)).timestamp()),
            "Repeats": "By a rule of my own",
            "Own rule": "FREQ=SOMETIMES",
            "Also alerts with these labels": "not a matcher",
        }
    )
    errors = (await form.submit())["errors"]

    assert "FREQ" in errors["rule"]
    assert "not a matcher" in errors["matchers"]
    assert await stage.alice.modals()
    page = await stage.store.reads.maintenances(stage.organization_id, MaintenanceQuery())
    assert page.total == 0


@pytest.mark.parametrize(
    ("begins", "ends", "field", "answer"),
    [
        (30, 29, "scheduled_end_at", "end after it starts"),
        (30, 30 + 24 * 400, "scheduled_end_at", "366 days at most"),
        (-2, 2, "scheduled_start_at", "has passed"),
        (-4, -2, "scheduled_start_at", "passed already"),
    ],
)
async def test_times_that_cannot_be_are_refused_where_they_were_picked(
    stage: Stage, general: Room, begins: int, ends: int, field: str, answer: str
) -> None:
    form = await the_form(stage, general, "/maintenance schedule Late", "What is done?")

    await form.fill(
        {
            "Start": int(in_hours(stage, begins).timestamp()),
            "End": int(in_hours(stage, ends).timestamp()),
        }
    )
    errors = (await form.submit())["errors"]

    assert answer in errors[field]


async def test_a_refusal_speaks_of_times_on_the_clock_of_whoever_picked_them(
    stage: Stage, general: Room
) -> None:
    await stage.alice.changes_profile(tz="Asia/Kolkata")
    form = await the_form(stage, general, "/maintenance schedule Late", "What is done?")
    start = in_hours(stage, -2)
    local = start + timedelta(hours=5, minutes=30)

    await form.fill(
        {"Start": int(start.timestamp()), "End": int((start + timedelta(hours=4)).timestamp())}
    )
    errors = (await form.submit())["errors"]

    told = errors["scheduled_start_at"]
    assert f"{local:%b %Y, %H:%M} (Asia/Kolkata), has passed; choose a later one" in told
    assert "start_now" not in told


@pytest.mark.parametrize(
    ("repeats", "rule", "answer"),
    [
        ("By a rule of my own", "", "Write the rule"),
        ("Every week", "FREQ=DAILY", "or empty it"),
        ("By a rule of my own", "FREQ=MINUTELY", "hour"),
        ("By a rule of my own", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "never takes place"),
    ],
)
async def test_a_repetition_that_cannot_be_is_refused_where_it_was_written(
    stage: Stage, general: Room, repeats: str, rule: str, answer: str
) -> None:
    form = await the_form(stage, general, "/maintenance schedule Backups", "What is done?")

    await form.fill({"Repeats": repeats, "Own rule": rule})
    errors = (await form.submit())["errors"]

    assert list(errors) == ["rule"]
    assert answer in errors["rule"]


async def test_an_overlap_is_told_after_scheduling(stage: Stage, general: Room) -> None:
    service = await a_service(stage, "checkout")
    first = await scheduled(stage, "Disks", service_ids=(service,))
    form = await the_form(stage, general, "/maintenance schedule Database", "What is done?")

    await form.fill(
        {
            "Services": ["checkout"],
            "Start": int(first.scheduled_start_at.timestamp()),
            "End": int(first.scheduled_end_at.timestamp()),
        }
    )
    await form.submit()

    told = await stage.alice.ephemeral(general, "MNT-2 “Database” is scheduled")
    assert "Mind that it overlaps on checkout MNT-1 “Disks”, " in told.words
    await stage.settled()


async def test_a_change_moves_the_window_and_keeps_what_was_left_alone(
    stage: Stage, general: Room
) -> None:
    window = await scheduled(stage, notify_channels=("general",), description="x" * 4_000)
    form = await the_form(stage, general, "/maintenance edit", "What is done?")
    later = window.scheduled_start_at.replace(second=0) + timedelta(hours=1)

    await form.fill(
        {
            "What is done?": "Newer database",
            "Start": int(later.timestamp()),
            "End": int((later + timedelta(hours=1)).timestamp()),
        }
    )
    answer = await form.submit()
    await stage.settled()

    assert not answer.get("errors")
    moved = await stored(stage)
    assert (moved.title, moved.scheduled_start_at) == ("Newer database", later)
    assert moved.notify_channels == ("general",)
    assert len(moved.description) == 4_000


async def test_channels_given_by_name_are_told_in_the_form_until_others_are_chosen(
    stage: Stage, general: Room
) -> None:
    await scheduled(stage, notify_channels=("incidents", "general"))
    await stage.settled()
    form = await the_form(stage, general, "/maintenance edit", "What is done?")
    assert "Told by name: #incidents and #general, until" in form.words

    await form.fill({"Tell channels": ["#general"]})
    answer = await form.submit()
    await stage.settled()

    assert not answer.get("errors")
    assert (await stored(stage)).notify_channels == (general.id,)


async def test_what_happened_meanwhile_to_other_fields_does_not_refuse_a_form(
    stage: Stage, general: Room
) -> None:
    window = await scheduled(stage)
    form = await the_form(stage, general, "/maintenance edit", "What is done?")
    await stage.bob.types(general, "/maintenance extend MNT-1 1h")
    await stage.bob.types(general, "/maintenance update MNT-1 Disks are here.")
    await stage.settled()

    await form.fill({"What is done?": "Something else"})
    answer = await form.submit()

    assert not answer.get("errors")
    changed = await stored(stage)
    assert (changed.title, changed.scheduled_end_at) == (
        "Something else",
        window.scheduled_end_at + timedelta(hours=1),
    )
    await stage.settled()


async def test_a_field_that_somebody_else_changed_as_well_is_refused_with_what_it_is_now(
    stage: Stage, general: Room
) -> None:
    await scheduled(stage)
    form = await the_form(stage, general, "/maintenance edit", "What is done?")
    await edited(stage, title="Newest database", auto_complete=False)

    await form.fill({"What is done?": "Old database", "Description": "Orders wait."})
    errors = (await form.submit())["errors"]
    await form.fill({"What is done?": "Newest database"})
    answer = await form.submit()

    assert list(errors) == ["title"]
    assert "“Newest database”" in errors["title"]
    assert not answer.get("errors")
    window = await stored(stage)
    assert (window.title, window.description, window.auto_complete) == (
        "Newest database",
        "Orders wait.",
        False,
    )
    await stage.settled()
