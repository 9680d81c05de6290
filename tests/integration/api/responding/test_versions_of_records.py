"""Tasks, articles and procedures: what was read of them is a condition of changing them."""

from dataclasses import replace
from typing import Any

import pytest

from tests.integration.api.checks.incident_io import SCOPES, Ground
from tests.integration.api.doors import api_key, bearer
from tests.integration.api.responding.declared import V1, declared

STEPS = [{"title": "Pause the pool"}]
WISHES: dict[str, dict[str, Any]] = {
    "tasks": {"title": "Watch the queue"},
    "articles": {"title": "How the pooler works", "body": "Every service has a pool of its own."},
    "procedures": {"title": "Restart the pooler", "steps": STEPS},
}
KINDS = [*WISHES]


@pytest.fixture
async def api(api: Ground) -> Ground:
    """With a key that also changes what helps during an incident."""
    scopes = (*SCOPES, "procedures:write", "articles:write")
    return replace(api, key=await api_key(api.bus, api.organization_id, scopes=scopes))


async def made(api: Ground, kind: str) -> str:
    """Its path."""
    incident = await declared(api)
    where = f"{V1}/{incident.id}/tasks" if kind == "tasks" else f"/api/v1/{kind}"
    return f"/api/v1/{kind}/{(await api.post(where, WISHES[kind]))['id']}"


async def changed(api: Ground, path: str, title: str, **headers: str) -> tuple[int, str]:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    wish = {"title": title}
    answer = await api.client.patch(path, json=wish, headers=bearer(api.key) | given)
    return answer.status, answer.headers.get("ETag", "")


async def read(api: Ground, path: str) -> str:
    return (await api.client.get(path, headers=bearer(api.key))).headers["ETag"]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_change_that_somebody_else_overtook_is_refused(api: Ground, kind: str) -> None:
    path = await made(api, kind)
    tag = await read(api, path)

    held = await changed(api, path, "Mine", If_Match=tag)
    overtaken = await changed(api, path, "Theirs", If_Match=tag)
    strange = await changed(api, path, "Theirs", If_Match='"0123456789abcdef01234567"')

    shown = await api.get(path)
    assert (held[0], overtaken[0], strange[0]) == (200, 412, 412)
    assert shown["title"] == "Mine"
    assert held[1] == await read(api, path) != tag


@pytest.mark.parametrize("kind", KINDS)
async def test_a_condition_that_held_holds_when_the_request_comes_again(
    api: Ground, kind: str
) -> None:
    path = await made(api, kind)
    wish = {"If_Match": await read(api, path), "Idempotency_Key": "lost-answer"}

    answers = [await changed(api, path, "Mine", **wish) for _ in range(2)]
    any_version = await changed(api, path, "Theirs", If_Match="*")

    assert [status for status, _ in answers] == [200, 200]
    assert any_version[0] == 200


@pytest.mark.parametrize("kind", KINDS)
async def test_the_condition_is_documented(api: Ground, kind: str) -> None:
    document = await (await api.client.get("/openapi.json")).json()

    operation = document["paths"][f"/api/v1/{kind}/{{id}}"]["patch"]

    assert "412" in operation["responses"]
    assert "If-Match" in [parameter["name"] for parameter in operation["parameters"]]
