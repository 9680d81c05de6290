"""What incident.io's clients say of a maintenance window besides its name and its times."""

from datetime import UTC, datetime
from typing import Any

import pytest
from incident_io.models import MaintenanceWindowV1

from bot.web.times import instant
from core.commands import AddService, ScheduleMaintenance
from tests.integration.api.checks.incident_io import Ground

WINDOWS = "/v1/maintenance_windows"
UPGRADE = {
    "name": "Database upgrade",
    "start_at": "2030-06-01T02:00:00Z",
    "end_at": "2030-06-01T04:00:00Z",
    "lead": {"email": "bob@example.com"},
    "show_in_sidebar": True,
    "alert_condition_groups": [],
}


def condition(subject: str, operation: str, *literals: str) -> dict[str, Any]:
    return {
        "subject": subject,
        "operation": operation,
        "param_bindings": [{"array_value": [{"literal": one} for one in literals]}],
    }


def group(*conditions: dict[str, Any]) -> dict[str, Any]:
    return {"conditions": list(conditions)}


async def made_of(io: Ground, **changes: Any) -> Any:
    return (await io.post(WINDOWS, {**UPGRADE, **changes}))["maintenance_window"]


async def test_the_lead_is_the_owner_whoever_scheduled_it(io: Ground) -> None:
    made = await made_of(io)
    moved = await io.ask(
        "PUT", f"{WINDOWS}/{made['id']}", {**UPGRADE, "lead": {"id": io.alice.actor.user_id}}
    )
    observed = await io.get(f"/api/v1/maintenances/{made['id']}")

    assert made["lead"]["user"]["email"] == "bob@example.com"
    assert moved["maintenance_window"]["lead"]["user"]["id"] == io.alice.actor.user_id
    assert observed["owner_id"] == io.alice.actor.user_id


async def test_a_lead_that_nobody_is_is_refused_by_name(io: Ground) -> None:
    wish = {**UPGRADE, "lead": {"email": "nobody@example.com"}}

    refusal = await io.post(WINDOWS, wish, status=422)

    assert [error["source"]["field"] for error in refusal["errors"]] == ["lead"]
    assert (await io.get(WINDOWS))["maintenance_windows"] == []


async def test_without_a_lead_it_is_whoever_scheduled_it(io: Ground) -> None:
    made = await made_of(io, lead={})

    assert made["lead"] == {"api_key": {"id": "", "name": "CI"}}


async def test_channels_a_message_and_a_reminder_are_kept(io: Ground) -> None:
    made = await made_of(
        io,
        notify_channels=[
            {"channel_id": "C0ACTHQMHS8", "channel_name": "ops", "channel_type": "public"}
        ],
        notify_start_minutes_before=15,
        notification_message="Expect a minute of errors.",
    )
    observed = await io.get(f"/api/v1/maintenances/{made['id']}")

    assert made["notify_channels"] == [{"channel_id": "C0ACTHQMHS8", "channel_type": "slack"}]
    assert (made["notify_start_minutes_before"], made["notify_end_minutes_before"]) == (15, 15)
    assert made["notification_message"] == "Expect a minute of errors."
    assert (made["reroute_on_end"], made["resolve_on_end"]) == (True, False)
    assert (observed["reminders"], observed["description"]) == ([15], "Expect a minute of errors.")


async def test_conditions_on_labels_are_matchers(io: Ground) -> None:
    made = await made_of(
        io,
        alert_condition_groups=[
            group(
                condition("alert.attributes.job", "one_of", "database"),
                condition("alert.attributes.severity", "not_one_of", "critical", "a.b"),
                condition("alert.attributes.host", "matches_regex", "db-[0-9]+"),
            )
        ],
    )
    observed = await io.get(f"/api/v1/maintenances/{made['id']}")

    assert observed["matchers"] == [
        'job="database"',
        'severity!~"critical|a\\\\.b"',
        'host=~"db-[0-9]+"',
    ]


async def test_a_condition_on_services_is_what_it_affects(io: Ground) -> None:
    database = await io.bus.execute(AddService(caller=io.alice, name="Database"))
    wish = [group(condition("alert.service", "one_of", database.id))]

    made = await made_of(io, alert_condition_groups=wish)
    observed = await io.get(f"/api/v1/maintenances/{made['id']}")

    [shown] = made["alert_condition_groups"]
    assert shown["conditions"][0]["param_bindings"] == [
        {"array_value": [{"literal": database.id, "label": "Database"}]}
    ]
    assert observed["affected_services"] == [{"id": database.id, "name": "Database"}]


async def test_conditions_may_be_sent_back_as_they_were_answered(io: Ground) -> None:
    database = await io.bus.execute(AddService(caller=io.alice, name="Database"))
    made = await made_of(
        io,
        alert_condition_groups=[
            group(condition("alert.service", "one_of", database.id)),
            group(
                condition("alert.attributes.job", "is", "database"),
                condition("alert.attributes.env", "not_matches_regex", "dev|test"),
            ),
        ],
    )

    wish = {**UPGRADE, "alert_condition_groups": made["alert_condition_groups"]}
    again = (await io.ask("PUT", f"{WINDOWS}/{made['id']}", wish))["maintenance_window"]

    assert len(made["alert_condition_groups"]) == 2
    assert again["alert_condition_groups"] == made["alert_condition_groups"]


async def test_none_at_all_take_those_away_that_there_were(io: Ground) -> None:
    wish = [group(condition("alert.attributes.job", "one_of", "database"))]
    made = await made_of(io, alert_condition_groups=wish)

    changed = await io.ask("PUT", f"{WINDOWS}/{made['id']}", UPGRADE)

    assert made["alert_condition_groups"] != []
    assert changed["maintenance_window"]["alert_condition_groups"] == []


@pytest.mark.parametrize(
    ("groups", "field"),
    [
        ([group(condition("incident.severity", "one_of", "1"))], "0.conditions.0"),
        ([group(condition("alert.attributes.job", "sounds_like", "x"))], "0.conditions.0"),
        ([group(condition("alert.attributes.job", "one_of"))], "0.conditions.0"),
        ([group(condition("alert.attributes.job", "matches_regex", "("))], None),
        ([group(condition("alert.service", "not_one_of", "x"))], "0.conditions.0"),
        ([group(condition("alert.service", "one_of", "svc_404"))], None),
        (
            [
                group(
                    condition("alert.attributes.job", "one_of", "x"),
                    condition("alert.service", "one_of", "x"),
                )
            ],
            "0.conditions.1",
        ),
        ([group(condition("alert.attributes.job", "one_of", "x"))] * 2, "1.conditions"),
        ([{"conditions": []}], "0.conditions"),
        (["all"], "0"),
        ([group(condition("alert.attributes.", "one_of", "x"))], None),
    ],
)
async def test_a_condition_that_cannot_be_kept_is_refused_by_name(
    io: Ground, groups: Any, field: str | None
) -> None:
    wish = {**UPGRADE, "alert_condition_groups": groups}

    refusal = await io.post(WINDOWS, wish, status=422)

    named = "alert_condition_groups" if field is None else f"alert_condition_groups.{field}"
    assert [error["source"]["field"] for error in refusal["errors"]] == [named]
    assert (await io.get(WINDOWS))["maintenance_windows"] == []


async def test_the_official_client_understands_every_window(io: Ground) -> None:
    database = await io.bus.execute(AddService(caller=io.alice, name="Database"))
    whole = await made_of(
        io,
        alert_condition_groups=[group(condition("alert.service", "one_of", database.id))],
        notify_channels=[{"channel_id": "C0ACTHQMHS8", "channel_type": "public"}],
        notify_start_minutes_before=15,
        notification_message="Expect a minute of errors.",
    )
    bare = await made_of(io, lead={}, notify_start_minutes_before=0)

    understood = [MaintenanceWindowV1.from_dict(one) for one in (whole, bare)]

    assert [one.id for one in understood] == [whole["id"], bare["id"]]
    subject = understood[0].alert_condition_groups[0].conditions[0].subject
    assert subject.reference == "alert.service"
    assert "notify_start_minutes_before" not in bare


async def test_a_recurring_window_stays_one_when_it_is_changed_here(io: Ground) -> None:
    made = await io.bus.execute(
        ScheduleMaintenance(
            caller=io.alice,
            title="Database upgrade",
            scheduled_start_at=datetime(2030, 6, 1, 2, tzinfo=UTC),
            scheduled_end_at=datetime(2030, 6, 1, 4, tzinfo=UTC),
            recurrence="FREQ=WEEKLY",
        )
    )

    await io.ask("PUT", f"{WINDOWS}/{made.id}", {**UPGRADE, "name": "New disks"})

    row = await io.reads.maintenance(io.organization_id, made.id)
    assert (row.maintenance.title, row.maintenance.recurrence) == ("New disks", "FREQ=WEEKLY")


async def test_one_that_runs_past_its_end_never_ends_before_it_starts(io: Ground) -> None:
    past = {"start_at": "2029-06-01T02:00:00Z", "end_at": "2029-06-01T04:00:00Z"}
    made = await made_of(io, **past)
    started = io.clock()
    await io.post(f"/api/v1/maintenances/{made['id']}/start", {}, status=200)
    now = io.clock.advance(minutes=5)

    shown = (await io.get(f"{WINDOWS}/{made['id']}"))["maintenance_window"]
    [listed] = (await io.get(WINDOWS))["maintenance_windows"]

    assert (shown["start_at"], shown["end_at"]) == (instant(started), instant(now))
    assert listed == shown


async def test_one_that_was_canceled_past_its_end_ended_then(io: Ground) -> None:
    past = {"start_at": "2029-06-01T02:00:00Z", "end_at": "2029-06-01T04:00:00Z"}
    made = await made_of(io, **past)
    await io.post(f"/api/v1/maintenances/{made['id']}/start", {}, status=200)
    canceled = io.clock.advance(minutes=5)
    await io.ask("DELETE", f"{WINDOWS}/{made['id']}?force=true", status=204)
    io.clock.advance(hours=1)

    shown = (await io.get(f"{WINDOWS}/{made['id']}"))["maintenance_window"]

    assert shown["end_at"] == instant(canceled)
