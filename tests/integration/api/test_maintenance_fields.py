"""What may be said of maintenance over REST, and what is refused, by the name of its field."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.web.times import instant
from core.bus import CommandBus
from core.commands import AddService
from core.domain.actor import Caller
from core.domain.ids import OrganizationId
from core.domain.maintenance_series import MAX_EXCEPTIONS
from tests.fakes.moment import FakeClock
from tests.integration.api.checks.observer import MAINTENANCES, Observer, of
from tests.integration.api.doors import Client, api_key

AHEAD = {
    "title": "Database upgrade",
    "scheduled_start_at": "2030-01-08T22:00:00Z",
    "scheduled_end_at": "2030-01-08T23:00:00Z",
}
"""A Tuesday, a week after the clock of the tests begins."""


@pytest.fixture
async def o(client: Client, bus: CommandBus, organization_id: OrganizationId) -> Observer:
    return Observer(client, await api_key(bus, organization_id, scopes=["maintenances:write"]))


async def test_everything_that_is_said_is_answered(o: Observer, alice: Caller, bob: Caller) -> None:
    said: dict[str, Any] = {
        **AHEAD,
        "description": "New disks.",
        "timezone": "Europe/Berlin",
        "notify_channels": ["C0ACTHQMHS8", "ops"],
        "notify_user_ids": [bob.actor.user_id],
        "customer_visible": False,
        "runbook_url": "https://example.com/runbooks/disks",
        "owner_id": alice.actor.user_id,
        "auto_start": False,
        "auto_complete": False,
        "reminders": [120, 30],
        "matchers": ['job="database"', 'severity!="critical"'],
        "recurrence": "FREQ=WEEKLY;BYDAY=TU",
        "exceptions": ["2030-01-15T22:00:00Z"],
        "visible_to_customer_ids": ["customer-7"],
    }

    made = await o.post(MAINTENANCES, said)

    [line] = (await o.get(MAINTENANCES))["items"]
    milliseconds = {
        name: f"{said[name][:-1]}.000Z" for name in ("scheduled_start_at", "scheduled_end_at")
    }
    expected = {**said, **milliseconds, "exceptions": ["2030-01-15T22:00:00.000Z"]}
    assert {name: made[name] for name in said} == expected
    assert {name: line[name] for name in said} == expected
    assert (made["series_id"], made["occurrence_at"]) == (made["id"], made["scheduled_start_at"])


async def test_what_is_not_said_has_its_usual_value(o: Observer) -> None:
    made = await o.post(MAINTENANCES, AHEAD)

    assert {
        "timezone": "UTC",
        "notify_channels": [],
        "notify_user_ids": [],
        "customer_visible": True,
        "runbook_url": None,
        "owner_id": None,
        "auto_start": True,
        "auto_complete": True,
        "reminders": [60],
        "matchers": [],
        "recurrence": None,
        "series_id": None,
        "occurrence_at": None,
        "exceptions": [],
        "cancel_reason": None,
        "messages": [],
        "warnings": [],
        "alerts": {"suppressed": 0, "firing": 0},
    }.items() <= made.items()


async def test_a_change_of_one_thing_leaves_all_others_alone(o: Observer, alice: Caller) -> None:
    made = await o.post(
        MAINTENANCES,
        {**AHEAD, "owner_id": alice.actor.user_id, "reminders": [30], "matchers": ["job=database"]},
    )

    changed = await o.patch(of(made), {"timezone": "Asia/Kolkata"})
    nobodys = await o.patch(of(made), {"owner_id": "", "reminders": []})

    kept = ("owner_id", "reminders", "matchers", "scheduled_start_at", "title")
    assert changed["timezone"] == "Asia/Kolkata"
    assert {name: changed[name] for name in kept} == {name: made[name] for name in kept}
    assert (nobodys["owner_id"], nobodys["reminders"]) == (None, [])
    assert nobodys["matchers"] == ['job="database"']


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"scheduled_end_at": "2030-01-08T21:00:00Z"}, "scheduled_end_at"),
        ({"scheduled_start_at": "2029-12-31T12:00:00Z"}, "scheduled_start_at"),
        ({"scheduled_end_at": "2031-01-10T22:00:00Z"}, "scheduled_end_at"),
        ({"affected_services": ["svc_404"]}, "affected_services"),
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"recurrence": "every tuesday"}, "recurrence"),
        ({"recurrence": "FREQ=MINUTELY"}, "recurrence"),
        ({"recurrence": "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"}, "recurrence"),
        ({"recurrence": "FREQ=HOURLY;BYMINUTE=0,30"}, "recurrence"),
        ({"recurrence": "FREQ=WEEKLY;BYDAY=WE"}, "recurrence"),
        ({"matchers": ["job~database"]}, "matchers"),
        ({"matchers": ['job=~"("']}, "matchers"),
        ({"matchers": [""]}, "matchers"),
        ({"notify_channels": ["not a channel!"]}, "notify_channels"),
        ({"notify_user_ids": ["usr_404"]}, "notify_user_ids"),
        ({"owner_id": "usr_404"}, "owner_id"),
        ({"reminders": [0]}, "reminders"),
        ({"reminders": [1, 10**9]}, "reminders"),
        ({"runbook_url": "javascript:alert(1)"}, "runbook_url"),
        ({"auto_start": "yes"}, "auto_start"),
        ({"customer_visible": 1}, "customer_visible"),
        ({"exceptions": ["never"]}, "exceptions.0"),
        (
            {"recurrence": "FREQ=DAILY;COUNT=3", "exceptions": ["2030-01-09T22:01:00Z"]},
            "exceptions",
        ),
        ({"reminders": ["30"]}, "reminders.0"),
        ({"scheduled_start_at": None}, "scheduled_start_at"),
    ],
)
async def test_what_cannot_be_is_refused_by_name_and_nothing_is_written(
    o: Observer, wrong: dict[str, Any], field: str
) -> None:
    refusal = await o.post(MAINTENANCES, AHEAD | wrong, status=422)

    assert [error["source"]["field"] for error in refusal["errors"]] == [field]
    assert refusal["errors"][0]["message"].endswith((".", "?"))
    assert (await o.get(MAINTENANCES))["meta"]["total"] == 0


async def test_as_many_occurrences_can_be_left_out_as_a_window_holds(o: Observer) -> None:
    first = datetime(2030, 1, 8, 22, tzinfo=UTC)
    skipped = [instant(first + timedelta(days=n)) for n in range(1, MAX_EXCEPTIONS + 2)]
    daily = {**AHEAD, "recurrence": "FREQ=DAILY"}

    made = await o.post(MAINTENANCES, {**daily, "exceptions": skipped[:-1]})
    refusal = await o.post(MAINTENANCES, {**daily, "exceptions": skipped}, status=422)

    assert made["exceptions"] == skipped[:-1]
    assert [error["source"]["field"] for error in refusal["errors"]] == ["exceptions"]


async def test_what_starts_now_takes_no_other_start(o: Observer) -> None:
    refusal = await o.post(MAINTENANCES, {**AHEAD, "start_now": True}, status=422)

    assert [error["source"]["field"] for error in refusal["errors"]] == ["scheduled_start_at"]
    assert (await o.get(MAINTENANCES))["meta"]["total"] == 0


async def test_a_start_that_has_passed_is_offered_to_be_now(o: Observer) -> None:
    late = {**AHEAD, "scheduled_start_at": "2030-01-01T10:00:00Z"}

    refusal = await o.post(MAINTENANCES, late, status=422)
    made = await o.post(
        MAINTENANCES,
        {"title": "Now", "start_now": True, "scheduled_end_at": AHEAD["scheduled_end_at"]},
    )

    assert "start_now" in refusal["detail"]
    assert (made["state"], made["actual_start_at"]) == ("in_progress", "2030-01-01T12:00:00.000Z")


async def test_windows_that_share_a_service_at_the_same_time_are_told_apart_in_a_warning(
    o: Observer, bus: CommandBus, alice: Caller
) -> None:
    database, search = [
        await bus.execute(AddService(caller=alice, name=name)) for name in ("Database", "Search")
    ]
    both = {**AHEAD, "affected_services": [database.id, search.id]}
    first = await o.post(MAINTENANCES, {**both, "title": "First"})
    await o.post(
        MAINTENANCES,
        {
            **both,
            "scheduled_start_at": "2030-01-08T23:00:00Z",
            "scheduled_end_at": "2030-01-08T23:30:00Z",
        },
    )

    made = await o.post(MAINTENANCES, {**AHEAD, "affected_services": [database.id]})

    [warning] = made["warnings"]
    assert warning["code"] == "overlap"
    assert warning["message"] == "MNT-1 (First) affects Database at the same time."
    assert warning["maintenance"]["id"] == first["id"]
    assert warning["affected_services"] == ["Database"]


async def test_a_move_onto_another_window_is_warned_of_as_well(
    o: Observer, bus: CommandBus, alice: Caller
) -> None:
    service = await bus.execute(AddService(caller=alice, name="Database"))
    await o.post(MAINTENANCES, {**AHEAD, "affected_services": [service.id]})
    later = {
        "scheduled_start_at": "2030-02-08T22:00:00Z",
        "scheduled_end_at": "2030-02-08T23:00:00Z",
    }
    made = await o.post(MAINTENANCES, {**AHEAD, **later, "affected_services": [service.id]})

    moved = await o.patch(
        of(made), {name: AHEAD[name] for name in ("scheduled_start_at", "scheduled_end_at")}
    )

    assert made["warnings"] == []
    assert [one["maintenance"]["reference"] for one in moved["warnings"]] == ["MNT-1"]


async def test_a_service_is_in_maintenance_while_a_window_of_its_is_in_progress(
    client: Client,
    bus: CommandBus,
    organization_id: OrganizationId,
    alice: Caller,
    clock: FakeClock,
) -> None:
    scopes = ["maintenances:write", "services:read"]
    o = Observer(client, await api_key(bus, organization_id, scopes=scopes))
    database = await bus.execute(AddService(caller=alice, name="Database"))
    await bus.execute(AddService(caller=alice, name="Search"))
    made = await o.post(MAINTENANCES, {**AHEAD, "affected_services": [database.id]})

    async def statuses() -> list[tuple[str, str]]:
        ours = (await o.get("/api/v1/services"))["items"]
        theirs = (await o.get("/api/services"))["services"]
        return [(one["status"], two["status"]) for one, two in zip(ours, theirs, strict=True)]

    usual = ("operational", "OPERATIONAL")
    assert await statuses() == [usual, usual]
    await o.post(of(made, "start"))
    assert await statuses() == [("maintenance", "MAINTENANCE"), usual]
    await o.post(of(made, "complete"))
    assert await statuses() == [usual, usual]


async def test_a_window_is_warned_of_a_later_occurrence_and_a_series_of_a_window(
    o: Observer, bus: CommandBus, alice: Caller
) -> None:
    database = await bus.execute(AddService(caller=alice, name="Database"))
    on = {**AHEAD, "affected_services": [database.id]}
    times = ("2030-01-15T22:30:00Z", "2030-01-15T22:45:00Z")
    later = on | dict(zip(("scheduled_start_at", "scheduled_end_at"), times, strict=True))
    await o.post(MAINTENANCES, {**on, "recurrence": "FREQ=WEEKLY;BYDAY=TU"})

    single = await o.post(MAINTENANCES, later)
    daily = await o.post(MAINTENANCES, {**on, "recurrence": "FREQ=DAILY"})

    [warning] = single["warnings"]
    assert warning["maintenance"]["reference"] == "MNT-1"
    assert warning["maintenance"]["scheduled_start_at"] == "2030-01-15T22:00:00.000Z"
    named = [one["maintenance"]["reference"] for one in daily["warnings"]]
    assert named == ["MNT-1", "MNT-2"]
