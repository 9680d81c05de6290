"""Which key opens which door, and how keys are offered."""

import pytest

from core.bus import CommandBus
from core.commands import RevokeApiKey
from core.domain.ids import OrganizationId
from core.permissions import SCOPES
from tests.fakes.moment import FakeClock
from tests.fakes.people import the_operator
from tests.fakes.store import FakeStore
from tests.integration.api.doors import Client, api_key, bearer, json_of

WISH = {"title": "Checkout fails", "severity": "high"}
DOORS: dict[tuple[str, str], set[str]] = {
    ("GET", "/api/v1/incidents"): {"incidents:read", "incidents:write", "maintenances:write"},
    ("GET", "/api/v1/incidents/INC-1"): {
        "incidents:read",
        "incidents:write",
        "maintenances:write",
    },
    ("POST", "/api/v1/incidents"): {"incidents:write"},
    ("PATCH", "/api/v1/incidents/INC-1"): {"incidents:write"},
    ("GET", "/api/v1/maintenances"): {
        "incidents:read",
        "incidents:write",
        "maintenances:read",
        "maintenances:write",
    },
    ("GET", "/api/v1/services"): {"services:read", "services:write"},
    ("POST", "/api/v1/services"): {"services:write"},
}
"""Each door, and the scopes any one of which opens it."""


@pytest.mark.parametrize("scope", sorted(SCOPES))
async def test_a_scope_opens_its_own_doors_and_no_other(
    client: Client, bus: CommandBus, organization_id: OrganizationId, neutral: str, scope: str
) -> None:
    await client.post("/api/v1/incidents", json=WISH, headers=bearer(neutral))
    key = await api_key(bus, organization_id, scopes=[scope])

    answers = {
        door: await client.request(*door, json=WISH | {"name": "Checkout"}, headers=bearer(key))
        for door in DOORS
    }

    opened = {door for door, answer in answers.items() if answer.status < 400}
    assert opened == {door for door, scopes in DOORS.items() if scope in scopes}
    assert {answer.status for answer in answers.values()} <= {200, 201, 403}


@pytest.mark.parametrize("door", DOORS)
async def test_no_door_opens_without_a_key(client: Client, door: tuple[str, str]) -> None:
    response = await client.request(*door, json=WISH)

    assert response.status == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "header",
    [
        "Authorization: Bearer {}",
        "authorization: bearer {}",
        "Authorization: Api-Key {}",
        "Authorization: API-KEY   {}",
        "X-API-Key: {}",
    ],
)
async def test_a_key_may_come_in_either_header(client: Client, neutral: str, header: str) -> None:
    name, _, value = header.format(neutral).partition(": ")

    response = await client.get("/api/v1/incidents", headers={name: value})

    assert response.status == 200


async def test_the_authorization_header_wins(client: Client, neutral: str) -> None:
    good = {**bearer(neutral), "X-API-Key": "nonsense"}
    bad = {**bearer("nonsense"), "X-API-Key": neutral}

    answers = [await client.get("/api/v1/incidents", headers=one) for one in (good, bad)]

    assert [answer.status for answer in answers] == [200, 401]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("Basic dXNlcjpwYXNz", "missing_authorization_material"),
        ("Bearer", "missing_authorization_material"),
        ("Bearer ", "missing_authorization_material"),
        ("Bearer nonsense", "invalid_api_key"),
        ("Bearer Müller", "invalid_api_key"),
        ("Bearer aaaa.bbbb.cccc", "invalid_token"),
    ],
)
async def test_what_is_no_key_is_unauthorized(client: Client, value: str, code: str) -> None:
    response = await client.get("/api/v1/incidents", headers={"Authorization": value})

    body = await json_of(response)
    assert response.status == 401
    assert body["errors"][0]["code"] == code


async def test_a_key_ends_with_its_expiry(
    client: Client, bus: CommandBus, organization_id: OrganizationId, clock: FakeClock
) -> None:
    key = await api_key(bus, organization_id, expires_at=clock.advance(hours=0).replace(hour=13))
    before = await client.get("/api/v1/incidents", headers=bearer(key))

    clock.advance(hours=1)
    after = await client.get("/api/v1/incidents", headers=bearer(key))

    assert (before.status, after.status) == (200, 401)
    assert "expired" in (await json_of(after))["detail"]


async def test_a_key_without_expiry_works_ten_years_on(
    client: Client, neutral: str, clock: FakeClock
) -> None:
    clock.advance(days=3_653)

    response = await client.get("/api/v1/incidents", headers=bearer(neutral))

    assert response.status == 200


async def test_a_revoked_key_is_refused(
    client: Client, bus: CommandBus, store: FakeStore, organization_id: OrganizationId, neutral: str
) -> None:
    (key,) = await store.reads.api_keys(organization_id)
    await bus.execute(RevokeApiKey(caller=the_operator(organization_id), api_key_id=key.id))

    response = await client.get("/api/v1/incidents", headers=bearer(neutral))

    assert response.status == 401
    assert "revoked" in (await json_of(response))["detail"]


async def test_a_key_sees_its_own_organisation_only(
    client: Client, bus: CommandBus, store: FakeStore, neutral: str
) -> None:
    made = await client.post("/api/v1/incidents", json=WISH, headers=bearer(neutral))
    other = await store.directory.ensure_organization("other", "Other")
    stranger = bearer(await api_key(bus, other.id))
    id = (await made.json())["id"]

    listed = await client.get("/api/v1/incidents", headers=stranger)
    shown = await client.get(f"/api/v1/incidents/{id}", headers=stranger)

    assert (await listed.json())["meta"]["total"] == 0
    assert shown.status == 404


async def test_a_missing_scope_is_named(
    client: Client, bus: CommandBus, organization_id: OrganizationId
) -> None:
    key = await api_key(bus, organization_id, scopes=["incidents:read"])

    response = await client.post("/api/v1/incidents", json=WISH, headers=bearer(key))

    assert response.status == 403
    assert "incidents:write" in (await json_of(response))["detail"]
