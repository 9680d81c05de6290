"""Updates, follow-ups, windows and people over incident.io's wire."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest
from incident_io.models import IncidentMembershipsCreateResultV1

from core.commands import PostUpdate, StartMaintenance
from core.domain.ids import IncidentId, MaintenanceId
from core.domain.state import Phase
from tests.integration.api.checks.incident_io import SCOPES, Ground
from tests.integration.api.doors import api_key

_keys = count(1)
UPGRADE = {
    "name": "Database upgrade",
    "start_at": "2030-06-01T02:00:00Z",
    "end_at": "2030-06-01T04:00:00Z",
    "lead": {"email": "alice@example.com"},
    "show_in_sidebar": True,
    "alert_condition_groups": [],
}


async def _told(io: Ground, incident: Any, *, status: int = 201, **told: Any) -> Any:
    wish = {"idempotency_key": f"key-{next(_keys)}", "incident_id": incident["id"], **told}
    return await io.post("/v2/incident_updates", wish, status=status)


async def test_an_update_tells_and_moves_in_one_go(io: Ground) -> None:
    made = await io.create()

    update = (
        await _told(
            io,
            made,
            message="Rolling back.",
            to_incident_status_id="status_fixing",
            to_severity_id="severity_low",
        )
    )["incident_update"]

    assert (update["message"], update["incident_id"]) == ("Rolling back.", made["id"])
    assert update["new_incident_status"]["name"] == "Fixing"
    assert update["new_severity"]["name"] == "Minor"
    assert update["updater"] == {"api_key": {"id": "", "name": "CI"}}
    after = (await io.get(f"/v2/incidents/{made['id']}"))["incident"]
    assert after["incident_status"]["name"] == "Fixing"
    assert after["severity"]["name"] == "Minor"


async def test_an_update_without_a_message_says_what_it_did(io: Ground) -> None:
    made = await io.create()

    update = await _told(io, made, to_severity_id="severity_low")

    assert update["incident_update"]["message"] == "Severity: Minor."


@pytest.mark.parametrize("status", ["status_post_incident", "status_closed"])
async def test_an_update_ends_an_incident(io: Ground, status: str) -> None:
    made = await io.create()

    update = await _told(io, made, message="It is over.", to_incident_status_id=status)

    assert update["incident_update"]["message"] == "It is over."
    assert update["incident_update"]["new_incident_status"]["id"] == status
    assert (await io.get("/v2/incident_updates"))["incident_updates"] == [update["incident_update"]]
    after = (await io.get(f"/v2/incidents/{made['id']}"))["incident"]
    assert after["incident_status"]["id"] == status


async def test_an_update_is_shown_with_the_organisations_own_words(io: Ground) -> None:
    wish = {"name": "Mitigating", "description": "It hurts less.", "category": "live"}
    status = (await io.post("/v1/incident_statuses", wish))["incident_status"]
    rank = {"name": "Sev zero", "description": "All is lost.", "rank": 9}
    severity = (await io.post("/v1/severities", rank))["severity"]
    made = await io.create()

    await _told(io, made, to_incident_status_id=status["id"], to_severity_id=severity["id"])
    await _told(io, made, message="We go on.", to_incident_status_id="status_monitoring")

    newest, oldest = (await io.get("/v2/incident_updates"))["incident_updates"]
    assert (oldest["new_incident_status"], oldest["new_severity"]) == (status, severity)
    assert oldest["message"] == "Status: Mitigating. Severity: Sev zero."
    assert newest["new_incident_status"]["name"] == "Monitoring"
    assert newest["new_severity"] == severity


async def test_the_same_key_tells_once(io: Ground) -> None:
    made = await io.create()
    wish = {"idempotency_key": "once", "incident_id": made["id"], "message": "Rolling back."}

    first = await io.post("/v2/incident_updates", wish)
    await _told(io, made, message="Rolled back.")
    again = await io.post("/v2/incident_updates", {**wish, "message": "Something else."})

    assert again == first
    page = await io.get("/v2/incident_updates")
    assert [one["message"] for one in page["incident_updates"]] == ["Rolled back.", "Rolling back."]


async def test_updates_of_every_door_are_listed_in_pages(io: Ground) -> None:
    made, other = await io.create(), await io.create()
    await _told(io, other, message="Elsewhere.")
    await io.bus.execute(
        PostUpdate(
            caller=io.bob,
            incident_id=IncidentId(made["id"]),
            text="We watch it.",
            phase=Phase.MONITORING,
        )
    )
    await _told(io, made, message="All is calm.")
    of = ("incident_id", made["id"])

    first = await io.get("/v2/incident_updates", of, ("page_size", "1"))
    after = ("after", first["pagination_meta"]["after"])
    second = await io.get("/v2/incident_updates", of, ("page_size", "1"), after)

    [newest], [oldest] = first["incident_updates"], second["incident_updates"]
    assert (newest["message"], oldest["message"]) == ("All is calm.", "We watch it.")
    assert oldest["new_incident_status"]["name"] == "Monitoring"
    assert oldest["updater"]["user"]["name"] == "Bob Baker"
    assert "after" not in second["pagination_meta"]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"message": "Hello", "incident_id": "inc_none"}, "incident_id"),
        ({"to_incident_status_id": "sta_none"}, "to_incident_status_id"),
        ({"to_severity_id": "sev_none"}, "to_severity_id"),
        ({"message": "a" * 10_001}, "message"),
    ],
)
async def test_an_update_that_cannot_be_is_refused(
    io: Ground, told: dict[str, str], field: str
) -> None:
    made = await io.create()

    body = await _told(io, made, status=422, **told)

    assert body["errors"][0]["source"]["field"] == field
    assert (await io.get("/v2/incident_updates"))["incident_updates"] == []


async def test_an_update_says_something(io: Ground) -> None:
    body = await _told(io, await io.create(), status=422, message=" ")

    assert "send a message" in body["detail"]


async def test_a_follow_up_is_made_done_and_deleted(io: Ground) -> None:
    made = await io.create()
    bob = str(io.bob.actor.user_id)
    wish = {"incident_id": made["id"], "title": "Add an alert", "labels": ["queue"]}

    added = (await io.post("/v2/follow_ups", wish))["follow_up"]
    at = f"/v2/follow_ups/{added['id']}"
    done = (
        await io.ask(
            "PUT", at, {"title": "Add an alert", "status": "completed", "assignee_id": bob}
        )
    )["follow_up"]
    left = (
        await io.ask(
            "PUT", at, {"title": "Add an alert", "status": "not_doing", "assignee_id": None}
        )
    )["follow_up"]

    assert (added["status"], added["labels"]) == ("outstanding", ["queue"])
    assert not {"assignee", "completed_at"} & set(added)
    assert done["assignee"]["name"] == "Bob Baker"
    assert done["completed_at"]
    assert not {"assignee", "completed_at"} & set(left)
    assert (await io.get(at))["follow_up"] == left
    await io.ask("DELETE", at, status=204)
    await io.get(at, status=404)


async def test_follow_ups_are_listed_by_incident_and_by_mode(io: Ground) -> None:
    real, drill = await io.create(), await io.create(mode="test")
    for incident in (real, drill):
        title = f"Learn from {incident['reference']}"
        await io.post("/v2/follow_ups", {"incident_id": incident["id"], "title": title})

    async def titles(*query: tuple[str, str]) -> list[str]:
        page = await io.get("/v2/follow_ups", *query)
        return [one["title"] for one in page["follow_ups"]]

    assert await titles() == [f"Learn from {real['reference']}"]
    assert await titles(("incident_mode", "test")) == [f"Learn from {drill['reference']}"]
    assert await titles(("incident_id", real["id"])) == [f"Learn from {real['reference']}"]
    await io.get("/v2/follow_ups", ("incident_id", "inc_none"), status=422)


async def test_follow_ups_of_a_deleted_incident_are_not_listed(io: Ground) -> None:
    made = await io.create()
    await io.post("/v2/follow_ups", {"incident_id": made["id"], "title": "Add an alert"})

    await io.ask("DELETE", f"/api/v1/incidents/{made['id']}", status=204)

    assert (await io.get("/v2/follow_ups"))["follow_ups"] == []


async def test_a_window_is_scheduled_moved_and_canceled(io: Ground) -> None:
    made = (await io.post("/v1/maintenance_windows", UPGRADE))["maintenance_window"]
    at = f"/v1/maintenance_windows/{made['id']}"
    later = {**UPGRADE, "end_at": "2030-06-01T06:00:00+02:00"}
    moved = await io.ask("PUT", at, {**later, "end_at": "2030-06-01T05:00:00Z"})
    await io.ask("DELETE", at, status=204)
    gone = (await io.get(at))["maintenance_window"]

    assert (made["start_at"], made["end_at"]) == (
        "2030-06-01T02:00:00.000Z",
        "2030-06-01T04:00:00.000Z",
    )
    assert moved["maintenance_window"]["end_at"] == "2030-06-01T05:00:00.000Z"
    assert "archived_at" not in made
    assert gone["archived_at"]
    assert (await io.get("/v1/maintenance_windows"))["maintenance_windows"] == []


async def test_a_running_window_is_ended_with_force_only(io: Ground) -> None:
    made = (await io.post("/v1/maintenance_windows", UPGRADE))["maintenance_window"]
    id = MaintenanceId(made["id"])
    await io.bus.execute(StartMaintenance(caller=io.alice, maintenance_id=id))
    at = f"/v1/maintenance_windows/{made['id']}"

    await io.ask("PUT", at, UPGRADE, status=409)
    refused = await io.client.delete(at, headers={"Authorization": f"Bearer {io.key}"})

    assert refused.status == 409
    await io.ask("DELETE", f"{at}?force=true", status=204)


async def test_windows_are_listed_by_status_and_in_pages(io: Ground) -> None:
    made = [
        (await io.post("/v1/maintenance_windows", {**UPGRADE, "name": name}))["maintenance_window"]
        for name in ("First", "Second", "Third")
    ]
    id = MaintenanceId(made[0]["id"])
    await io.bus.execute(StartMaintenance(caller=io.alice, maintenance_id=id))

    async def names(*query: tuple[str, str]) -> list[str]:
        page = await io.get("/v1/maintenance_windows", *query)
        return [one["name"] for one in page["maintenance_windows"]]

    assert await names(("status", "active")) == ["First"]
    assert await names(("status", "upcoming")) == ["Third", "Second"]
    assert await names(("status", "past")) == []
    page = await io.get("/v1/maintenance_windows", ("page_size", "2"))
    assert await names(("after", page["pagination_meta"]["after"])) == ["First"]
    await io.get("/v1/maintenance_windows", ("after", "mnt_none"), status=422)


async def test_a_window_that_nobody_started_in_its_time_is_past(io: Ground) -> None:
    made = (await io.post("/v1/maintenance_windows", UPGRADE))["maintenance_window"]

    async def ids(status: str) -> list[str]:
        page = await io.get("/v1/maintenance_windows", ("status", status))
        return [one["id"] for one in page["maintenance_windows"]]

    before = await ids("upcoming")
    io.clock.now = datetime(2030, 6, 1, 4, tzinfo=UTC)

    assert before == [made["id"]]
    assert (await ids("upcoming"), await ids("past")) == ([], [made["id"]])


async def test_a_window_that_ends_before_it_begins_is_refused(io: Ground) -> None:
    wish = {**UPGRADE, "end_at": UPGRADE["start_at"]}

    body = await io.post("/v1/maintenance_windows", wish, status=422)
    bare = await io.post("/v1/maintenance_windows", {}, status=422)

    assert body["errors"][0]["source"]["field"] == "end_at"
    assert {error["source"]["field"] for error in bare["errors"]} == set(UPGRADE)


async def test_people_are_listed_found_and_shown(io: Ground) -> None:
    page = await io.get("/v2/users", ("page_size", "1"))
    rest = await io.get("/v2/users", ("after", page["pagination_meta"]["after"]))
    found = await io.get("/v2/users", ("email", "BOB@example.com"))

    [alice], [bob] = page["users"], rest["users"]
    assert (alice["name"], alice["role"], alice["is_active"]) == (
        "Alice Archer",
        "administrator",
        True,
    )
    assert (bob["base_role"]["slug"], bob["role"]) == ("engineer", "responder")
    assert found["users"] == [bob]
    assert "after" not in rest["pagination_meta"]
    assert (await io.get(f"/v2/users/{bob['id']}"))["user"] == bob
    await io.get("/v2/users/usr_none", status=404)
    assert (await io.get("/v2/users", ("slack_user_id", "U0")))["users"] == []


async def test_a_key_learns_what_it_may_do(io: Ground) -> None:
    reader = await api_key(io.bus, io.organization_id, scopes=("incidents:read",))

    mine = (await io.get("/v1/identity"))["identity"]
    theirs = (await io.ask("GET", "/v1/identity", key=reader))["identity"]

    assert mine["roles"] == ["viewer", "incident_creator", "incident_editor", "manage_settings"]
    assert theirs["roles"] == ["viewer"]
    assert (mine["name"], mine["teams"], mine["team_roles"]) == ("CI", [], [])
    assert mine["dashboard_url"].startswith("http://")


@pytest.mark.parametrize(
    ("method", "path", "wish"),
    [
        ("POST", "/v2/incidents", {"idempotency_key": "k", "visibility": "public"}),
        ("POST", "/v1/incidents", {"idempotency_key": "k", "visibility": "public"}),
        ("POST", "/v2/incident_updates", {}),
        ("POST", "/v2/follow_ups", {}),
        ("POST", "/v1/maintenance_windows", UPGRADE),
        ("GET", "/v2/users", None),
    ],
)
async def test_a_key_does_what_its_scopes_allow(
    io: Ground, method: str, path: str, wish: Any
) -> None:
    reader = await api_key(io.bus, io.organization_id, scopes=("incidents:read",))

    body = await io.ask(method, path, wish, status=403, key=reader)

    assert body["type"] == "resource_forbidden"


async def test_one_organisation_never_sees_what_another_does(io: Ground) -> None:
    made = await io.create()
    wish = {"incident_id": made["id"], "title": "Add an alert"}
    follow_up = (await io.post("/v2/follow_ups", wish))["follow_up"]
    window = (await io.post("/v1/maintenance_windows", UPGRADE))["maintenance_window"]
    theirs = await io.storage.directory.ensure_organization("neighbour", "Neighbour")
    key = await api_key(io.bus, theirs.id, scopes=SCOPES)
    edit = {"incident": {"name": "Mine now"}, "notify_incident_channel": False}
    told = {"idempotency_key": "once", "incident_id": made["id"], "message": "Mine now."}
    done = {"title": "Mine now", "status": "completed"}

    for method, path, wish_of_theirs in (
        ("GET", f"/v2/incidents/{made['id']}", None),
        ("GET", f"/v1/incidents/{made['id']}", None),
        ("POST", f"/v2/incidents/{made['id']}/actions/edit", edit),
        ("GET", f"/v2/follow_ups/{follow_up['id']}", None),
        ("PUT", f"/v2/follow_ups/{follow_up['id']}", done),
        ("DELETE", f"/v2/follow_ups/{follow_up['id']}", None),
        ("GET", f"/v1/maintenance_windows/{window['id']}", None),
        ("PUT", f"/v1/maintenance_windows/{window['id']}", UPGRADE),
        ("GET", f"/v2/users/{io.bob.actor.user_id}", None),
    ):
        await io.ask(method, path, wish_of_theirs, status=404, key=key)
    for path, wish_of_theirs in (("/v2/incident_updates", told), ("/v2/follow_ups", wish)):
        await io.ask("POST", path, wish_of_theirs, status=422, key=key)
    for path in ("/v2/incidents", "/v2/follow_ups", "/v1/maintenance_windows", "/v2/users"):
        listed = await io.ask("GET", path, key=key)
        assert next(value for value in listed.values() if isinstance(value, list)) == []


async def test_memberships_let_people_into_a_private_incident_and_shut_them_out(
    io: Ground,
) -> None:
    made = await io.create()
    user_id = io.bob.actor.user_id
    wish = {"incident_id": made["id"], "user_id": user_id}

    answer = await io.post("/v1/incident_memberships", wish)
    let_in = IncidentMembershipsCreateResultV1.from_dict(answer).incident_membership
    inside = (await io.reads.incident(io.organization_id, made["id"])).row.members
    response = await io.client.post(
        "/v1/incident_memberships/actions/revoke",
        json=wish,
        headers={"Authorization": f"Bearer {io.key}"},
    )

    assert (let_in.incident_id, let_in.user.name) == (made["id"], "Bob Baker")
    assert inside == (user_id,)
    assert response.status == 204
    assert (await io.reads.incident(io.organization_id, made["id"])).row.members == ()


async def test_nobody_is_let_in_who_is_not_there(io: Ground) -> None:
    made = await io.create()

    stranger = {"incident_id": made["id"], "user_id": "usr_nobody"}
    nowhere = {"incident_id": "inc_nothing", "user_id": io.bob.actor.user_id}
    refusals = [
        await io.post("/v1/incident_memberships", wish, status=422) for wish in (stranger, nowhere)
    ]

    fields = [one["errors"][0]["source"]["field"] for one in refusals]
    assert fields == ["user_id", "incident_id"]
