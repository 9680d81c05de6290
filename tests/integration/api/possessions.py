"""An organisation that has one of everything a path or a body can name."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bot.credentials import hash_of, new_token
from bot.webhooks.sources import SOURCES
from bot.webhooks.triage import TriageWorker
from core.commands import CreateIntegration, ReopenIncident, ResolveIncident
from core.commands.postmortems import DraftPostmortem
from core.domain.ids import IncidentId, OrganizationId
from tests.fakes.people import the_operator
from tests.integration.api.doors import bearer
from tests.integration.api.doorstep import Doorstep
from tests.integration.api.every_operation import EveryOperation

INCIDENTS, SERVICES, METRICS = "/api/v1/incidents", "/api/services", "/api/v1/metrics"
PROCEDURES, USERS, FIELDS = "/api/v1/procedures", "/api/v1/users", "/v2/custom_fields"
ALERTS, SOURCES_OF_ALERTS = "/v2/alerts", "/v2/alert_events/http"

ANOTHER = f"{INCIDENTS}/{{id}}/similar"
"""An incident besides the one of the paths."""

NAMED: Mapping[str, str] = {
    "incident_id": INCIDENTS,
    "into": ANOTHER,
    "user_id": USERS,
    "service_id": SERVICES,
    "serviceId": SERVICES,
    "service_ids": SERVICES,
    "depends_on": SERVICES,
    "affected_services": SERVICES,
    "metric_id": METRICS,
    "procedure_id": PROCEDURES,
    "custom_field_id": FIELDS,
    "alert_id": ALERTS,
    "alert_source_id": SOURCES_OF_ALERTS,
    "assignee_id": USERS,
    "assigneeId": USERS,
    "owner_ids": USERS,
    "owner_id": USERS,
    "notify_user_ids": USERS,
    "lead": USERS,
}
"""Fields and parameters that name a thing, and where such things are."""


@dataclass(frozen=True, slots=True)
class Household:
    """`ids` are by collection, as `/api/v1/incidents`."""

    door: Doorstep
    every: EveryOperation
    headers: Mapping[str, str]
    organization_id: OrganizationId
    ids: dict[str, str] = field(default_factory=dict)

    async def make(self, name: str, **changes: Any) -> Any:
        """The answer of the operation of that name to its own example, with our own ids in it."""
        operation = self.every.named(name)
        body = self.every.example(operation)
        answered = await self.every.ask(
            operation,
            self.headers,
            ids=self.ids.__getitem__,
            body=body and {**naming(body, self.ids), **changes},
        )
        assert answered.status < 300, f"{name}: {answered.text}"
        return answered.json


Maker: TypeAlias = Callable[[Household], Awaitable[str]]


def naming(value: Any, ids: Mapping[str, str], field: str = "") -> Any:
    """The body with these ids wherever it names a thing."""
    match value:
        case dict() if NAMED.get(field) in ids:
            return {"id": ids[NAMED[field]]}
        case dict():
            return {key: naming(each, ids, key) for key, each in value.items()}
        case list():
            return [naming(each, ids, field) for each in value]
        case str() if NAMED.get(field) in ids:
            return ids[NAMED[field]]
        case _:
            return value


def made_by(name: str, **changes: Any) -> Maker:
    async def make(house: Household) -> str:
        return _id_in(await house.make(name, **changes))

    return make


def same_as(other: str) -> Maker:
    """What other paths call the same thing."""

    async def make(house: Household) -> str:
        return house.ids[other]

    return make


async def itself(house: Household) -> str:
    return house.organization_id


async def an_alert_source(house: Household) -> str:
    made = await house.door.bus.execute(
        CreateIntegration(
            caller=the_operator(house.organization_id),
            source="incident_io",
            name="Monitoring",
            token_hash=hash_of(new_token()),
        )
    )
    return made.id


async def an_integration_that_rang(house: Household) -> str:
    token = new_token()
    made = await house.door.bus.execute(
        CreateIntegration(
            caller=the_operator(house.organization_id),
            source="incident_io",
            name="Queues",
            token_hash=hash_of(token),
        )
    )
    event = {"title": "The queue is long", "status": "firing"}
    path = f"/v2/alert_events/http/{made.id}"
    async with house.door.client.post(path, json=event, headers=bearer(token)) as answer:
        assert answer.status == 202
    await TriageWorker(house.door.storage.inbox, house.door.bus, SOURCES).turn()
    return made.id


async def a_payload(house: Household) -> str:
    return str((await house.make("list_payloads"))["data"][0]["id"])


async def an_alert(house: Household) -> str:
    await house.make("alert_events_v2_create_http")
    await TriageWorker(house.door.storage.inbox, house.door.bus, SOURCES).turn()
    return _id_in((await house.make("alerts_v2_list"))["alerts"][0])


async def a_line(house: Household) -> str:
    return str((await house.make("list_incident_timeline"))["data"][0]["id"])


async def an_incident_with_a_postmortem(house: Household) -> str:
    """It goes on again after it was written, so that all can be done with it."""
    id = IncidentId(await made_by("create_incident")(house))
    operator = the_operator(house.organization_id)
    await house.door.bus.execute(ResolveIncident(caller=operator, incident_id=id))
    wish = DraftPostmortem(caller=operator, incident_id=id, title="Postmortem", body="Words\n")
    await house.door.bus.execute(wish)
    await house.door.bus.execute(ReopenIncident(caller=operator, incident_id=id))
    return id


EVERY_WEEK = {
    "scheduled_start_at": "2030-02-05T02:00:00Z",
    "scheduled_end_at": "2030-02-05T04:00:00Z",
    "recurrence": "FREQ=WEEKLY",
}
"""Ahead of the clock of the tests, and with occurrences that can be skipped."""

SHARED = {"/v1/incident_types": "type_default"}
"""What every organisation has, under the same id."""

MAKERS: Mapping[str, Maker] = {
    SERVICES: made_by("create_service"),
    USERS: made_by("create_user"),
    METRICS: made_by("create_metric"),
    PROCEDURES: made_by("create_procedure"),
    INCIDENTS: an_incident_with_a_postmortem,
    ANOTHER: made_by("create_incident"),
    f"{INCIDENTS}/{{id}}/related": same_as(ANOTHER),
    f"{INCIDENTS}/{{id}}/timeline": a_line,
    "/api/v1/tasks": made_by("create_task"),
    "/api/v1/subscriptions": made_by("create_subscription"),
    FIELDS: made_by("custom_fields_v2_create"),
    SOURCES_OF_ALERTS: an_alert_source,
    ALERTS: an_alert,
    "/api/v1/organizations": itself,
    "/api/v1/api-keys": made_by("create_api_key"),
    "/api/v1/articles": made_by("create_article"),
    "/api/v1/executions": made_by("execute_procedure"),
    "/api/v1/incidents/from-metric": same_as(METRICS),
    "/api/v1/invitations": made_by("create_invitation", email="invited@example.com"),
    "/api/v1/maintenances": made_by("schedule_maintenance", **EVERY_WEEK),
    "/api/incidents": same_as(INCIDENTS),
    "/v1/incidents": same_as(INCIDENTS),
    "/v2/incidents": same_as(INCIDENTS),
    "/v2/users": same_as(USERS),
    "/v1/custom_field_options": made_by("custom_field_options_v1_create"),
    "/v1/incident_statuses": made_by("incident_statuses_v1_create"),
    "/v1/severities": made_by("severities_v1_create"),
    "/v1/maintenance_windows": made_by("maintenance_windows_v1_create"),
    "/api/v1/services": same_as(SERVICES),
    "/api/v1/alerts": same_as(ALERTS),
    "/api/v1/routing-rules": made_by("create_routing_rule"),
    "/api/v1/silences": made_by("create_silence"),
    "/api/v1/integrations": an_integration_that_rang,
    "/api/v1/integrations/{id}/payloads": a_payload,
    "/api/v1/heartbeats": made_by("create_heartbeat"),
    "/v2/heartbeat": same_as("/api/v1/heartbeats"),
    "/api/v1/webhook-endpoints": made_by("create_webhook_endpoint"),
    "/api/v1/webhook-deliveries": made_by("test_webhook_endpoint"),
    "/v2/follow_ups": made_by("follow_ups_v2_create"),
    "/v2/incident_roles": made_by("incident_roles_v2_create"),
}
"""How one of each collection comes to be; in this order, for some need others."""


async def household(door: Doorstep, name: str, every: EveryOperation | None = None) -> Household:
    """An organisation of its own, whose owner has signed in, with one of everything."""
    bare = await newcomer(door, name, every)
    for place, maker in MAKERS.items():
        bare.ids[place] = await maker(bare)
    bare.ids.update(SHARED)
    return bare


async def newcomer(door: Doorstep, name: str, every: EveryOperation | None = None) -> Household:
    """An organisation of its own that has nothing yet but its owner. The operations are the same
    for all of them, and take a while to be described."""
    wish = {
        "email": f"owner@{name}.example.com",
        "password": "in no example of the document",
        "name": f"Owner of {name}",
        "organization": name,
    }
    status, login = await door.ask("POST", "/api/v1/auth/register", wish)
    assert status == 201, login
    return Household(
        door=door,
        every=every or EveryOperation(door.client),
        headers=bearer(login["access_token"]),
        organization_id=OrganizationId(login["user"]["organization_id"]),
    )


def _id_in(answer: Any) -> str:
    """On top, or of the one thing that the answer wraps."""
    if "id" in answer:
        return str(answer["id"])
    return next(str(each["id"]) for each in answer.values() if isinstance(each, dict))
