"""Checks 70 to 82: OpsKnight's incidents, over the fake store and a real database."""

from pathlib import Path
from typing import Any

import pytest

from core.commands import AddService, DeclareIncident
from core.domain.state import State
from tests.fakes.moment import FakeClock, FakeIds
from tests.fakes.people import the_operator
from tests.integration.api.checks.opsknight import DOCUMENTED, GATEWAY, JOHN, MANUAL, Ground, ground
from tests.integration.api.doors import api_key

SHOWN = {"id", "title", "status", "urgency", "service", "assignee", "createdAt"}


async def _declared(k: Ground, count: int, **changes: Any) -> None:
    caller = the_operator(k.organization_id)
    wish: dict[str, Any] = {"title": "Slow", "severity": "high", "service_ids": (GATEWAY,)}
    for _ in range(count):
        await k.bus.execute(DeclareIncident(caller=caller, **wish | changes))


def _ids(page: Any) -> list[str]:
    return [incident["id"] for incident in page["incidents"]]


async def test_check_70_the_documented_list(k: Ground) -> None:
    page = await k.list("?limit=25&status=triggered")

    [incident] = page["incidents"]
    assert page["total"] == 1
    assert set(incident) >= SHOWN
    assert (incident["id"], incident["title"]) == (DOCUMENTED, "Database timeout")
    assert (incident["status"], incident["urgency"]) == ("triggered", "HIGH")
    assert incident["service"] == {"id": GATEWAY, "name": "API Gateway"}
    assert incident["assignee"] is None


async def test_check_71_limits_are_clamped_and_the_total_counts_all(k: Ground) -> None:
    await _declared(k, 59)
    sixty = await k.list()
    await _declared(k, 190)

    many, few = await k.list("?limit=500"), await k.list("?limit=25")

    assert (len(sixty["incidents"]), sixty["total"], sixty["hasMore"]) == (50, 60, True)
    assert (len(many["incidents"]), many["total"], many["limit"]) == (200, 250, 200)
    assert len(few["incidents"]) == 25


@pytest.mark.parametrize("limit", ["x", "0", "-3", "", "1e9"])
async def test_a_bad_limit_is_the_usual_one(k: Ground, limit: str) -> None:
    page = await k.list(f"?limit={limit}&offset=x")

    assert (page["limit"], page["offset"]) == (50, 0)


async def test_an_offset_leaves_out_the_newest(k: Ground) -> None:
    await _declared(k, 2)

    everything, rest = await k.list(), await k.list("?offset=1")
    beyond = await k.list("?offset=9")

    assert _ids(rest) == _ids(everything)[1:]
    assert (beyond["incidents"], beyond["total"], beyond["hasMore"]) == ([], 3, False)


async def test_check_72_a_status_is_understood_in_all_its_words(k: Ground) -> None:
    taken = await k.create()
    await k.change(taken["id"], {"status": "ACKNOWLEDGED"})

    pages = [await k.list(f"?status={word}") for word in ("triggered", "OPEN", "open", "New")]
    acknowledged = await k.list("?status=acknowledged")

    assert [_ids(page) for page in pages] == [[DOCUMENTED]] * 4
    assert _ids(acknowledged) == [taken["id"]]


async def test_an_unknown_status_is_refused_in_a_filter(k: Ground) -> None:
    body = await k.get("/api/incidents?status=banana", status=400)

    assert body["errors"][0]["source"]["field"] == "status"


async def test_check_73_a_service_narrows_the_list(k: Ground) -> None:
    caller = the_operator(k.organization_id)
    other = await k.bus.execute(AddService(caller=caller, name="Checkout"))
    elsewhere = await k.create(serviceId=other.id)

    here, there = await k.list(f"?serviceId={GATEWAY}"), await k.list(f"?serviceId={other.id}")
    nowhere = await k.list("?serviceId=svc_404")

    assert (_ids(here), _ids(there)) == ([DOCUMENTED], [elsewhere["id"]])
    assert (nowhere["incidents"], nowhere["total"]) == ([], 0)


async def test_check_74_an_incident_by_its_id(k: Ground) -> None:
    body = await k.get(f"/api/incidents/{DOCUMENTED}")
    missing = await k.get("/api/incidents/inc_404", status=404)

    assert body["id"] == body["incident"]["id"] == DOCUMENTED
    assert missing["error"] == "Not found"
    assert missing["path"] == "/api/incidents/inc_404"


async def test_check_75_the_documented_creation(k: Ground) -> None:
    made = await k.create()

    assert {name: made["incident"][name] for name in ("title", "description", "urgency")} == {
        "title": "Manual incident",
        "description": "Details about the incident",
        "urgency": "HIGH",
    }
    assert (made["priority"], made["status"]) == ("P1", "triggered")
    assert made["service"]["id"] == GATEWAY
    assert made["severity"] == "critical"
    assert await k.get(f"/api/incidents/{made['id']}") == made


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", None), ("title", "  "), ("title", 7), ("serviceId", None), ("serviceId", 7)],
)
async def test_check_76_what_is_required_is_named(k: Ground, field: str, value: Any) -> None:
    body = await k.create(status=400, **{field: value})

    assert body["errors"][0]["source"]["field"] == field
    assert body["meta"]["issues"]


async def test_check_76_two_missing_fields_are_both_named(k: Ground) -> None:
    body = await k.ask("POST", "/api/incidents", {}, status=400)

    assert {entry["source"]["field"] for entry in body["errors"]} == {"title", "serviceId"}


@pytest.mark.parametrize("field", ["urgency", "priority", "description"])
async def test_check_76_everything_else_may_be_left_out(k: Ground, field: str) -> None:
    wish = {name: value for name, value in MANUAL.items() if name != field}

    made = await k.ask("POST", "/api/incidents", wish, status=201)

    assert made["title"] == "Manual incident"


async def test_an_unknown_service_is_not_found(k: Ground) -> None:
    body = await k.create(status=404, serviceId="svc_404")

    assert "svc_404" in body["detail"]


@pytest.mark.parametrize(
    ("urgency", "priority", "severity"),
    [
        ("HIGH", "P1", "critical"),
        ("LOW", "p2", "high"),
        ("HIGH", "P3", "medium"),
        ("HIGH", "P5", "low"),
        ("HIGH", None, "high"),
        ("medium", None, "medium"),
        ("LOW", "whatever", "low"),
        (None, None, "high"),
    ],
)
async def test_priority_and_urgency_say_how_bad_it_is(
    k: Ground, urgency: str | None, priority: str | None, severity: str
) -> None:
    made = await k.create(urgency=urgency, priority=priority)

    assert made["severity"] == severity
    assert made["urgency"] == (urgency or "HIGH").upper()
    assert made["priority"] == priority


async def test_a_long_priority_and_an_unknown_urgency_are_refused(k: Ground) -> None:
    long = await k.create(status=400, priority="x" * 21)
    severe = await k.create(status=400, urgency="SEVERE")

    assert long["errors"][0]["source"]["field"] == "priority"
    assert severe["errors"][0]["source"]["field"] == "urgency"


async def test_check_77_the_documented_change(k: Ground) -> None:
    changed = await k.change(DOCUMENTED, {"status": "acknowledged", "assigneeId": JOHN})

    assert changed["status"].lower() == "acknowledged"
    assert changed["assignee"] == {"id": JOHN, "name": "John Doe"}
    assert changed["incident"]["acknowledgedAt"]


async def test_check_78_the_documented_change_in_capitals(k: Ground) -> None:
    changed = await k.change(DOCUMENTED, {"status": "ACKNOWLEDGED"})

    assert changed["status"].lower() == "acknowledged"
    assert await k.get(f"/api/incidents/{DOCUMENTED}") == changed


@pytest.mark.parametrize("status", ["OPEN", "RESOLVED", "SNOOZED", "SUPPRESSED"])
async def test_check_79_every_status_is_possible_and_listed(k: Ground, status: str) -> None:
    await k.change(DOCUMENTED, {"status": status})

    page = await k.list(f"?status={status}")

    assert _ids(page) == [DOCUMENTED]
    assert page["incidents"][0]["status"] == ("triggered" if status == "OPEN" else status)


async def test_the_same_status_again_changes_nothing(k: Ground) -> None:
    first = await k.change(DOCUMENTED, {"status": "RESOLVED"})

    assert await k.change(DOCUMENTED, {"status": "resolved"}) == first


async def test_a_resolved_incident_is_opened_again(k: Ground) -> None:
    await k.change(DOCUMENTED, {"status": "RESOLVED"})

    opened = await k.change(DOCUMENTED, {"status": "OPEN"})

    assert (opened["status"], opened["resolvedAt"]) == ("triggered", None)


async def test_a_step_that_is_not_possible_is_a_bad_request(k: Ground) -> None:
    await k.change(DOCUMENTED, {"status": "RESOLVED"})

    body = await k.change(DOCUMENTED, {"status": "SNOOZED"}, status=400)

    assert body["type"] == "invalid_request_error"
    assert (await k.get(f"/api/incidents/{DOCUMENTED}"))["status"] == "RESOLVED"


async def test_check_80_urgency_is_changed_alone(k: Ground) -> None:
    changed = await k.change(DOCUMENTED, {"urgency": "LOW"})

    assert (changed["urgency"], changed["severity"]) == ("LOW", "critical")


@pytest.mark.parametrize("wish", [{"urgency": "SEVERE"}, {"status": "banana"}])
async def test_check_80_an_unknown_word_is_refused(k: Ground, wish: dict[str, str]) -> None:
    before = await k.get(f"/api/incidents/{DOCUMENTED}")

    body = await k.change(DOCUMENTED, wish, status=400)

    assert body["errors"][0]["source"]["field"] in wish
    assert await k.get(f"/api/incidents/{DOCUMENTED}") == before


@pytest.mark.parametrize("wish", [{}, {"color": "red"}, {"status": None}])
async def test_a_change_of_nothing_is_refused(k: Ground, wish: dict[str, Any]) -> None:
    body = await k.change(DOCUMENTED, wish, status=400)

    assert "status, urgency or assigneeId" in body["detail"]


@pytest.mark.parametrize("nobody", ["", None])
async def test_check_81_an_empty_assignee_is_nobody(k: Ground, nobody: str | None) -> None:
    await k.change(DOCUMENTED, {"assigneeId": JOHN})

    changed = await k.change(DOCUMENTED, {"assigneeId": nobody})

    assert changed["assignee"] is None


async def test_an_unknown_assignee_is_named(k: Ground) -> None:
    body = await k.change(DOCUMENTED, {"assigneeId": "user_404"}, status=400)

    assert body["errors"][0]["source"]["field"] == "assigneeId"


@pytest.mark.parametrize(
    ("scopes", "statuses"),
    [
        (["incidents:read"], (200, 403, 403)),
        (["services:read"], (403, 403, 403)),
        (["incidents:write"], (200, 201, 200)),
    ],
)
async def test_check_82_a_key_may_do_what_its_scopes_say(
    k: Ground, scopes: list[str], statuses: tuple[int, int, int]
) -> None:
    key = await api_key(k.bus, k.organization_id, scopes=scopes)
    read, write, change = statuses

    await k.ask("GET", "/api/incidents", key=key, status=read)
    await k.ask("GET", f"/api/incidents/{DOCUMENTED}", key=key, status=read)
    await k.ask("POST", "/api/incidents", MANUAL, key=key, status=write)
    path = f"/api/incidents/{DOCUMENTED}"
    await k.ask("PATCH", path, {"urgency": "LOW"}, key=key, status=change)


async def test_check_82_without_a_key_nothing_is_shown(k: Ground) -> None:
    body = await k.ask("GET", "/api/incidents", headers={}, status=401)

    assert body["errors"][0]["code"] == "missing_authorization_material"


@pytest.mark.parametrize("header", ["Bearer {}", "bearer {}", "Api-Key {}", "API-KEY {}"])
async def test_a_key_comes_in_any_of_its_headers(k: Ground, header: str) -> None:
    shown = {"Authorization": header.format(k.key)}

    assert _ids(await k.ask("GET", "/api/incidents", headers=shown)) == [DOCUMENTED]
    assert await k.ask("GET", "/api/incidents", headers={"X-API-Key": k.key})


async def test_drafts_are_hidden(k: Ground) -> None:
    await _declared(k, 1, title="Draft", state=State.DRAFT)
    caller = the_operator(k.organization_id)
    draft = await k.bus.execute(
        DeclareIncident(caller=caller, title="Another", severity="high", state=State.DRAFT)
    )

    assert _ids(await k.list()) == [DOCUMENTED]
    await k.get(f"/api/incidents/{draft.id}", status=404)
    await k.change(draft.id, {"status": "OPEN"}, status=404)


async def test_other_filters_narrow_the_list_too(k: Ground) -> None:
    k.clock.advance(minutes=10)
    low = await k.create(urgency="LOW")
    await k.change(low["id"], {"assigneeId": JOHN})
    between = "2030-01-01T12:05:00Z"

    assert _ids(await k.list("?urgency=low")) == [low["id"]]
    assert _ids(await k.list(f"?assigneeId={JOHN}")) == [low["id"]]
    assert _ids(await k.list(f"?createdAfter={between}")) == [low["id"]]
    assert _ids(await k.list(f"?createdBefore={between}")) == [DOCUMENTED]
    assert _ids(await k.list("?order=asc")) == [DOCUMENTED, low["id"]]


async def test_a_creation_happens_once_under_its_key(k: Ground) -> None:
    headers = {"Authorization": f"Bearer {k.key}", "Idempotency-Key": "once"}

    made = [
        await k.ask("POST", "/api/incidents", MANUAL, headers=headers, status=201) for _ in "ab"
    ]

    assert made[0] == made[1]
    assert (await k.list())["total"] == 2


async def test_services_are_listed_and_shown(k: Ground) -> None:
    [gateway] = (await k.get("/api/services"))["services"]
    shown = await k.get(f"/api/services/{GATEWAY}")

    assert (gateway["id"], gateway["name"]) == (GATEWAY, "API Gateway")
    assert gateway["status"] == "OPERATIONAL"
    assert shown == {"service": gateway}
    await k.get("/api/services/svc_404", status=404)


async def test_an_open_incident_is_called_open_where_that_is_configured(
    tmp_path: Path, clock: FakeClock, new_id: FakeIds
) -> None:
    async with ground("fake", tmp_path, clock, new_id, open_word="OPEN") as k:
        page = await k.list("?status=triggered")
        await k.event()
        await k.triage()
        event = await k.event()

    assert [incident["status"] for incident in page["incidents"]] == ["OPEN"]
    assert event["result"]["incident"]["status"] == "OPEN"
