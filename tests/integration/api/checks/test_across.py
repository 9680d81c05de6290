"""Checks 91 to 96: what one product's client does, as the clients of the others see it."""

from dataclasses import dataclass
from typing import Any

import pytest

from core.domain.account import Dialect, Role
from tests.integration.api.doors import api_key
from tests.integration.api.doorstep import Doorstep

REDIS = {
    "title": "Redis cluster failover in us-east-1",
    "severity": "critical",
    "description": "The primary node became unreachable at 14:32 UTC.",
}
ROLLED_BACK = {"description": "Rollback complete. Error rate back to baseline."}
KEYS = {
    "detail",
    "error",
    "status_code",
    "timestamp",
    "path",
    "type",
    "status",
    "request_id",
    "errors",
    "title",
    "meta",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clients:
    """One of each product, in one organisation: `t` signed in, the others hold keys."""

    door: Doorstep
    t: str
    o: str
    k: str
    i: str

    async def ask(
        self, method: str, path: str, token: str, wish: Any = None, *, status: int = 200
    ) -> Any:
        answered, body = await self.door.ask(method, path, wish, token=token)
        assert answered == status, body
        return body

    async def redis(self) -> str:
        """The id of the incident of check 22."""
        made = await self.ask("POST", "/api/v1/incidents", self.t, REDIS, status=201)
        id: str = made["id"]
        return id

    async def seen(self, id: str) -> tuple[Any, Any, Any, Any]:
        """The incident in the list of Overwatch, Observer, OpsKnight and incident.io."""
        lists = (
            (await self.ask("GET", "/api/v1/incidents", self.t))["data"],
            (await self.ask("GET", "/api/v1/incidents", self.o))["items"],
            (await self.ask("GET", "/api/incidents", self.k))["incidents"],
            (await self.ask("GET", "/v2/incidents", self.i))["incidents"],
        )
        first, second, third, fourth = (
            next(row for row in rows if row["id"] == id) for rows in lists
        )
        return first, second, third, fourth


@pytest.fixture
async def clients(doorstep: Doorstep) -> Clients:
    await doorstep.hire("engineer@example.com", Role.ENGINEER)
    bus, organization_id = doorstep.bus, doorstep.organization_id
    scopes = ("incidents:write", "maintenances:write")
    return Clients(
        door=doorstep,
        t=(await doorstep.sign_in("engineer@example.com"))["access_token"],
        o=await api_key(bus, organization_id, scopes=scopes, dialect=Dialect.OBSERVER),
        k=await api_key(bus, organization_id, dialect=Dialect.OPSKNIGHT),
        i=await api_key(bus, organization_id, dialect=Dialect.INCIDENT_IO),
    )


async def test_check_91_an_incident_is_in_every_products_list(clients: Clients) -> None:
    id = await clients.redis()

    overwatch, observer, opsknight, incident_io = await clients.seen(id)

    assert (overwatch["status"], overwatch["severity"]) == ("active", "critical")
    assert (observer["state"], observer["severity"]) == ("published", "critical")
    assert (opsknight["status"], opsknight["urgency"]) == ("triggered", "HIGH")
    assert incident_io["incident_status"]["category"] == "live"
    assert incident_io["severity"]["name"] == "Critical"
    assert {overwatch["title"], observer["title"], opsknight["title"], incident_io["name"]} == {
        REDIS["title"]
    }


async def test_check_92_what_observer_resolves_is_resolved_everywhere(clients: Clients) -> None:
    id = await clients.redis()

    await clients.ask("POST", f"/api/v1/incidents/{id}/resolve", clients.o, ROLLED_BACK)

    overwatch, _, opsknight, incident_io = await clients.seen(id)
    assert overwatch["status"] == "resolved"
    assert opsknight["status"] == "RESOLVED"
    assert incident_io["incident_status"]["category"] in {"learning", "closed"}


async def test_check_93_what_opsknight_acknowledges_goes_on_elsewhere(clients: Clients) -> None:
    id = await clients.redis()

    await clients.ask("PATCH", f"/api/incidents/{id}", clients.k, {"status": "ACKNOWLEDGED"})

    overwatch, observer, opsknight, incident_io = await clients.seen(id)
    assert overwatch["status"] == "active"
    assert observer["state"] == "published"
    assert opsknight["status"] == "ACKNOWLEDGED"
    assert incident_io["incident_status"]["category"] == "live"


async def test_check_94_each_product_reads_its_own_word_for_a_severity(clients: Clients) -> None:
    path = "/api/v1/incidents"

    theirs = await clients.ask("POST", path, clients.t, {**REDIS, "severity": "major"}, status=201)
    ours = await clients.ask(
        "POST", path, clients.o, {**REDIS, "severity": "high", "publish": True}
    )

    for id in (theirs["id"], ours["id"]):
        assert (await clients.ask("GET", f"{path}/{id}", clients.t))["severity"] == "high"
        assert (await clients.ask("GET", f"{path}/{id}", clients.o))["severity"] == "major"


async def test_check_95_what_is_not_there_is_missed_in_one_body(clients: Clients) -> None:
    bodies = [
        await clients.ask("GET", f"{path}/nope", clients.i, status=404)
        for path in ("/api/v1/incidents", "/api/incidents", "/v2/incidents", "/v1/severities")
    ]

    assert [set(body) for body in bodies] == [KEYS] * len(bodies)


async def test_check_96_of_two_credentials_the_authorization_decides(clients: Clients) -> None:
    path = "/api/v1/incidents"

    good, _ = await clients.door.ask("GET", path, token=clients.t, X_API_Key="overwatch_ak_0")
    bad, body = await clients.door.ask("GET", path, token="overwatch_ak_0", X_API_Key=clients.o)

    assert (good, bad) == (200, 401)
    assert body["type"] == "authentication_error"
