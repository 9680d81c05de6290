"""A change that is sent twice under one key is the same success both times, in every dialect."""

from typing import Any

import pytest

from core.bus import CommandBus
from core.domain.ids import OrganizationId
from tests.integration.api.doors import Client, api_key, bearer, json_of

V1, OPSKNIGHT, V2 = "/api/v1/incidents", "/api/incidents", "/v2/incidents"
STATUSES_V2 = ("status_fixing", "status_monitoring", "status_post_incident", "status_closed")


def _edit(**changes: Any) -> dict[str, Any]:
    return {"incident": changes, "notify_incident_channel": False}


CHANGES: list[tuple[str, str, Any]] = [
    *(("PATCH", f"{V1}/INC-1", {"status": word}) for word in ("active", "acknowledged", "closed")),
    *(("PATCH", f"{V1}/INC-1", {"state": word}) for word in ("published", "resolved")),
    ("PUT", f"{V1}/INC-1", {"status": "snoozed", "title": "Checkout is slow"}),
    ("POST", f"{V1}/INC-1/resolve", {"description": "It is over."}),
    ("POST", f"{V1}/INC-1/messages", {"type": "Resolved", "description": "It is over."}),
    ("POST", f"{V1}/INC-1/comments", {"text": "The replica is back."}),
    *(
        ("PATCH", f"{OPSKNIGHT}/INC-1", {"status": word})
        for word in ("OPEN", "ACKNOWLEDGED", "RESOLVED", "SNOOZED", "SUPPRESSED")
    ),
    ("PATCH", f"{OPSKNIGHT}/INC-1", {"status": "acknowledged", "urgency": "LOW"}),
    *(("POST", f"{V2}/1/actions/edit", _edit(incident_status_id=id)) for id in STATUSES_V2),
    ("POST", f"{V2}/1/actions/edit", _edit(severity_id="severity_high", name="Checkout is slow")),
    (
        "POST",
        "/v2/incident_updates",
        {"idempotency_key": "u", "incident_id": "1", "to_incident_status_id": "status_fixing"},
    ),
]
HERE = ("open", "acknowledged", "resolved")


@pytest.fixture
async def secret(bus: CommandBus, organization_id: OrganizationId) -> str:
    return await api_key(bus, organization_id)


async def _begun(client: Client, secret: str, here: str) -> None:
    wish = {"title": "Checkout fails", "severity": "low"}
    await client.post(V1, json=wish, headers=bearer(secret))
    if here != "open":
        await _moved(client, secret, here)


async def _moved(client: Client, secret: str, status: str) -> None:
    moved = await client.patch(f"{V1}/INC-1", json={"status": status}, headers=bearer(secret))
    assert moved.status == 200, await moved.text()


@pytest.mark.parametrize("here", HERE)
@pytest.mark.parametrize(("method", "path", "wish"), CHANGES)
async def test_a_change_under_one_key_is_answered_alike_both_times(
    client: Client, secret: str, method: str, path: str, wish: Any, here: str
) -> None:
    await _begun(client, secret, here)
    headers = bearer(secret) | {"Idempotency-Key": "lost-answer"}

    first = await client.request(method, path, json=wish, headers=headers)
    again = await client.request(method, path, json=wish, headers=headers)

    assert again.status == first.status
    assert _told(await json_of(again)) == _told(await json_of(first))


@pytest.mark.parametrize(("method", "path", "wish"), CHANGES)
async def test_where_it_is_possible_it_is_a_success_both_times(
    client: Client, secret: str, method: str, path: str, wish: Any
) -> None:
    await _begun(client, secret, "resolved" if wish.get("status") == "closed" else "open")
    headers = bearer(secret) | {"Idempotency-Key": "lost-answer"}

    answers = [await client.request(method, path, json=wish, headers=headers) for _ in "ab"]

    assert [answer.status for answer in answers] == [SUCCESS.get(path, 200)] * 2


SUCCESS = {f"{V1}/INC-1/comments": 201, "/v2/incident_updates": 201}


def _told(body: Any) -> Any:
    """Of a refusal the reasons alone: each has its own request id."""
    return body.get("errors", body)


@pytest.mark.parametrize("there", ["open", "acknowledged", "resolved"])
@pytest.mark.parametrize(
    ("path", "wish"),
    [
        (f"{V1}/INC-1", {"status": "active"}),
        (f"{V1}/INC-1", {"state": "published"}),
        (f"{OPSKNIGHT}/INC-1", {"status": "ACKNOWLEDGED"}),
    ],
)
async def test_it_stays_the_same_whoever_moved_the_incident_in_between(
    client: Client, secret: str, path: str, wish: Any, there: str
) -> None:
    await _begun(client, secret, "acknowledged")
    headers = bearer(secret) | {"Idempotency-Key": "lost-answer"}

    first = await client.patch(path, json=wish, headers=headers)
    await _moved(client, secret, there)
    again = await client.patch(path, json=wish, headers=headers)
    shown = await client.get(f"{OPSKNIGHT}/INC-1", headers=bearer(secret))

    assert (first.status, again.status) == (200, 200)
    word = {"open": "triggered"}.get(there, there.upper())
    assert (await json_of(shown))["status"] == word
