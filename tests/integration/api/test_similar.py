"""What looks like an incident over REST: asked for, judged, and listed for whoever evaluates it."""

from typing import Any

import pytest

from core.domain.account import Role
from tests.integration.api.doors import api_key
from tests.integration.api.doorstep import Doorstep

POOL = {"title": "Connection pool of checkout is exhausted", "severity": "high"}
AGAIN = {"title": "Checkout: connection pool exhausted again", "severity": "high"}
VERDICTS = "/api/v1/search/verdicts"


@pytest.fixture
async def token(doorstep: Doorstep) -> str:
    await doorstep.hire("manager@example.com", Role.MANAGER, name="Mary Major")
    return str((await doorstep.sign_in("manager@example.com"))["access_token"])


async def _made(doorstep: Doorstep, token: str, path: str, wish: Any) -> str:
    status, body = await doorstep.ask("POST", path, wish, token=token)
    assert status == 201, body
    return str(body["id"])


async def _declared(doorstep: Doorstep, token: str, wish: Any) -> str:
    return await _made(doorstep, token, "/api/v1/incidents", wish)


async def _similar(doorstep: Doorstep, token: str, id: str, more: str = "") -> Any:
    status, body = await doorstep.ask("GET", f"/api/v1/incidents/{id}/similar{more}", token=token)
    assert status == 200, body
    return body


async def _judged(
    doorstep: Doorstep, token: str, id: str, other: str, verdict: str | None
) -> tuple[int, Any]:
    path = f"/api/v1/incidents/{id}/similar/{other}"
    return await doorstep.ask("PUT", path, {"verdict": verdict}, token=token)


async def test_a_past_incident_is_shown_with_what_fixed_it(doorstep: Doorstep, token: str) -> None:
    past = await _declared(doorstep, token, POOL)
    doorstep.clock.advance(minutes=42)
    wish = {"description": "Restarted PgBouncer", "root_cause": "A leak"}
    status, resolved = await doorstep.ask(
        "POST", f"/api/v1/incidents/{past}/resolve", wish, token=token
    )
    now = await _declared(doorstep, token, AGAIN)

    body = await _similar(doorstep, token, now)

    [row] = body["results"]
    assert (status, resolved["resolution"], resolved["root_cause"]) == (
        200,
        "Restarted PgBouncer",
        "A leak",
    )
    assert (row["id"], row["type"], row["reference"]) == (past, "incident", "INC-1")
    assert (row["status"], row["severity"], row["duration_seconds"]) == ("resolved", "high", 2520)
    assert (row["resolution"], row["root_cause"]) == ("Restarted PgBouncer", "A leak")
    assert (row["verdict"], row["judged_by"]) == (None, None)
    assert 0 < row["score"] <= 1
    assert body["meta"]["total"] == 1


async def test_an_incident_is_known_by_its_reference_too(doorstep: Doorstep, token: str) -> None:
    past = await _declared(doorstep, token, POOL)
    await _declared(doorstep, token, AGAIN)

    status, judged = await _judged(doorstep, token, "INC-2", "inc-1", "same_cause")

    assert (status, judged["other_id"], judged["verdict"]) == (200, past, "same_cause")
    assert [row["verdict"] for row in (await _similar(doorstep, token, "inc-2"))["results"]] == [
        "same_cause"
    ]


async def test_what_is_not_related_is_shown_no_more_until_that_is_taken_back(
    doorstep: Doorstep, token: str
) -> None:
    past = await _declared(doorstep, token, POOL)
    now = await _declared(doorstep, token, AGAIN)

    await _judged(doorstep, token, now, past, "not_related")
    without = await _similar(doorstep, token, now)
    await _judged(doorstep, token, now, past, None)
    again = await _similar(doorstep, token, now)

    assert without["results"] == []
    assert [row["id"] for row in again["results"]] == [past]


async def test_procedures_and_articles_are_among_them_and_can_be_left_out(
    doorstep: Doorstep, token: str
) -> None:
    wish = {"title": "Restart the connection pool of checkout", "steps": []}
    procedure = await _made(doorstep, token, "/api/v1/procedures", wish)
    past = await _declared(doorstep, token, POOL)
    now = await _declared(doorstep, token, AGAIN)

    both = await _similar(doorstep, token, now)
    only = await _similar(doorstep, token, now, "?content_types=procedures")
    few = await _similar(doorstep, token, now, "?limit=1")
    best = both["results"][0]["score"]
    sure = await _similar(doorstep, token, now, f"?min_confidence={best}")

    assert {row["id"] for row in both["results"]} == {past, procedure}
    assert [row["id"] for row in only["results"]] == [procedure]
    assert (only["results"][0]["reference"], only["results"][0]["status"]) == (None, None)
    assert len(few["results"]) == 1
    assert [row["id"] for row in sure["results"]] == [past]


async def test_a_key_sees_what_it_may_read(doorstep: Doorstep, token: str) -> None:
    await _made(doorstep, token, "/api/v1/procedures", {"title": POOL["title"], "steps": []})
    past = await _declared(doorstep, token, POOL)
    now = await _declared(doorstep, token, AGAIN)
    key = await api_key(doorstep.bus, doorstep.organization_id, scopes=("incidents:read",))

    seen = await _similar(doorstep, key, now)
    refused, _ = await _judged(doorstep, key, now, past, "same_cause")

    assert [row["id"] for row in seen["results"]] == [past]
    assert refused == 403


async def test_verdicts_are_listed_newest_first_with_what_was_believed(
    doorstep: Doorstep, token: str
) -> None:
    others = [await _declared(doorstep, token, POOL) for _ in range(3)]
    now = await _declared(doorstep, token, AGAIN)
    for other in others:
        doorstep.clock.advance(minutes=1)
        await _judged(doorstep, token, now, other, "not_related")

    _, first = await doorstep.ask("GET", f"{VERDICTS}?limit=2", token=token)
    path = f"{VERDICTS}?limit=2&cursor={first['next_cursor']}"
    _, rest = await doorstep.ask("GET", path, token=token)

    listed = [*first["data"], *rest["data"]]
    assert [one["other_id"] for one in listed] == others[::-1]
    assert (first["meta"]["total"], rest["next_cursor"]) == (3, None)
    assert {(one["incident_id"], one["verdict"]) for one in listed} == {(now, "not_related")}
    assert {(one["judged_by"], one["score"], one["rank"]) for one in listed} == {
        ("Mary Major", 0.0, 0)
    }


@pytest.mark.parametrize(
    ("other", "wish", "status", "field"),
    [
        ("INC-1", {"verdict": "perhaps"}, 422, "verdict"),
        ("INC-1", {}, 422, "verdict"),
        ("INC-2", {"verdict": "same_cause"}, 422, "other_id"),
        ("inc_none", {"verdict": "same_cause"}, 404, None),
    ],
)
async def test_a_verdict_that_cannot_be_says_why(
    doorstep: Doorstep, token: str, other: str, wish: Any, status: int, field: str | None
) -> None:
    await _declared(doorstep, token, POOL)
    await _declared(doorstep, token, AGAIN)

    path = f"/api/v1/incidents/INC-2/similar/{other}"
    answered, body = await doorstep.ask("PUT", path, wish, token=token)

    assert (answered, body["errors"][0].get("source", {}).get("field")) == (status, field)


async def test_a_key_is_told_no_verdict_on_what_it_may_not_read(
    doorstep: Doorstep, token: str
) -> None:
    wish = {"title": "Restart the connection pool of checkout", "steps": []}
    procedure = await _made(doorstep, token, "/api/v1/procedures", wish)
    past = await _declared(doorstep, token, POOL)
    now = await _declared(doorstep, token, AGAIN)
    for other in (past, procedure):
        await _judged(doorstep, token, now, other, "same_cause")
    scopes = ("incidents:read", "incidents:write")
    key = await api_key(doorstep.bus, doorstep.organization_id, scopes=scopes)

    _, listed = await doorstep.ask("GET", VERDICTS, token=key)
    seen = await _similar(doorstep, key, now)
    judged, _ = await _judged(doorstep, key, now, procedure, "not_related")

    assert [one["other_id"] for one in listed["data"]] == [past]
    assert listed["meta"]["total"] == 1
    assert [row["id"] for row in seen["results"]] == [past]
    assert judged == 404


async def test_no_results_at_all_cannot_be_asked_for(doorstep: Doorstep, token: str) -> None:
    id = await _declared(doorstep, token, POOL)
    asked = {"query": "pool", "limit": 0}

    refused = [
        await doorstep.ask("POST", "/api/v1/search/query", asked, token=token),
        await doorstep.ask("GET", f"/api/v1/incidents/{id}/similar?limit=0", token=token),
        await doorstep.ask("GET", "/api/v1/search/suggestions?q=pool&limit=0", token=token),
    ]

    assert [status for status, _ in refused] == [422, 422, 422]
    assert {body["errors"][0]["source"]["field"] for _, body in refused} == {"limit"}


async def test_nothing_looks_like_what_is_not_there(doorstep: Doorstep, token: str) -> None:
    path = "/api/v1/incidents/INC-404/similar"
    status, body = await doorstep.ask("GET", path, token=token)

    assert (status, body["detail"]) == (404, "There is no incident INC-404.")


async def test_titles_are_suggested_while_they_are_typed(doorstep: Doorstep, token: str) -> None:
    past = await _declared(doorstep, token, POOL)
    await _declared(doorstep, token, {"title": "Coffee machine melted", "severity": "low"})

    status, body = await doorstep.ask("GET", "/api/v1/search/suggestions?q=conn+po", token=token)
    _, nothing = await doorstep.ask("GET", "/api/v1/search/suggestions", token=token)
    _, others = await doorstep.ask(
        "GET", "/api/v1/search/suggestions?q=conn&content_types=articles", token=token
    )

    suggested = {"id": past, "title": POOL["title"], "type": "incident"}
    assert (status, body["suggestions"], body["meta"]["total"]) == (200, [suggested], 1)
    assert nothing["suggestions"] == others["suggestions"] == []


async def test_a_key_is_suggested_what_it_may_read(doorstep: Doorstep, token: str) -> None:
    await _declared(doorstep, token, POOL)
    key = await api_key(doorstep.bus, doorstep.organization_id, scopes=("procedures:read",))

    path = "/api/v1/search/suggestions?q=conn"
    _, body = await doorstep.ask("GET", path, token=key)
    status, _ = await doorstep.ask("GET", f"{path}&content_types=incident", token=key)

    assert (body["suggestions"], status) == ([], 403)


async def test_what_fixed_it_is_edited_and_shown(doorstep: Doorstep, token: str) -> None:
    id = await _declared(doorstep, token, POOL)
    wish = {"status": "resolved", "resolution": "Restarted it", "root_cause": "A leak"}

    status, changed = await doorstep.ask("PATCH", f"/api/v1/incidents/{id}", wish, token=token)

    assert (status, changed["status"]) == (200, "resolved")
    assert (changed["resolution"], changed["root_cause"]) == ("Restarted it", "A leak")
