"""Incidents in incident.io's words: made, shown, moved and edited."""

import asyncio
from typing import Any

import pytest

from core.commands import AcknowledgeIncident, ChangeSeverity, ResolveIncident, SnoozeIncident
from core.domain.ids import IncidentId
from tests.integration.api.checks.incident_io import CHECKOUT, Ground
from tests.integration.api.doors import api_key

REQUIRED = {
    "id",
    "name",
    "reference",
    "created_at",
    "updated_at",
    "last_activity_at",
    "creator",
    "custom_field_entries",
    "incident_role_assignments",
    "incident_status",
    "mode",
    "visibility",
    "slack_channel_id",
    "slack_team_id",
    "team_ids",
}


async def test_an_incident_has_everything_that_its_clients_need(io: Ground) -> None:
    made = await io.create(summary="Cards are declined.")

    assert set(made) >= REQUIRED
    assert None not in made.values()
    assert (made["name"], made["summary"]) == ("Checkout API errors", "Cards are declined.")
    assert (made["mode"], made["visibility"], made["slack_channel_id"]) == (
        "standard",
        "public",
        "",
    )
    assert (made["severity"]["name"], made["severity"]["rank"]) == ("Major", 3)
    assert made["incident_status"]["name"] == "Investigating"
    assert made["creator"] == {"api_key": {"id": "", "name": "CI"}}


async def test_it_is_found_by_its_id_and_by_its_number(io: Ground) -> None:
    made = await io.create()
    number = made["reference"].removeprefix("INC-")

    for name in (made["id"], number, made["reference"]):
        assert (await io.get(f"/v2/incidents/{name}"))["incident"] == made
    await io.get("/v2/incidents/999", status=404)


async def test_an_incident_without_a_name_is_called_by_its_summary(io: Ground) -> None:
    told = await io.create(name=None, summary="Cards are declined.\nSince ten o'clock.")
    silent = await io.create(name=" ")

    assert told["name"] == "Cards are declined."
    assert silent["name"] == "Incident without a name"


@pytest.mark.parametrize(
    ("status", "category"),
    [
        ("status_triage", "triage"),
        ("status_monitoring", "live"),
        ("status_post_incident", "learning"),
        ("status_closed", "closed"),
    ],
)
async def test_an_incident_begins_with_the_status_it_is_given(
    io: Ground, status: str, category: str
) -> None:
    made = await io.create(incident_status_id=status)

    shown = made["incident_status"]
    assert (shown["id"], shown["category"]) == (status, category)


async def test_what_an_incident_cannot_be_is_refused_all_at_once(io: Ground) -> None:
    wish = {
        **CHECKOUT,
        "idempotency_key": "once",
        "severity_id": "sev_none",
        "incident_status_id": "status_merged",
        "incident_type_id": "type_none",
        "incident_role_assignments": [
            {"incident_role_id": "role_none", "assignee": {"id": "usr_none"}},
            {"incident_role_id": "role_scribe", "assignee": {"email": "nobody@example.com"}},
        ],
        "custom_field_entries": [{"custom_field_id": "fld_none", "values": []}],
    }

    body = await io.post("/v2/incidents", wish, status=422)

    assert [error["source"]["field"] for error in body["errors"]] == [
        "severity_id",
        "incident_status_id",
        "incident_type_id",
        "incident_role_assignments.0.incident_role_id",
        "incident_role_assignments.1.assignee",
        "custom_field_entries.0.custom_field_id",
    ]
    assert await io.found() == []


async def test_a_private_incident_is_declared_by_a_key_that_may_see_it(io: Ground) -> None:
    key = await api_key(io.bus, io.organization_id, scopes=("incidents:write", "incidents:private"))
    wish = {**CHECKOUT, "idempotency_key": "once", "visibility": "private"}

    made = (await io.ask("POST", "/v2/incidents", wish, key=key))["incident"]
    shown = await io.ask("GET", f"/v2/incidents/{made['id']}", status=404)
    listed = await io.ask("GET", "/v2/incidents")

    assert made["visibility"] == "private"
    assert "There is no incident" in str(shown)
    assert (listed["incidents"], listed["pagination_meta"]["total_record_count"]) == ([], 0)


async def test_another_key_declares_no_private_incident(io: Ground) -> None:
    wish = {**CHECKOUT, "idempotency_key": "once", "visibility": "private"}

    refusal = await io.ask("POST", "/v2/incidents", wish, status=403)

    assert "incidents:private" in str(refusal)
    assert await io.found() == []


async def test_people_are_meant_by_id_by_address_and_the_lead_is_the_assignee(io: Ground) -> None:
    made = await io.create(
        incident_role_assignments=[
            {"incident_role_id": "role_lead", "assignee": {"email": "BOB@example.com"}},
            {"incident_role_id": "role_scribe", "assignee": {"id": io.alice.actor.user_id}},
        ]
    )

    people = {
        one["role"]["id"]: one["assignee"]["name"] for one in made["incident_role_assignments"]
    }
    assert people == {"role_lead": "Bob Baker", "role_scribe": "Alice Archer"}
    lead = made["incident_role_assignments"][0]["role"]
    assert (lead["role_type"], lead["shortform"]) == ("lead", "lead")
    plain = await io.get(f"/api/v1/incidents/{made['id']}")
    assert plain["assignee"] == "Bob Baker"


async def test_an_edit_changes_what_it_names_and_nothing_else(io: Ground) -> None:
    made = await io.create(summary="Cards are declined.")

    edited = await io.edit(made["id"], name="Checkout is down", severity_id="severity_critical")

    assert edited["name"] == "Checkout is down"
    assert edited["severity"]["name"] == "Critical"
    assert edited["summary"] == "Cards are declined."
    assert edited["incident_status"] == made["incident_status"]


async def test_an_edit_of_one_role_leaves_the_others(io: Ground) -> None:
    bob = {"id": io.bob.actor.user_id}
    made = await io.create(
        incident_role_assignments=[
            {"incident_role_id": role, "assignee": bob}
            for role in ("role_lead", "role_scribe", "role_communications")
        ]
    )

    edited = await io.edit(
        made["id"],
        incident_role_assignments=[
            {"incident_role_id": "role_lead"},
            {"incident_role_id": "role_scribe", "assignee": {"email": "alice@example.com"}},
        ],
    )

    people = {
        one["role"]["id"]: one["assignee"]["name"] for one in edited["incident_role_assignments"]
    }
    assert people == {"role_scribe": "Alice Archer", "role_communications": "Bob Baker"}


async def test_edits_of_two_roles_at_once_are_both_kept(io: Ground) -> None:
    made = await io.create()
    bob = {"id": io.bob.actor.user_id}

    await asyncio.gather(
        *(
            io.edit(
                made["id"],
                incident_role_assignments=[{"incident_role_id": role, "assignee": bob}],
            )
            for role in ("role_lead", "role_scribe", "role_communications")
        )
    )

    after = (await io.get(f"/v2/incidents/{made['id']}"))["incident"]
    assert len(after["incident_role_assignments"]) == 3


async def test_an_edit_of_one_field_leaves_the_others(io: Ground) -> None:
    notes, ticket = await _field(io, "Notes", "text"), await _field(io, "Ticket", "link")
    made = await io.create(
        custom_field_entries=[
            {"custom_field_id": notes, "values": [{"value_text": "None yet"}]},
            {"custom_field_id": ticket, "values": [{"value_link": "https://example.com/1"}]},
        ]
    )

    edited = await io.edit(
        made["id"], custom_field_entries=[{"custom_field_id": notes, "values": []}]
    )

    assert _values(made) == {
        "Notes": [{"value_text": "None yet"}],
        "Ticket": [{"value_link": "https://example.com/1"}],
    }
    assert _values(edited) == {"Ticket": [{"value_link": "https://example.com/1"}]}


async def test_a_value_that_its_field_cannot_have_is_refused_at_its_place(io: Ground) -> None:
    made, count = await io.create(), await _field(io, "Customers", "numeric")
    entry = {"custom_field_id": count, "values": [{"value_numeric": "many"}]}

    wrong = await io.edit(made["id"], custom_field_entries=[entry], status=422)
    other = {"custom_field_id": count, "values": [{"value_text": "7"}]}
    strange = await io.edit(made["id"], custom_field_entries=[other], status=422)

    place = "incident.custom_field_entries.0.values"
    assert wrong["errors"][0]["source"]["field"] == place
    assert strange["errors"][0]["source"]["field"] == place


@pytest.mark.parametrize(
    ("status", "name"),
    [
        ("status_fixing", "Fixing"),
        ("status_monitoring", "Monitoring"),
        ("status_paused", "Paused"),
        ("status_post_incident", "Post-incident"),
        ("status_closed", "Closed"),
        ("status_canceled", "Canceled"),
        ("status_declined", "Declined"),
    ],
)
async def test_an_incident_is_moved_to_a_status(io: Ground, status: str, name: str) -> None:
    made = await io.create()

    moved = await io.edit(made["id"], incident_status_id=status)

    assert moved["incident_status"]["name"] == name
    assert (await io.edit(made["id"], incident_status_id=status)) == moved


async def test_what_is_over_is_reopened_by_a_live_status(io: Ground) -> None:
    made = await io.create(incident_status_id="status_closed")

    moved = await io.edit(made["id"], incident_status_id="status_fixing")

    assert moved["incident_status"]["name"] == "Fixing"


async def test_an_acknowledged_incident_stays_so_among_live_statuses(io: Ground) -> None:
    made = await io.create()
    id = IncidentId(made["id"])
    await io.bus.execute(AcknowledgeIncident(caller=io.bob, incident_id=id))

    moved = await io.edit(made["id"], incident_status_id="status_fixing")

    assert moved["incident_status"]["name"] == "Fixing"
    record = await io.reads.incident(io.organization_id, id)
    assert record.row.state == "acknowledged"


@pytest.mark.parametrize("status", ["status_triage", "status_merged", "sta_none"])
async def test_statuses_to_which_nothing_leads_are_refused(io: Ground, status: str) -> None:
    made = await io.create()

    body = await io.edit(made["id"], incident_status_id=status, status=422)

    assert body["errors"][0]["source"]["field"] == "incident.incident_status_id"


async def test_a_step_that_the_life_of_incidents_forbids_is_a_conflict(io: Ground) -> None:
    made = await io.create(incident_status_id="status_closed")

    await io.edit(made["id"], incident_status_id="status_post_incident", status=409)


async def test_what_other_doors_do_is_shown_with_the_statuses_of_every_organisation(
    io: Ground,
) -> None:
    made = await io.create()
    id = IncidentId(made["id"])

    await io.bus.execute(SnoozeIncident(caller=io.bob, incident_id=id))
    paused = (await io.get(f"/v2/incidents/{id}"))["incident"]
    await io.bus.execute(ResolveIncident(caller=io.bob, incident_id=id))
    await io.bus.execute(ChangeSeverity(caller=io.bob, incident_id=id, severity="low"))
    over = (await io.get(f"/v2/incidents/{id}"))["incident"]

    assert paused["incident_status"]["category"] == "paused"
    assert over["incident_status"]["category"] == "learning"
    assert over["severity"]["name"] == "Minor"
    times = {one["incident_timestamp"]["name"] for one in over["incident_timestamp_values"]}
    assert times == {"Reported at", "Resolved at"}


async def test_incidents_of_the_first_version_are_the_same_ones(io: Ground) -> None:
    wish = {
        **CHECKOUT,
        "idempotency_key": "once",
        "status": "fixing",
        "mode": "real",
        "incident_role_assignments": [
            {"incident_role_id": "role_lead", "assignee": {"email": "bob@example.com"}}
        ],
    }

    made = (await io.post("/v1/incidents", wish, status=200))["incident"]

    assert (made["status"], made["mode"]) == ("fixing", "real")
    assert (await io.get(f"/v1/incidents/{made['id']}"))["incident"] == made
    newer = (await io.get(f"/v2/incidents/{made['id']}"))["incident"]
    assert newer["incident_status"]["name"] == "Fixing"
    assert not {"incident_status", "last_activity_at", "team_ids"} & set(made)


async def test_an_incident_in_retrospect_tells_nobody_and_keeps_its_document(io: Ground) -> None:
    made = await io.create(
        mode="retrospective",
        incident_status_id="status_closed",
        retrospective_incident_options={"postmortem_document_url": "https://example.com/pm"},
    )

    assert made["mode"] == "retrospective"
    assert made["postmortem_document_url"] == "https://example.com/pm"


async def test_a_call_is_linked_by_an_edit(io: Ground) -> None:
    made = await io.create()

    edited = await io.edit(made["id"], call_url="https://example.com/call")

    assert "call_url" not in made
    assert edited["call_url"] == "https://example.com/call"


async def _field(io: Ground, name: str, type: str) -> str:
    wish = {"name": name, "description": "", "field_type": type}
    made = await io.post("/v2/custom_fields", wish)
    id: str = made["custom_field"]["id"]
    return id


def _values(incident: Any) -> dict[str, Any]:
    return {
        entry["custom_field"]["name"]: entry["values"] for entry in incident["custom_field_entries"]
    }
