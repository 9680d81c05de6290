"""Incidents to do something with."""

from typing import Any

from core.commands import DeclareIncident
from core.domain.actor import Caller
from core.domain.ids import UserId
from core.domain.incident import Incident
from tests.integration.api.checks.incident_io import Ground

V1 = "/api/v1/incidents"


async def declared(
    api: Ground, title: str = "Checkout fails", *, by: Caller | None = None, **changes: Any
) -> Incident:
    wish = {"title": title, "severity": "high", **changes}
    return await api.bus.execute(DeclareIncident(caller=by or api.alice, **wish))


def id_of(caller: Caller) -> UserId:
    assert caller.actor.user_id
    return caller.actor.user_id
