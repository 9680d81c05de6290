"""Checks 60, 61 and 65: maintenance, from the schedule to its end."""

from typing import Any

import pytest

from core.bus import CommandBus
from core.commands import AddService
from core.domain.actor import Caller
from core.domain.ids import OrganizationId
from core.domain.service import Service
from tests.fakes.moment import FakeClock
from tests.integration.api.checks.observer import (
    MAINTENANCES,
    UPGRADE,
    Observer,
    of,
    rollup,
)
from tests.integration.api.doors import Client, api_key

NOT_THERE = "svc_404"


@pytest.fixture
async def o(client: Client, bus: CommandBus, organization_id: OrganizationId) -> Observer:
    return Observer(client, await api_key(bus, organization_id, scopes=["maintenances:write"]))


@pytest.fixture
async def database(bus: CommandBus, alice: Caller) -> Service:
    return await bus.execute(AddService(caller=alice, name="Database"))


async def test_check_60_the_documented_maintenance_is_scheduled(
    o: Observer, database: Service
) -> None:
    made = await o.maintenance(affected_services=[database.id])

    assert made["id"].startswith("mnt_")
    assert (made["type"], made["severity"], made["state"]) == ("Maintenance", None, "scheduled")
    assert made["scheduled_start_at"] == "2026-06-01T02:00:00.000Z"
    assert made["scheduled_end_at"] == "2026-06-01T04:00:00.000Z"
    assert made["affected_services"] == rollup(database)
    assert made["messages"] == made["visible_to_customer_ids"] == []
    assert {name: made[name] for name in ("actual_start_at", "actual_end_at", "canceled_at")} == {
        "actual_start_at": None,
        "actual_end_at": None,
        "canceled_at": None,
    }


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("2026-06-01T04:30:00+02:00", "2026-06-01T02:30:00.000Z"),
        ("2026-06-01T02:30:00.123456789Z", "2026-06-01T02:30:00.123Z"),
        ("0001-01-01T00:00:00Z", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("2026-06-01T02:30:00", None),
        ("soon", None),
    ],
)
async def test_times_of_any_zone_mean_the_same_moment(
    o: Observer, sent: str, kept: str | None
) -> None:
    wish = UPGRADE | {"scheduled_start_at": sent}

    answer = await o.post(MAINTENANCES, wish, status=200 if kept else 422)

    if kept:
        assert answer["scheduled_start_at"] == kept
    else:
        assert answer["errors"][0]["source"]["field"].startswith("scheduled_")


async def test_check_61_it_is_started_and_completed(o: Observer, clock: FakeClock) -> None:
    made = await o.maintenance()

    started = await o.post(of(made, "start"))
    clock.advance(hours=1)
    completed = await o.post(of(made, "complete"))

    assert (started["state"], started["actual_start_at"]) == (
        "in_progress",
        "2030-01-01T12:00:00.000Z",
    )
    assert (completed["state"], completed["actual_end_at"]) == (
        "completed",
        "2030-01-01T13:00:00.000Z",
    )
    assert await o.get(of(made)) == completed


async def test_check_61_another_one_is_canceled(o: Observer) -> None:
    made = await o.maintenance()

    canceled = await o.post(of(made, "cancel"))

    assert (canceled["state"], canceled["canceled_at"]) == ("canceled", "2030-01-01T12:00:00.000Z")


@pytest.mark.parametrize(
    ("before", "verb", "status"),
    [
        (["start"], "start", 200),
        (["start", "complete"], "complete", 200),
        (["cancel"], "cancel", 200),
        (["start"], "cancel", 200),
        ([], "complete", 409),
        (["start", "complete"], "start", 409),
        (["start", "complete"], "cancel", 409),
        (["cancel"], "start", 409),
        (["cancel"], "complete", 409),
    ],
)
async def test_a_step_is_possible_or_refused_and_twice_is_once(
    o: Observer, before: list[str], verb: str, status: int
) -> None:
    made = await o.maintenance()
    for step in before:
        made = await o.post(of(made, step))

    answer = await o.post(of(made, verb), status=status)

    if status == 409:
        assert answer["errors"][0]["code"] == "illegal_transition"
        assert await o.get(of(made)) == made
    elif verb in before:
        assert answer == made


async def test_a_change_moves_the_window_and_keeps_the_rest(o: Observer, database: Service) -> None:
    made = await o.maintenance()

    changed = await o.patch(
        of(made),
        {
            "scheduled_end_at": "2026-06-01T05:00:00Z",
            "affected_services": [database.id],
            "visible_to_customer_ids": ["customer-1"],
        },
    )

    assert changed["scheduled_end_at"] == "2026-06-01T05:00:00.000Z"
    assert (changed["title"], changed["scheduled_start_at"]) == (
        made["title"],
        made["scheduled_start_at"],
    )
    assert changed["affected_services"] == rollup(database)
    assert changed["visible_to_customer_ids"] == ["customer-1"]


async def test_after_the_start_nothing_is_changed(o: Observer) -> None:
    made = await o.maintenance()
    started = await o.post(of(made, "start"))

    refusal = await o.patch(of(made), {"title": "Another"}, status=409)

    assert "in progress" in refusal["detail"]
    assert await o.get(of(made)) == started


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"scheduled_end_at": "2026-06-01T01:00:00Z"}, ["scheduled_end_at"]),
        ({"scheduled_end_at": UPGRADE["scheduled_start_at"]}, ["scheduled_end_at"]),
        ({"scheduled_end_at": "2027-06-03T02:00:00Z"}, ["scheduled_end_at"]),
        (
            {"scheduled_start_at": None, "scheduled_end_at": None},
            ["scheduled_start_at", "scheduled_end_at"],
        ),
        ({"title": None}, ["title"]),
        ({"title": " "}, ["title"]),
        ({"affected_services": [NOT_THERE]}, ["affected_services"]),
        ({"visible_to_customer_ids": [""]}, ["visible_to_customer_ids"]),
        (
            {"title": "", "affected_services": [NOT_THERE]},
            ["title", "affected_services"],
        ),
    ],
)
async def test_check_65_what_cannot_be_scheduled_is_refused_by_name(
    o: Observer, changes: dict[str, Any], fields: list[str]
) -> None:
    refusal = await o.post(MAINTENANCES, UPGRADE | changes, status=422)

    assert [error["source"]["field"] for error in refusal["errors"]] == fields
    assert (await o.get(MAINTENANCES))["meta"]["total"] == 0


async def test_check_65_times_that_are_missing_are_refused_by_name(o: Observer) -> None:
    refusal = await o.post(MAINTENANCES, {"title": "Database upgrade"}, status=422)

    assert {error["code"] for error in refusal["errors"]} == {"is_required"}


async def test_lists_are_newest_first_by_state_and_page(o: Observer, clock: FakeClock) -> None:
    made = []
    for title in ("first", "second", "third"):
        made.append(await o.maintenance(title=title))
        clock.advance(minutes=1)
    await o.post(of(made[0], "start"))

    async def titles(query: str) -> list[str]:
        return [row["title"] for row in (await o.get(f"{MAINTENANCES}?{query}"))["items"]]

    assert await titles("") == ["third", "second", "first"]
    assert await titles("state=scheduled") == ["third", "second"]
    assert await titles("state=in_progress,completed") == ["first"]
    assert await titles("status=SCHEDULED&state=in_progress&limit=1") == ["third"]
    assert await titles("since=2030-01-01T12:01:00Z") == ["third", "second"]
    page = await o.get(f"{MAINTENANCES}?limit=2")
    assert (page["meta"]["total"], page["data"]) == (3, page["items"])
    assert await titles(f"limit=2&cursor={page['next_cursor']}") == ["first"]
    refusal = await o.get(f"{MAINTENANCES}?state=published", status=422)
    assert "scheduled, in_progress, completed, canceled" in refusal["detail"]


async def test_it_is_found_by_its_reference_and_only_there(o: Observer) -> None:
    made = await o.maintenance()

    assert await o.get(f"{MAINTENANCES}/mnt-1") == made
    await o.get(f"{MAINTENANCES}/MNT-2", status=404)
    await o.post(f"{MAINTENANCES}/mnt_404/start", status=404)


async def test_one_key_schedules_and_starts_once(o: Observer) -> None:
    once = {"Idempotency-Key": "upgrade-1"}

    first = await o.ask("POST", MAINTENANCES, UPGRADE, headers=once)
    again = await o.ask("POST", MAINTENANCES, UPGRADE, headers=once)

    assert again == first
    assert (await o.get(MAINTENANCES))["meta"]["total"] == 1


async def test_a_condition_that_is_past_changes_nothing(o: Observer) -> None:
    made = await o.maintenance()
    await o.patch(of(made), {"title": "Another"})

    await o.ask(
        "PATCH", of(made), {"title": "Mine"}, status=412, headers={"If-Match": '"1-00000000"'}
    )

    assert (await o.get(of(made)))["title"] == "Another"
