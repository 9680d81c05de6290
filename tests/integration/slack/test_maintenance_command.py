"""`/maintenance` typed anywhere: the window implied, named or asked for."""

from datetime import UTC, timedelta
from functools import partial

import pytest

from core.commands import ScheduleMaintenance
from core.domain.maintenance import MaintenanceState
from sandbox.conversation.room import Room
from tests.fakes.people import the_operator
from tests.integration.slack.answers import answer_to
from tests.integration.slack.stage import Stage
from tests.integration.slack.windows import a_service, scheduled, stored

SAID = {
    "show": "New database",
    "mnt-1": "New database",
    "list": "One maintenance is running or coming.",
    "list all": "The newest maintenance first.",
    "list some": "“/maintenance list all” for past ones too",
    "help": "/maintenance extend [MNT-n] 30m|2h|until 05:00",
    "help skip": "the series goes on",
    "exted 30m": "Did you mean “/maintenance extend”?",
    "extend MNT-1 forever": "“forever” is no time",
    "extend MNT-1 -30m": "is no time",
    "show MNT-9": "There is no maintenance MNT-9",
    "show the money": "“the money” is not a maintenance",
    "complete": "No maintenance is in progress",
    "complete MNT-1": "MNT-1 is scheduled; it cannot be completed.",
    "skip": "No recurring maintenance is scheduled",
    "skip MNT-1": "MNT-1",
}
"""What is typed, and the words that come: one after the other."""


@pytest.fixture
async def general(stage: Stage) -> Room:
    return await stage.room("general")


async def test_the_only_window_about_now_is_implied(stage: Stage, general: Room) -> None:
    await scheduled(stage, hours=0.5)
    await scheduled(stage, "Disks", hours=48)

    await stage.alice.types(general, "/maintenance start")
    await stage.alice.types(general, "/maintenance extend 30m")
    await stage.alice.types(general, "/maintenance update Half of it is done")
    await stage.alice.types(general, "/maintenance complete")
    await stage.settled()

    for told in (
        "You started MNT-1; it ends",
        "MNT-1 now ends on",
        "Your update on MNT-1 is posted.",
        "You completed MNT-1.",
    ):
        assert await stage.alice.ephemeral(general, told)
    assert (await stored(stage)).state is MaintenanceState.COMPLETED


@pytest.mark.parametrize(
    "typed",
    ["start", "skip", "extend 30m", "update Half of it is done", "cancel The vendor moved it"],
)
async def test_a_window_that_is_far_away_is_asked_about_even_if_it_is_the_only_one(
    stage: Stage, general: Room, typed: str
) -> None:
    before = await scheduled(stage, hours=24 * 21, recurrence="FREQ=MONTHLY")

    await stage.alice.types(general, f"/maintenance {typed}")
    question = await stage.alice.ephemeral(general, "Which maintenance?")
    await stage.settled()

    assert len(question.buttons) == 1
    assert await stored(stage) == before


async def test_which_of_several_is_asked_and_the_button_goes_on(
    stage: Stage, general: Room
) -> None:
    await scheduled(stage, "Disks")
    await scheduled(stage, "Database", hours=48)
    await stage.bob.types(general, "/maintenance cancel The <vendor> & we are not ready")
    question = await stage.bob.ephemeral(general, "Which maintenance?")
    assert question.buttons == ["Cancel maintenance", "Cancel maintenance"]

    await stage.sandbox.person("bob").clicks(question, "Cancel maintenance")
    await stage.settled()

    assert await stage.bob.ephemeral(general, "You canceled MNT-1.")
    assert (await stored(stage)).cancel_reason == "The <vendor> & we are not ready"
    assert (await stored(stage, "MNT-2")).state is MaintenanceState.SCHEDULED


async def test_one_occurrence_is_skipped_and_the_series_goes_on(
    stage: Stage, general: Room
) -> None:
    await scheduled(stage, recurrence="FREQ=DAILY")

    await stage.alice.types(general, "/maintenance skip")
    question = await stage.alice.ephemeral(general, "Which maintenance?")
    await stage.alice.clicks(question, "Skip this one")
    await stage.settled()

    assert await stage.alice.ephemeral(general, "its series goes on")
    assert (await stored(stage)).state is MaintenanceState.CANCELED
    following = await stored(stage, "MNT-2")
    assert following.scheduled_start_at - (await stored(stage)).scheduled_start_at == timedelta(
        days=1
    )


async def test_what_follows_a_skipped_occurrence_is_canceled_and_said_to_be(
    stage: Stage, general: Room
) -> None:
    await scheduled(stage, recurrence="FREQ=DAILY")
    await stage.bob.types(general, "/maintenance skip MNT-1")
    await stage.settled()

    await stage.alice.types(general, "/maintenance cancel MNT-1 no longer needed")
    await stage.settled()

    assert await stage.alice.ephemeral(general, "what would follow it is canceled")
    assert (await stored(stage, "MNT-2")).state is MaintenanceState.CANCELED


async def test_whether_a_number_is_a_maintenance_or_begins_the_reason_is_asked(
    stage: Stage, general: Room
) -> None:
    await scheduled(stage, hours=0.5)
    await scheduled(stage, "Disks", hours=48)
    await stage.alice.types(general, "/maintenance cancel 2 vendors are not ready")
    question = await stage.alice.ephemeral(general, "does the number name MNT-2")

    await stage.alice.clicks(question, "It names MNT-2")
    await stage.settled()

    assert (await stored(stage)).state is MaintenanceState.SCHEDULED
    assert (await stored(stage, "MNT-2")).cancel_reason == "vendors are not ready"


async def test_a_number_of_no_maintenance_belongs_to_the_text(stage: Stage, general: Room) -> None:
    await scheduled(stage, hours=0.5)
    await stage.alice.types(general, "/maintenance start")

    await stage.alice.types(general, "/maintenance update 7 of 9 nodes are done")
    await stage.settled()

    assert await stage.alice.ephemeral(general, "Your update on MNT-1 is posted.")
    card = await stage.store.reads.maintenance_card(stage.organization_id, (await stored(stage)).id)
    assert card.progress == "7 of 9 nodes are done"


async def test_until_a_time_of_day_is_meant_on_the_clock_of_whoever_says_it(
    stage: Stage, general: Room
) -> None:
    await stage.alice.changes_profile(tz="Asia/Kolkata")
    end = stage.clock().replace(minute=0, second=0, microsecond=0) + timedelta(hours=3)
    start = end - timedelta(hours=1)
    command = ScheduleMaintenance(
        caller=the_operator(stage.organization_id),
        title="New database",
        scheduled_start_at=start,
        scheduled_end_at=end,
    )
    await stage.bus.execute(command)
    later = (end + timedelta(hours=2)).astimezone(UTC)
    local = later + timedelta(hours=5, minutes=30)

    await stage.alice.types(general, f"/maintenance extend MNT-1 until {local:%H:%M}")

    assert await stage.alice.ephemeral(general, f"{local:%H:%M} (Asia/Kolkata)")
    assert (await stored(stage)).scheduled_end_at == later
    await stage.settled()


async def test_an_end_that_has_passed_is_told_on_the_clock_of_whoever_said_it(
    stage: Stage, general: Room
) -> None:
    await stage.alice.changes_profile(tz="Asia/Kolkata")
    await scheduled(stage)

    await stage.alice.types(general, "/maintenance extend MNT-1 until 2026-01-05 05:00")

    told = "5 Jan 2026, 05:00 (Asia/Kolkata) has passed already"
    assert await stage.alice.ephemeral(general, told)
    await stage.settled()


async def test_who_comes_too_late_hears_who_was_first(stage: Stage, general: Room) -> None:
    await scheduled(stage)
    await stage.alice.types(general, "/maintenance start MNT-1")

    await stage.bob.types(general, "/maintenance start MNT-1")
    await stage.bob.types(general, "/maintenance complete MNT-1")
    await stage.alice.types(general, "/maintenance cancel MNT-1 Too late")
    await stage.settled()

    assert await stage.bob.ephemeral(general, "MNT-1 was started by")
    assert await stage.alice.ephemeral(general, "MNT-1 was completed by")


async def test_every_command_answers_in_a_sentence(stage: Stage, general: Room) -> None:
    await scheduled(stage)

    for typed, words in SAID.items():
        typing = partial(stage.alice.types, general, f"/maintenance {typed}")
        assert await answer_to(typing, stage.alice, general, words), typed

    await stage.settled()


async def test_a_viewer_may_look_but_not_touch(stage: Stage, general: Room) -> None:
    await scheduled(stage)
    carol = stage.sandbox.person("carol")
    await stage.is_viewer("carol")

    await carol.types(general, "/maintenance list")
    await carol.types(general, "/maintenance start MNT-1")
    await carol.types(general, "/maintenance")

    assert await carol.ephemeral(general, "One maintenance is running or coming.")
    assert await carol.ephemeral(general, "You may not change maintenance")
    form = await (await carol.modal()).containing("You may not change maintenance")
    assert form.labels == []
    await stage.settled()


async def test_canceling_without_a_reason_asks_first(stage: Stage, general: Room) -> None:
    await scheduled(stage)

    await stage.alice.types(general, "/maintenance cancel")

    form = await (await stage.alice.modal()).containing("Why?")
    assert "MNT-1 · New database" in form.words
    assert (await stored(stage)).state is MaintenanceState.SCHEDULED
    await stage.settled()


async def test_an_overlap_is_told_after_extending(stage: Stage, general: Room) -> None:
    service = await a_service(stage, "checkout")
    await scheduled(stage, "Disks", service_ids=(service,))
    await scheduled(stage, "Network", hours=25.25, service_ids=(service,))

    await stage.alice.types(general, "/maintenance extend MNT-1 30m")

    answer = await stage.alice.ephemeral(general, "MNT-1 now ends on")
    assert "Mind that it overlaps on checkout MNT-2 “Network”, " in answer.words
