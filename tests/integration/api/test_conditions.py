"""Changes under a condition: only what was not changed since it was read."""

from typing import Any

import pytest
from aiohttp import ClientResponse

from tests.integration.api.doors import Client, bearer, json_of

WISH = {"title": "Checkout fails", "severity": "low"}


async def test_an_incident_says_its_version_and_takes_it_back_as_a_condition(
    client: Client, neutral: str
) -> None:
    made = await client.post("/api/v1/incidents", json=WISH, headers=bearer(neutral))
    path, tag = "/api/v1/incidents/INC-1", made.headers["ETag"]
    headers = bearer(neutral) | {"If-Match": tag}

    changed = await client.patch(path, json={"title": "Checkout is down"}, headers=headers)
    overtaken = await client.patch(path, json={"title": "Checkout is slow"}, headers=headers)
    shown = await client.get(path, headers=bearer(neutral))

    assert (changed.status, overtaken.status) == (200, 412)
    assert (await json_of(overtaken))["type"] == "precondition_failed"
    assert (await json_of(shown))["title"] == "Checkout is down"
    assert changed.headers["ETag"] != tag


async def test_any_version_is_a_condition_that_always_holds(client: Client, neutral: str) -> None:
    await client.post("/api/v1/incidents", json=WISH, headers=bearer(neutral))
    headers = bearer(neutral) | {"If-Match": "*"}

    response = await client.patch(
        "/api/v1/incidents/INC-1", json={"title": "Other"}, headers=headers
    )

    assert response.status == 200


async def test_a_tag_of_somebody_else_fits_nothing(client: Client, neutral: str) -> None:
    await client.post("/api/v1/incidents", json=WISH, headers=bearer(neutral))

    statuses = [
        (
            await client.patch(
                "/api/v1/incidents/INC-1",
                json={"title": "Other"},
                headers=bearer(neutral) | {"If-Match": tag},
            )
        ).status
        for tag in ('"abc"', "W/abc", '"99-00000000"', "nonsense")
    ]

    assert statuses == [412] * 4


async def test_what_did_not_change_is_not_sent_again(client: Client, neutral: str) -> None:
    await client.post("/api/v1/incidents", json=WISH, headers=bearer(neutral))
    first = await client.get("/api/v1/incidents/INC-1", headers=bearer(neutral))
    headers = bearer(neutral) | {"If-None-Match": first.headers["ETag"]}

    unchanged = await client.get("/api/v1/incidents/INC-1", headers=headers)
    await client.patch("/api/v1/incidents/INC-1", json={"title": "Other"}, headers=bearer(neutral))
    changed = await client.get("/api/v1/incidents/INC-1", headers=headers)

    assert (unchanged.status, await unchanged.read(), changed.status) == (304, b"", 200)


async def test_a_condition_that_held_the_first_time_holds_when_the_request_comes_again(
    client: Client, neutral: str
) -> None:
    made = await client.post("/api/v1/incidents", json=WISH, headers=bearer(neutral))
    headers = {"If-Match": made.headers["ETag"], "Idempotency-Key": "lost-answer"}

    answers = [
        await client.patch(
            "/api/v1/incidents/INC-1",
            json={"title": "Other"},
            headers=bearer(neutral) | headers,
        )
        for _ in range(2)
    ]

    assert [answer.status for answer in answers] == [200, 200]
    assert await json_of(answers[0]) == await json_of(answers[1])


EDIT = {"incident": {"name": "Checkout is down"}, "notify_incident_channel": False}
ROLES = {
    "incident": {
        "incident_role_assignments": [{"incident_role_id": "role_lead", "assignee": {}}],
        "name": "Checkout is down",
    },
    "notify_incident_channel": False,
}
UPDATE = {"idempotency_key": "update", "incident_id": "1", "message": "Rolling back."}
NEW_V2 = {
    "idempotency_key": "new",
    "visibility": "public",
    "name": "Checkout fails",
    "severity_id": "severity_high",
}
CONDITIONAL = [
    ("PATCH", "/api/v1/incidents/INC-1", {"title": "Checkout is down"}),
    ("POST", "/api/v1/incidents/INC-1/comments", {"text": "Rolling back."}),
    ("POST", "/api/v1/incidents/INC-1/messages", {"type": "Identified", "description": "A."}),
    ("PATCH", "/api/incidents/INC-1", {"urgency": "LOW"}),
    ("POST", "/v2/incidents/1/actions/edit", EDIT),
    ("POST", "/v2/incident_updates", UPDATE),
]
SHOWN = ("/api/v1/incidents/INC-1", "/api/incidents/INC-1", "/v1/incidents/1", "/v2/incidents/1")


@pytest.mark.parametrize("shown", SHOWN)
@pytest.mark.parametrize(("method", "path", "wish"), CONDITIONAL)
async def test_what_was_read_in_one_dialect_is_a_condition_in_any_other(
    client: Client, neutral: str, shown: str, method: str, path: str, wish: Any
) -> None:
    await client.post("/api/v1/incidents", json=WISH, headers=bearer(neutral))
    tag = (await client.get(shown, headers=bearer(neutral))).headers["ETag"]
    headers = bearer(neutral) | {"If-Match": tag}

    held = await client.request(method, path, json=wish, headers=headers)
    overtaken = await client.request(method, path, json=_another(wish), headers=headers)

    assert (held.status, overtaken.status) == (HELD.get(path, 200), 412)
    assert (await json_of(overtaken))["type"] == "precondition_failed"


HELD = {"/api/v1/incidents/INC-1/comments": 201, "/v2/incident_updates": 201}


def _another(wish: Any) -> Any:
    """incident.io's keys are in the body, and repeat a request."""
    return {**wish, "idempotency_key": "another"} if "idempotency_key" in wish else wish


@pytest.mark.parametrize("wish", [EDIT, ROLES])
async def test_any_version_is_a_condition_that_holds_for_incident_io_too(
    client: Client, neutral: str, wish: Any
) -> None:
    await client.post("/api/v1/incidents", json=WISH, headers=bearer(neutral))
    headers = bearer(neutral) | {"If-Match": "*"}

    edited = await client.post("/v2/incidents/1/actions/edit", json=wish, headers=headers)

    assert edited.status == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", "/api/v1/incidents/{id}/comments"),
        ("patch", "/api/incidents/{id}"),
        ("post", "/v2/incidents/{id}/actions/edit"),
        ("post", "/v2/incident_updates"),
    ],
)
async def test_a_condition_is_documented(client: Client, method: str, path: str) -> None:
    document = await json_of(await client.get("/openapi.json"))

    operation = document["paths"][path][method]

    assert "412" in operation["responses"]
    assert "If-Match" in [parameter["name"] for parameter in operation["parameters"]]


async def test_a_stale_condition_holds_for_roles_too(client: Client, neutral: str) -> None:
    made = await client.post("/api/v1/incidents", json=WISH, headers=bearer(neutral))
    await client.patch("/api/v1/incidents/INC-1", json={"title": "Other"}, headers=bearer(neutral))
    headers = bearer(neutral) | {"If-Match": made.headers["ETag"]}

    refused = await client.post("/v2/incidents/1/actions/edit", json=ROLES, headers=headers)
    shown = await client.get("/v2/incidents/1", headers=bearer(neutral))

    assert refused.status == 412
    assert (await json_of(shown))["incident"]["name"] == "Other"


@pytest.mark.parametrize("version", ["v1", "v2"])
async def test_incident_ios_answers_name_the_version_they_show(
    client: Client, neutral: str, version: str
) -> None:
    made = await client.post(f"/{version}/incidents", json=NEW_V2, headers=bearer(neutral))
    shown = await client.get(f"/{version}/incidents/1", headers=bearer(neutral))
    edited = await client.post("/v2/incidents/1/actions/edit", json=EDIT, headers=bearer(neutral))

    assert made.status == edited.status == 200
    assert made.headers["ETag"] == shown.headers["ETag"]
    assert _version(edited) == _version(made) + 1


def _version(response: ClientResponse) -> int:
    return int(response.headers["ETag"].strip('"').partition("-")[0])
