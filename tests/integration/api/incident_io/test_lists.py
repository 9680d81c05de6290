"""Lists of incidents: filters, order and pages, as incident.io's clients ask for them."""

from typing import Any

import pytest

from core.commands import AcknowledgeIncident, ChangeSeverity, PublishIncident
from core.commands.together import MergeIncident
from core.domain.ids import IncidentId
from tests.integration.api.checks.incident_io import Ground

STATUSES = {
    "Triage": "status_triage",
    "Investigating": "status_investigating",
    "Fixing": "status_fixing",
    "Post-incident": "status_post_incident",
    "Closed": "status_closed",
}


async def _one_of_each(io: Ground) -> None:
    for name, status in STATUSES.items():
        await io.create(name=name, incident_status_id=status)


async def test_pages_follow_each_other_and_the_last_has_no_after(io: Ground) -> None:
    for number in range(5):
        await io.create(name=f"Incident {number}")
    seen: list[str] = []
    after: list[tuple[str, str]] = []

    while True:
        page = await io.get("/v2/incidents", ("page_size", "2"), *after)
        seen += [incident["name"] for incident in page["incidents"]]
        meta = page["pagination_meta"]
        assert (meta["page_size"], meta["total_record_count"]) == (2, 5)
        if "after" not in meta:
            break
        assert meta["after"] == page["incidents"][-1]["id"]
        after = [("after", meta["after"])]

    assert seen == [f"Incident {number}" for number in reversed(range(5))]


async def test_the_oldest_can_come_first(io: Ground) -> None:
    for name in ("First", "Second", "Third"):
        await io.create(name=name)
    order = ("sort_by", "created_at_oldest_first")

    page = await io.get("/v2/incidents", order, ("page_size", "2"))

    assert [incident["name"] for incident in page["incidents"]] == ["First", "Second"]
    after = ("after", page["pagination_meta"]["after"])
    assert await io.found(order, after) == ["Third"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ([("status[one_of]", "status_fixing")], {"Fixing"}),
        (
            [("status[one_of]", "status_fixing"), ("status[one_of]", "status_closed")],
            {"Fixing", "Closed"},
        ),
        ([("status[not_in]", "status_triage")], set(STATUSES) - {"Triage"}),
        ([("status_category[one_of]", "live")], {"Investigating", "Fixing"}),
        (
            [("status_category[not_in]", "live"), ("status_category[not_in]", "closed")],
            {"Triage", "Post-incident"},
        ),
        ([("status_category[one_of]", "merged")], set()),
        ([("incident_type[one_of]", "type_default")], set(STATUSES)),
        ([("incident_type[not_in]", "type_default")], set()),
        ([("status[one_of]", "")], set(STATUSES)),
    ],
)
async def test_by_status_and_by_its_category(
    io: Ground, query: list[tuple[str, str]], names: set[str]
) -> None:
    await _one_of_each(io)

    assert set(await io.found(*query)) == names


async def test_filters_narrow_each_other_unless_any_will_do(io: Ground) -> None:
    await _one_of_each(io)
    await io.create(name="Minor", severity_id="severity_low")
    both = [("status[one_of]", "status_closed"), ("severity[one_of]", "severity_low")]

    assert await io.found(*both) == []
    assert set(await io.found(*both, ("filter_mode", "any"))) == {"Closed", "Minor"}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        (("severity[one_of]", "severity_medium"), ["Moderate"]),
        (("severity[not_in]", "severity_medium"), ["Critical", "Minor"]),
        (("severity[gte]", "severity_medium"), ["Critical", "Moderate"]),
        (("severity[lte]", "severity_medium"), ["Minor", "Moderate"]),
    ],
)
async def test_by_severity_and_by_its_rank(
    io: Ground, query: tuple[str, str], names: list[str]
) -> None:
    for name, level in {"Critical": "critical", "Moderate": "medium", "Minor": "low"}.items():
        await io.create(name=name, severity_id=f"severity_{level}")

    assert sorted(await io.found(query)) == names


async def test_what_another_door_changed_is_found_where_it_is_shown(io: Ground) -> None:
    made = await io.create(incident_status_id="status_triage")
    id = IncidentId(made["id"])
    await io.bus.execute(PublishIncident(caller=io.alice, incident_id=id))
    await io.bus.execute(AcknowledgeIncident(caller=io.alice, incident_id=id))
    await io.bus.execute(ChangeSeverity(caller=io.alice, incident_id=id, severity="low"))

    assert await io.found(("status[one_of]", "status_investigating")) == [made["name"]]
    assert await io.found(("severity[one_of]", "severity_low")) == [made["name"]]
    assert await io.found(("status[one_of]", "status_triage")) == []


async def test_tests_and_tutorials_are_shown_to_whoever_asks_for_them(io: Ground) -> None:
    for mode in ("standard", "retrospective", "test", "tutorial"):
        await io.create(name=mode, mode=mode)

    assert set(await io.found()) == {"standard", "retrospective"}
    wanted = [("mode[one_of]", "test"), ("mode[one_of]", "tutorial")]
    assert set(await io.found(*wanted)) == {"test", "tutorial"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (("created_at[gte]", "2026-01-01"), True),
        (("created_at[lte]", "2026-01-01"), False),
        (("created_at[date_range]", "2026-01-01~2030-01-02"), True),
        (("created_at[date_range]", "2020-01-01~2021-01-01"), False),
        (("updated_at[gte]", "2026-01-01T00:00:00.123456789+02:00"), True),
        (("updated_at[lte]", "2026-01-01T00:00:00Z"), False),
    ],
)
async def test_by_time(io: Ground, query: tuple[str, str], found: bool) -> None:
    await io.create(name="Now")

    assert (await io.found(query) == ["Now"]) is found


async def test_by_whoever_has_a_role(io: Ground) -> None:
    bob = str(io.bob.actor.user_id)
    for role in ("role_lead", "role_scribe"):
        played = {"incident_role_id": role, "assignee": {"id": bob}}
        await io.create(name=role, incident_role_assignments=[played])

    for role, other in (("role_lead", "role_scribe"), ("role_scribe", "role_lead")):
        assert await io.found((f"incident_role[{role}][one_of]", bob)) == [role]
        assert await io.found((f"incident_role[{role}][is_blank]", "true")) == [other]
        assert await io.found((f"incident_role[{role}][is_blank]", "false")) == [role]


async def test_by_the_option_of_a_custom_field(io: Ground) -> None:
    field, options = await _select(io, "Team", "Payments", "Search")
    entry = {"custom_field_id": field, "values": [{"value_option_id": options[0]}]}
    await io.create(name="Payments", custom_field_entries=[entry])
    await io.create(name="Nobody's")

    assert await io.found((f"custom_field[{field}][one_of]", options[0])) == ["Payments"]
    assert await io.found((f"custom_field[{field}][one_of]", options[1])) == []
    assert await io.found((f"custom_field[{field}][not_in]", options[0])) == ["Nobody's"]
    assert await io.found((f"custom_field[{field}][is_blank]", "true")) == ["Nobody's"]


@pytest.mark.parametrize(
    "query",
    [
        ("status[one_of]", "sta_none"),
        ("status[gte]", "status_fixing"),
        ("status_category[one_of]", "banana"),
        ("severity[is_blank]", "true"),
        ("severity[gte]", "sev_none"),
        ("incident_type[one_of]", "type_none"),
        ("mode[one_of]", "banana"),
        ("mode[not_in]", "test"),
        ("created_at[gte]", "yesterday"),
        ("created_at[gte]", "0001-01-01T00:00:00+14:00"),
        ("created_at[date_range]", "2026-01-01"),
        ("created_at[one_of]", "2026-01-01"),
        ("incident_role[role_none][one_of]", "usr_1"),
        ("incident_role[role_lead][is_blank]", "perhaps"),
        ("custom_field[fld_none][one_of]", "opt_1"),
        ("after", "inc_none"),
        ("page_size", "501"),
        ("page_size", "0"),
        ("sort_by", "banana"),
        ("filter_mode", "some"),
    ],
)
async def test_a_filter_that_cannot_be_is_refused_by_its_name(
    io: Ground, query: tuple[str, str]
) -> None:
    body = await io.get("/v2/incidents", query, status=422)

    assert body["errors"][0]["source"]["field"] == query[0]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["triage"], {"Triage"}),
        (["investigating"], {"Investigating", "Paused", "Own"}),
        (["fixing", "closed"], {"Fixing", "Post-incident", "Closed"}),
        (["declined"], {"Declined"}),
        (["monitoring"], set()),
    ],
)
async def test_the_first_version_filters_by_its_own_statuses(
    io: Ground, words: list[str], names: set[str]
) -> None:
    await _one_of_each(io)
    wish = {"name": "Firefighting", "description": "", "category": "live"}
    own = (await io.post("/v1/incident_statuses", wish))["incident_status"]["id"]
    await io.create(name="Own", incident_status_id=own)
    for name, status in {"Paused": "status_paused", "Declined": "status_declined"}.items():
        made = await io.create(name=name)
        await io.edit(made["id"], incident_status_id=status)

    found = await io.found(*(("status", word) for word in words), version=1)

    assert set(found) == names


async def _select(io: Ground, name: str, *values: str) -> tuple[str, list[str]]:
    wish = {"name": name, "description": "", "field_type": "single_select"}
    field: str = (await io.post("/v2/custom_fields", wish))["custom_field"]["id"]
    options: list[Any] = []
    for value in values:
        made = await io.post("/v1/custom_field_options", {"custom_field_id": field, "value": value})
        options.append(made["custom_field_option"]["id"])
    return field, options


@pytest.mark.parametrize(
    "query",
    [
        [("status[]", "closed"), ("status[]", "fixing")],
        [("status", "closed"), ("status", "fixing")],
        [("status", "closed"), ("status[]", "fixing")],
    ],
)
async def test_the_old_list_takes_statuses_with_and_without_brackets(
    io: Ground, query: list[tuple[str, str]]
) -> None:
    await _one_of_each(io)

    assert set(await io.found(*query, version=1)) == {"Closed", "Post-incident", "Fixing"}


async def test_what_was_merged_is_so_by_its_status_and_nothing_moves_it_from_there(
    io: Ground,
) -> None:
    stays, gone = await io.create(name="Stays"), await io.create(name="Gone")
    id, into_id = IncidentId(gone["id"]), IncidentId(stays["id"])
    await io.bus.execute(MergeIncident(caller=io.alice, incident_id=id, into_id=into_id))

    shown = (await io.get(f"/v2/incidents/{gone['id']}"))["incident"]
    refused = await io.edit(gone["id"], status=422, incident_status_id="status_canceled")
    again = await io.edit(gone["id"], incident_status_id="status_merged")

    status = shown["incident_status"]
    assert (status["id"], status["category"]) == ("status_merged", "merged")
    assert "was merged into another incident" in refused["detail"]
    assert again["incident_status"] == status
    assert await io.found(("status_category[one_of]", "merged")) == ["Gone"]
    assert await io.found(("status_category[one_of]", "canceled")) == []
    assert (await io.get(f"/v1/incidents/{gone['id']}"))["incident"]["status"] == "declined"


async def test_what_goes_on_is_merged_elsewhere(io: Ground) -> None:
    made = await io.create()

    refused = await io.edit(made["id"], status=422, incident_status_id="status_merged")

    assert refused["detail"] == (
        "Merge it with POST /api/v1/incidents/INC-1/merge, which says into which."
    )
