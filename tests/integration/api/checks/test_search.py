"""Checks 39 to 44: what fits best comes first, of whatever type, and at once."""

from typing import Any

import pytest

from core.domain.account import Dialect, Role
from tests.integration.api.checks.search import (
    POOL,
    QUESTION,
    REPLICA,
    RESTART,
    SPIKE,
    store_the_documented,
)
from tests.integration.api.doors import api_key
from tests.integration.api.doorstep import Doorstep

STACK_TRACE = """Traceback (most recent call last):
  File "/srv/checkout/db.py", line 42, in acquire
    raise PoolTimeoutError('no free connection in "main"; waited 30 s') from None
com.example.PoolTimeoutError: (psycopg.Error) no connection to the database: 100% busy
 -- see http://example.com/?a=b&c=d
\tat com.example.checkout.Pool.acquire(Pool.java:117)
"""


@pytest.fixture
async def token(doorstep: Doorstep) -> str:
    await doorstep.hire("engineer@example.com")
    signed_in = await doorstep.sign_in("engineer@example.com")
    return str(signed_in["access_token"])


async def _search(doorstep: Doorstep, token: str, query: Any, **more: Any) -> tuple[int, Any]:
    wish = {"query": query, **more}
    return await doorstep.ask("POST", "/api/v1/search/query", wish, token=token)


async def _results(doorstep: Doorstep, token: str, query: str, **more: Any) -> list[Any]:
    status, body = await _search(doorstep, token, query, **more)
    assert status == 200, body
    results: list[Any] = body["results"]
    return results


async def test_check_39_the_documented_search_answers_in_the_documented_shape(
    doorstep: Doorstep, token: str
) -> None:
    await store_the_documented(doorstep)

    status, body = await _search(doorstep, token, QUESTION, limit=10)

    assert status == 200
    assert body["results"]
    assert all(
        result.keys() == {"id", "title", "type", "score", "snippet", "reason"}
        for result in body["results"]
    )
    assert isinstance(body["meta"]["total"], int)
    assert isinstance(body["meta"]["query_time_ms"], int)


async def test_check_40_scores_fall_from_one_to_nothing_and_the_total_is_what_came(
    doorstep: Doorstep, token: str
) -> None:
    await store_the_documented(doorstep)

    _, body = await _search(doorstep, token, QUESTION, limit=10)

    scores = [result["score"] for result in body["results"]]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert body["meta"]["total"] == len(scores)


async def test_check_41_the_documented_incident_comes_first_and_the_others_are_there(
    doorstep: Doorstep, token: str
) -> None:
    await store_the_documented(doorstep)

    results = await _results(doorstep, token, QUESTION, limit=10)

    assert results[0]["id"] == POOL
    types = {result["id"]: result["type"] for result in results}
    assert types == {POOL: "incident", REPLICA: "incident", RESTART: "procedure"}


async def test_check_42_limits_hold_and_an_empty_query_is_refused(
    doorstep: Doorstep, token: str
) -> None:
    admin = await _an_admin(doorstep)
    for number in range(12):
        await _write_article(doorstep, admin, f"Pool {number}", "About the pool.")

    assert len(await _results(doorstep, token, "pool", limit=1)) == 1
    assert len(await _results(doorstep, token, "pool")) == 10
    for wish in ({"query": ""}, {"query": " \n"}, {}):
        status, body = await doorstep.ask("POST", "/api/v1/search/query", wish, token=token)
        assert (status, body["errors"][0]["source"]["field"]) == (422, "query")
    status, _ = await doorstep.ask("POST", "/api/v1/search/query", {"query": "pool"})
    assert status == 401


async def test_check_43_a_stack_trace_is_a_query(doorstep: Doorstep, token: str) -> None:
    await store_the_documented(doorstep)

    ids = [result["id"] for result in await _results(doorstep, token, STACK_TRACE)]

    assert ids[0] == POOL
    assert SPIKE not in ids


async def test_check_44_what_was_declared_now_is_found_now_and_stays_findable(
    doorstep: Doorstep, token: str
) -> None:
    wish = {"title": "Coffee machine melted", "severity": "low", "description": "It is warm."}
    _, made = await doorstep.ask("POST", "/api/v1/incidents", wish, token=token)

    assert [one["id"] for one in await _results(doorstep, token, "coffee")] == [made["id"]]
    path = f"/api/v1/incidents/{made['id']}"
    status, _ = await doorstep.ask("PATCH", path, {"status": "resolved"}, token=token)
    assert status == 200
    assert [one["id"] for one in await _results(doorstep, token, "coffee")] == [made["id"]]


async def test_other_words_are_found_as_soon_as_they_are_written(
    doorstep: Doorstep, token: str
) -> None:
    wish = {"title": "Coffee machine melted", "severity": "low"}
    _, made = await doorstep.ask("POST", "/api/v1/incidents", wish, token=token)
    path = f"/api/v1/incidents/{made['id']}"
    await doorstep.ask("PATCH", path, {"title": "Kettle melted"}, token=token)

    assert await _results(doorstep, token, "coffee") == []
    assert [one["title"] for one in await _results(doorstep, token, "kettle")] == ["Kettle melted"]


async def test_the_other_path_narrows_by_type_and_confidence(
    doorstep: Doorstep, token: str
) -> None:
    await store_the_documented(doorstep)

    async def found(**more: Any) -> list[str]:
        wish = {"query": QUESTION, **more}
        status, body = await doorstep.ask("POST", "/api/v1/search", wish, token=token)
        assert status == 200
        return [result["id"] for result in body["results"]]

    assert await found() == [POOL, *sorted([REPLICA, RESTART], reverse=True)]
    assert await found(content_types=["procedures"]) == [RESTART]
    assert await found(min_confidence=0.5) == [POOL]


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"query": 7}, "query"),
        ({"query": "pool", "limit": 0}, "limit"),
        ({"query": "pool", "content_types": ["runbook"]}, "content_types.0"),
        ({"query": "pool", "min_confidence": 2}, "min_confidence"),
    ],
)
async def test_a_search_that_cannot_be_names_the_field(
    doorstep: Doorstep, token: str, wish: dict[str, Any], field: str
) -> None:
    status, body = await doorstep.ask("POST", "/api/v1/search", wish, token=token)

    assert (status, body["errors"][0]["source"]["field"]) == (422, field)


async def test_a_key_finds_what_it_may_read(doorstep: Doorstep) -> None:
    await store_the_documented(doorstep)
    scopes = {"incidents:read": {POOL, REPLICA}, "procedures:read": {RESTART}}

    for scope, ids in scopes.items():
        key = await api_key(
            doorstep.bus, doorstep.organization_id, scopes=(scope,), dialect=Dialect.OVERWATCH
        )
        assert {one["id"] for one in await _results(doorstep, key, QUESTION)} == ids, scope


async def test_a_key_that_may_read_nothing_of_it_is_refused(doorstep: Doorstep) -> None:
    key = await api_key(doorstep.bus, doorstep.organization_id, scopes=("services:read",))

    status, body = await _search(doorstep, key, QUESTION)

    assert (status, body["detail"]) == (403, "You may not see incidents.")


async def _an_admin(doorstep: Doorstep) -> str:
    await doorstep.hire("admin@example.com", Role.ADMIN, name="Alice Archer")
    return str((await doorstep.sign_in("admin@example.com"))["access_token"])


async def _write_article(doorstep: Doorstep, token: str, title: str, body: str) -> None:
    wish = {"title": title, "body": body}
    status, made = await doorstep.ask("POST", "/api/v1/articles", wish, token=token)
    assert status == 201, made
