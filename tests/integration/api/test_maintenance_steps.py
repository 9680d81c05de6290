"""What is done to maintenance over REST once it is scheduled, and what is told of it."""

from typing import Any

import pytest

from core.bus import CommandBus
from core.domain.actor import Caller
from core.domain.ids import OrganizationId
from tests.fakes.moment import FakeClock
from tests.integration.api.checks.observer import MAINTENANCES, Observer, of
from tests.integration.api.doors import Client, api_key

AHEAD = {
    "title": "Database upgrade",
    "scheduled_start_at": "2030-01-08T22:00:00Z",
    "scheduled_end_at": "2030-01-08T23:00:00Z",
}
WEEKLY = {**AHEAD, "recurrence": "FREQ=WEEKLY"}


@pytest.fixture
async def o(client: Client, bus: CommandBus, organization_id: OrganizationId) -> Observer:
    return Observer(client, await api_key(bus, organization_id, scopes=["maintenances:write"]))


@pytest.mark.parametrize("running", [False, True])
@pytest.mark.parametrize(
    ("wish", "end"),
    [
        ({"minutes": 45}, "2030-01-08T23:45:00.000Z"),
        ({"until": "2030-01-09T02:00:00+01:00"}, "2030-01-09T01:00:00.000Z"),
    ],
)
async def test_its_end_is_moved_by_a_time_or_to_a_time(
    o: Observer, wish: Any, end: str, running: bool
) -> None:
    made = await o.post(MAINTENANCES, AHEAD)
    if running:
        await o.post(of(made, "start"))

    extended = await o.post(of(made, "extend"), wish)

    assert extended["scheduled_end_at"] == end
    assert await o.get(of(made)) == extended


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({}, "minutes"),
        ({"minutes": 5, "until": "2030-01-09T02:00:00Z"}, "minutes"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": "30"}, "minutes"),
        ({"minutes": 60 * 24 * 366}, "minutes"),
        ({"until": "2030-01-08T21:00:00Z"}, "until"),
        ({"until": "2032-01-08T21:00:00Z"}, "until"),
        ({"until": "later"}, "until"),
    ],
)
async def test_an_extension_that_is_none_is_refused_by_name(
    o: Observer, wish: Any, field: str
) -> None:
    made = await o.post(MAINTENANCES, AHEAD)

    refusal = await o.post(of(made, "extend"), wish, status=422)

    assert refusal["errors"][0].get("source", {}).get("field") == field
    assert await o.get(of(made)) == made


@pytest.mark.parametrize("before", [["cancel"], ["start", "complete"]])
async def test_what_is_over_is_not_extended(o: Observer, before: list[str]) -> None:
    made = await o.post(MAINTENANCES, AHEAD)
    for step in before:
        await o.post(of(made, step))

    refusal = await o.post(of(made, "extend"), {"minutes": 5}, status=409)

    assert refusal["errors"][0]["code"] == "illegal_transition"


async def test_a_cancellation_may_say_why(o: Observer) -> None:
    made, other = await o.post(MAINTENANCES, AHEAD), await o.post(MAINTENANCES, AHEAD)

    canceled = await o.post(of(made, "cancel"), {"reason": "The disks did not arrive."})
    without = await o.post(of(other, "cancel"))

    assert (canceled["state"], canceled["cancel_reason"]) == (
        "canceled",
        "The disks did not arrive.",
    )
    assert (without["state"], without["cancel_reason"]) == ("canceled", None)


async def test_one_occurrence_is_skipped_and_the_next_one_takes_its_place(o: Observer) -> None:
    made = await o.post(MAINTENANCES, WEEKLY)

    skipped = await o.post(of(made, "skip"))

    after, before = (await o.get(MAINTENANCES))["items"]
    assert skipped["state"] == before["state"] == "canceled"
    assert (after["state"], after["scheduled_start_at"]) == (
        "scheduled",
        "2030-01-15T22:00:00.000Z",
    )
    assert after["series_id"] == made["id"]


async def test_a_later_occurrence_is_skipped_by_its_start(o: Observer) -> None:
    made = await o.post(MAINTENANCES, WEEKLY)

    skipped = await o.post(of(made, "skip"), {"occurrence_at": "2030-01-15T22:00:00Z"})
    wrong = await o.post(of(made, "skip"), {"occurrence_at": "2030-01-16T22:00:00Z"}, status=422)

    assert (skipped["state"], skipped["exceptions"]) == ("scheduled", ["2030-01-15T22:00:00.000Z"])
    assert wrong["errors"][0]["source"]["field"] == "occurrence_at"


async def test_what_does_not_recur_is_not_skipped(o: Observer) -> None:
    made = await o.post(MAINTENANCES, AHEAD)

    refusal = await o.post(of(made, "skip"), status=409)

    assert "cancel" in refusal["detail"]


async def test_progress_is_told_in_messages(o: Observer, clock: FakeClock) -> None:
    made = await o.post(MAINTENANCES, AHEAD)
    await o.post(of(made, "start"))
    await o.post(of(made, "messages"), {"description": "The first disk is in."})
    clock.advance(minutes=10)

    told = await o.post(of(made, "messages"), {"type": "Update", "description": "Both are in."})

    assert [(one["type"], one["description"], one["date"]) for one in told["messages"]] == [
        ("Progress", "The first disk is in.", "2030-01-01T12:00:00.000Z"),
        ("Progress", "Both are in.", "2030-01-01T12:10:00.000Z"),
    ]
    assert await o.get(of(made)) == told


@pytest.mark.parametrize(
    "wish", [{}, {"description": ""}, {"description": " "}, {"description": "x" * 3_001}]
)
async def test_progress_that_says_nothing_or_too_much_is_refused_by_name(
    o: Observer, wish: Any
) -> None:
    made = await o.post(MAINTENANCES, AHEAD)

    refusal = await o.post(of(made, "messages"), wish, status=422)

    assert refusal["errors"][0]["source"]["field"] == "description"
    assert (await o.get(of(made)))["messages"] == []


async def test_its_history_is_told_oldest_first(o: Observer) -> None:
    made = await o.post(MAINTENANCES, AHEAD)
    await o.patch(of(made), {"title": "New disks"})
    await o.post(of(made, "start"))
    await o.post(of(made, "complete"))

    page = await o.get(of(made, "timeline"))

    assert [(one["type"], one["actor"]) for one in page["items"]] == [
        ("maintenance.scheduled", "CI"),
        ("maintenance.updated", "CI"),
        ("maintenance.started", "CI"),
        ("maintenance.completed", "CI"),
    ]
    assert all(one["description"].endswith(".") for one in page["items"])
    assert (await o.get(f"{of(made, 'timeline')}?limit=1&page=3"))["items"] == [page["items"][2]]
    await o.get(f"{of(made, 'timeline')}?cursor=x", status=422)


async def test_nothing_was_kept_from_calling_anybody(o: Observer) -> None:
    made = await o.post(MAINTENANCES, AHEAD)

    page = await o.get(of(made, "alerts"))

    assert (page["items"], page["meta"], page["next_cursor"]) == (
        [],
        {"total": 0, "limit": 25},
        None,
    )
    await o.get(f"{of(made, 'alerts')}?limit=0", status=422)
    refusal = await o.get(f"{of(made, 'alerts')}?cursor=alr_404", status=422)
    assert refusal["errors"][0]["source"]["field"] == "cursor"


@pytest.mark.parametrize("verb", ["extend", "skip", "messages", "cancel"])
async def test_a_condition_that_is_past_stops_every_step(
    o: Observer, verb: str, alice: Caller
) -> None:
    made = await o.post(MAINTENANCES, WEEKLY)
    await o.patch(of(made), {"title": "Another"})
    wishes = {"extend": {"minutes": 5}, "messages": {"description": "On it."}}

    await o.ask(
        "POST",
        of(made, verb),
        wishes.get(verb),
        status=412,
        headers={"If-Match": '"1-00000000"'},
    )

    assert (await o.get(of(made)))["state"] == "scheduled"
