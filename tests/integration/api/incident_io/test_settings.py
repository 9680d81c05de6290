"""Severities, statuses, types, roles and custom fields over incident.io's wire."""

from typing import Any

import pytest

from core.domain.account import Role
from tests.fakes.people import hire
from tests.integration.api.checks.incident_io import Ground
from tests.integration.api.doors import api_key

ROLE = {"name": "Liaison", "shortform": "li", "description": "Calls.", "instructions": "Call."}
NOUNS: dict[str, tuple[str, dict[str, Any], int]] = {
    "/v1/severities": ("severity", {"name": "Sev zero", "description": "All is lost."}, 202),
    "/v1/incident_statuses": (
        "incident_status",
        {"name": "Firefighting", "description": "It burns.", "category": "live"},
        202,
    ),
    "/v2/incident_roles": ("incident_role", ROLE, 204),
    "/v2/custom_fields": (
        "custom_field",
        {"name": "Team", "description": "Whose it is.", "field_type": "single_select"},
        204,
    ),
}


@pytest.mark.parametrize("path", NOUNS)
async def test_what_is_added_can_be_seen_changed_and_deleted(io: Ground, path: str) -> None:
    one, wish, gone = NOUNS[path]

    made = (await io.post(path, wish))[one]
    at = f"{path}/{made['id']}"
    shown = (await io.get(at))[one]
    changed = (await io.ask("PUT", at, {**wish, "name": "Another name"}))[one]
    listed = next(iter((await io.get(path)).values()))
    await io.ask("DELETE", at, status=gone)

    assert shown == made
    assert {name: made[name] for name in wish} == wish
    assert (changed["id"], changed["name"]) == (made["id"], "Another name")
    assert changed in listed
    await io.get(at, status=404)
    await io.ask("DELETE", at, status=404)


@pytest.mark.parametrize("path", NOUNS)
async def test_each_missing_word_is_named(io: Ground, path: str) -> None:
    _, wish, _ = NOUNS[path]

    body = await io.post(path, {}, status=422)

    assert {error["source"]["field"] for error in body["errors"]} == set(wish)


@pytest.mark.parametrize("path", NOUNS)
async def test_a_name_is_given_once(io: Ground, path: str) -> None:
    _, wish, _ = NOUNS[path]
    await io.post(path, wish)

    body = await io.post(path, wish, status=422)

    assert body["errors"][0]["source"]["field"] == "name"


@pytest.mark.parametrize("path", NOUNS)
async def test_the_same_request_under_one_key_adds_one(io: Ground, path: str) -> None:
    one, wish, _ = NOUNS[path]
    headers = {"Idempotency-Key": "once"}

    first = await io.ask("POST", path, wish, status=201, headers=headers)
    again = await io.ask("POST", path, wish, status=201, headers=headers)

    assert again[one] == first[one]


@pytest.mark.parametrize("path", NOUNS)
async def test_a_key_without_the_scope_reads_and_names_nothing(io: Ground, path: str) -> None:
    key = await api_key(io.bus, io.organization_id, scopes=("incidents:write",))
    _, wish, _ = NOUNS[path]

    await io.ask("GET", path, key=key)
    await io.ask("POST", path, wish, status=403, key=key)


@pytest.mark.parametrize("path", NOUNS)
async def test_one_organisation_never_sees_anothers(io: Ground, path: str) -> None:
    one, wish, _ = NOUNS[path]
    made = (await io.post(path, wish))[one]
    theirs = await io.storage.directory.ensure_organization("neighbour", "Neighbour")
    await hire(io.bus, theirs.id, "Carol Cook", Role.ADMIN)
    key = await api_key(io.bus, theirs.id, scopes=("incidents:read", "organizations:write"))

    at = f"{path}/{made['id']}"
    change = {**wish, "name": "Mine now"}

    await io.ask("GET", at, status=404, key=key)
    await io.ask("PUT", at, change, status=404, key=key)
    await io.ask("DELETE", at, status=404, key=key)
    listed = next(iter((await io.ask("GET", path, key=key)).values()))
    assert made["id"] not in {row["id"] for row in listed}


async def test_every_organisation_has_four_severities_the_worst_first(io: Ground) -> None:
    rows = (await io.get("/v1/severities"))["severities"]

    assert [(row["name"], row["rank"]) for row in rows] == [
        ("Critical", 4),
        ("Major", 3),
        ("Moderate", 2),
        ("Minor", 1),
    ]
    assert len({row["created_at"] for row in rows}) == 1


async def test_every_organisation_has_a_status_of_each_category(io: Ground) -> None:
    rows = (await io.get("/v1/incident_statuses"))["incident_statuses"]

    assert [row["name"] for row in rows if row["category"] == "live"] == [
        "Investigating",
        "Fixing",
        "Monitoring",
    ]
    assert {row["category"] for row in rows} == {
        "triage",
        "declined",
        "merged",
        "canceled",
        "live",
        "paused",
        "learning",
        "closed",
    }


@pytest.mark.parametrize(
    "at",
    [
        "/v1/severities/severity_high",
        "/v1/incident_statuses/status_fixing",
        "/v2/incident_roles/role_lead",
    ],
)
async def test_what_every_organisation_has_is_read_and_stays(io: Ground, at: str) -> None:
    _, wish, _ = NOUNS[at.rpartition("/")[0]]
    await io.create(incident_status_id="status_fixing")

    await io.get(at)
    changed = await io.ask("PUT", at, wish, status=422)
    deleted = await io.client.delete(at, headers={"Authorization": f"Bearer {io.key}"})

    assert "comes with every organisation" in changed["detail"]
    assert deleted.status == 422


@pytest.mark.parametrize(
    ("words", "fields"),
    [({"shortform": "lead"}, ["shortform"]), ({"name": "Protokoll"}, ["name"])],
)
async def test_a_role_is_called_like_none_that_every_organisation_has(
    io: Ground, words: dict[str, str], fields: list[str]
) -> None:
    own = (await io.post("/v2/incident_roles", ROLE))["incident_role"]

    refused = await io.post(
        "/v2/incident_roles", {**ROLE, "name": "Runner", "shortform": "run", **words}, status=422
    )
    changed = await io.ask("PUT", f"/v2/incident_roles/{own['id']}", {**ROLE, **words}, status=422)

    for body in (refused, changed):
        assert [error["source"]["field"] for error in body["errors"]] == fields


async def test_there_is_one_type(io: Ground) -> None:
    rows = (await io.get("/v1/incident_types"))["incident_types"]

    assert [row["is_default"] for row in rows] == [True]
    assert (await io.get(f"/v1/incident_types/{rows[0]['id']}"))["incident_type"] == rows[0]
    await io.get("/v1/incident_types/type_none", status=404)


async def test_an_own_severity_is_shown_until_another_door_changes_it(io: Ground) -> None:
    wish = {"name": "Sev zero", "description": "All is lost.", "rank": 9}
    own = (await io.post("/v1/severities", wish))["severity"]
    made = await io.create(severity_id=own["id"])
    plain = await io.get(f"/api/v1/incidents/{made['id']}")

    await io.ask("PATCH", f"/api/v1/incidents/{made['id']}", {"severity": "medium"})

    assert made["severity"] == own
    assert plain["severity"] == "critical"
    after = (await io.get(f"/v2/incidents/{made['id']}"))["incident"]
    assert after["severity"]["name"] == "Moderate"


async def test_an_own_status_is_shown_until_another_door_moves_the_incident(io: Ground) -> None:
    wish = {"name": "Mitigating", "description": "It hurts less.", "category": "live"}
    own = (await io.post("/v1/incident_statuses", wish))["incident_status"]
    made = await io.create()
    moved = await io.edit(made["id"], incident_status_id=own["id"])
    back = await io.edit(made["id"], incident_status_id="status_fixing")
    await io.edit(made["id"], incident_status_id=own["id"])

    await io.ask("PATCH", f"/api/v1/incidents/{made['id']}", {"status": "resolved"})

    assert moved["incident_status"] == own
    assert back["incident_status"]["name"] == "Fixing"
    after = (await io.get(f"/v2/incidents/{made['id']}"))["incident"]
    assert after["incident_status"]["name"] == "Post-incident"


@pytest.mark.parametrize(
    ("path", "given"),
    [("/v1/severities", "severity_id"), ("/v1/incident_statuses", "incident_status_id")],
)
async def test_what_an_incident_is_shown_with_is_not_deleted(
    io: Ground, path: str, given: str
) -> None:
    one, wish, gone = NOUNS[path]
    id = (await io.post(path, wish))[one]["id"]
    made = await io.create(mode="test", **{given: id})

    response = await io.client.delete(f"{path}/{id}", headers={"Authorization": f"Bearer {io.key}"})
    assert response.status == 409
    assert made["reference"] in (await response.json())["detail"]

    await io.edit(made["id"], severity_id="severity_low", incident_status_id="status_closed")
    await io.ask("DELETE", f"{path}/{id}", status=gone)


async def test_options_are_listed_in_their_order_and_in_pages(io: Ground) -> None:
    field = (await io.post("/v2/custom_fields", NOUNS["/v2/custom_fields"][1]))["custom_field"]
    for value, key in {"Search": 20, "Payments": 10, "Other": 30}.items():
        wish = {"custom_field_id": field["id"], "value": value, "sort_key": key}
        await io.post("/v1/custom_field_options", wish)
    of = ("custom_field_id", field["id"])

    first = await io.get("/v1/custom_field_options", of, ("page_size", "2"))
    after = ("after", first["pagination_meta"]["after"])
    second = await io.get("/v1/custom_field_options", of, ("page_size", "2"), after)

    pages = [*first["custom_field_options"], *second["custom_field_options"]]
    assert [option["value"] for option in pages] == ["Payments", "Search", "Other"]
    assert "after" not in second["pagination_meta"]


async def test_an_option_is_changed_shown_and_deleted(io: Ground) -> None:
    field = (await io.post("/v2/custom_fields", NOUNS["/v2/custom_fields"][1]))["custom_field"]
    wish = {"custom_field_id": field["id"], "value": "Payments"}
    option = (await io.post("/v1/custom_field_options", wish))["custom_field_option"]
    entry = {"custom_field_id": field["id"], "values": [{"value_option_id": option["id"]}]}
    made = await io.create(custom_field_entries=[entry])
    at = f"/v1/custom_field_options/{option['id']}"

    await io.ask("PUT", at, {"value": "Money", "sort_key": 5})

    assert (await io.get(at))["custom_field_option"] == {**option, "value": "Money", "sort_key": 5}
    [shown] = (await io.get(f"/v2/incidents/{made['id']}"))["incident"]["custom_field_entries"]
    assert shown["values"] == [{"value_option": {**option, "value": "Money", "sort_key": 5}}]
    assert shown["custom_field"]["options"] == [shown["values"][0]["value_option"]]
    await io.ask("DELETE", at, status=204)
    await io.get(at, status=404)


async def test_options_of_no_field_are_refused(io: Ground) -> None:
    missing = await io.get("/v1/custom_field_options", status=422)
    strange = await io.get("/v1/custom_field_options", ("custom_field_id", "fld_0"), status=422)

    for body in (missing, strange):
        assert body["errors"][0]["source"]["field"] == "custom_field_id"
