"""incident.io's own Python client, unchanged, against a running server."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from incident_io import AuthenticatedClient
from incident_io.api.alert_events_v2 import alert_events_v2_create_http
from incident_io.api.alerts_v2 import alerts_v2_list
from incident_io.api.custom_field_options_v1 import custom_field_options_v1_create
from incident_io.api.custom_fields_v2 import custom_fields_v2_create, custom_fields_v2_list
from incident_io.api.follow_ups_v2 import follow_ups_v2_create, follow_ups_v2_list
from incident_io.api.incident_roles_v2 import incident_roles_v2_list
from incident_io.api.incident_statuses_v1 import incident_statuses_v1_list
from incident_io.api.incident_types_v1 import incident_types_v1_list
from incident_io.api.incident_updates_v2 import (
    incident_updates_v2_create,
    incident_updates_v2_list,
)
from incident_io.api.incidents_v1 import incidents_v1_create, incidents_v1_list
from incident_io.api.incidents_v2 import (
    incidents_v2_create,
    incidents_v2_edit,
    incidents_v2_list,
    incidents_v2_show,
)
from incident_io.api.maintenance_windows_v1 import (
    maintenance_windows_v1_create,
    maintenance_windows_v1_delete,
    maintenance_windows_v1_list,
)
from incident_io.api.severities_v1 import (
    severities_v1_create,
    severities_v1_delete,
    severities_v1_list,
)
from incident_io.api.users_v2 import users_v2_list
from incident_io.api.utilities_v1 import utilities_v1_identity
from incident_io.models import (
    AlertEventsCreateHTTPPayloadV2,
    CustomFieldOptionsCreatePayloadV1,
    CustomFieldsCreatePayloadV2,
    ErrorResponse,
    FollowUpsCreatePayloadV2,
    IncidentsCreatePayloadV1,
    IncidentsCreatePayloadV2,
    IncidentsEditPayloadV2,
    IncidentsV2ListStatusCategory,
    IncidentUpdatesCreatePayloadV2,
    IncidentV2,
    MaintenanceWindowsCreatePayloadV1,
    SeveritiesCreatePayloadV1,
)
from incident_io.types import UNSET, Unset

from sandbox.conversation.control import wait_for
from sandbox.server import Sandbox
from tests.processes import Tocsin, ask

T = TypeVar("T")
SCOPES = (
    "incidents:write",
    "maintenances:write",
    "organizations:write",
    "users:read",
    "events:write",
)
WINDOW = {
    "name": "Database upgrade",
    "start_at": "2036-06-01T02:00:00Z",
    "end_at": "2036-06-01T04:00:00Z",
    "lead": {"email": "alice@example.com"},
    "show_in_sidebar": True,
    "alert_condition_groups": [],
}


@pytest.fixture
async def io(tocsin: Tocsin, tmp_path: Path) -> AsyncIterator[AuthenticatedClient]:
    scopes = [word for scope in SCOPES for word in ("--scope", scope)]
    made = await ask(
        tocsin.settings, tmp_path, "keys", "create", "CI", "--dialect", "incident_io", *scopes
    )
    async with AuthenticatedClient(
        base_url=tocsin.url, token=made["api_key"], raise_on_unexpected_status=True
    ) as client:
        yield client


async def test_incidents_are_created_once_listed_to_the_end_and_shown(
    io: AuthenticatedClient, sandbox: Sandbox
) -> None:
    first = await _created(io, "Checkout is slow", key="once")
    again = await _created(io, "Checkout is slow", key="once")
    for number in range(4):
        await _created(io, f"Incident {number}")

    names = [incident.name for incident in await _all(io)]
    shown = good(await incidents_v2_show.asyncio(first.id, client=io)).incident
    numbered = good(
        await incidents_v2_show.asyncio(first.reference.removeprefix("INC-"), client=io)
    ).incident

    assert again.id == first.id == shown.id == numbered.id
    assert names == ["Incident 3", "Incident 2", "Incident 1", "Incident 0", "Checkout is slow"]
    await wait_for(lambda: _channels(sandbox, 5), "a channel for each")
    await _a_refusal_is_an_error_that_the_client_understands(io)
    await _the_first_version_makes_and_lists_the_same(io)


async def test_an_incident_is_edited_updated_and_found_by_its_category(
    io: AuthenticatedClient,
) -> None:
    made = await _created(io, "Checkout is slow")
    change = {"name": "Checkout is down", "severity_id": "severity_critical"}
    wish = {"incident": change, "notify_incident_channel": True}

    edited = good(
        await incidents_v2_edit.asyncio(
            made.id, client=io, body=IncidentsEditPayloadV2.from_dict(wish)
        )
    ).incident
    told = good(
        await incident_updates_v2_create.asyncio(
            client=io,
            body=IncidentUpdatesCreatePayloadV2.from_dict(
                {
                    "idempotency_key": "update",
                    "incident_id": made.id,
                    "message": "Rolled back.",
                    "to_incident_status_id": "status_post_incident",
                }
            ),
        )
    ).incident_update

    assert edited.name == "Checkout is down"
    assert not isinstance(edited.severity, Unset)
    assert edited.severity.name == "Critical"
    assert told.message == "Rolled back."
    assert told.new_incident_status.category == "learning"
    live = IncidentsV2ListStatusCategory.from_dict({"one_of": ["live"]})
    learning = IncidentsV2ListStatusCategory.from_dict({"one_of": ["learning", "closed"]})
    assert await _all(io, status_category=live) == []
    assert [one.id for one in await _all(io, status_category=learning)] == [made.id]
    updates = good(await incident_updates_v2_list.asyncio(client=io, incident_id=made.id))
    assert [one.id for one in updates.incident_updates] == [told.id]
    await _follow_ups_are_added_and_listed(io, made)


async def _the_first_version_makes_and_lists_the_same(io: AuthenticatedClient) -> None:
    wish = {
        "idempotency_key": "first version",
        "visibility": "public",
        "name": "Checkout is slow",
        "severity_id": "severity_high",
        "status": "fixing",
    }

    with pytest.deprecated_call():
        made = good(
            await incidents_v1_create.asyncio(
                client=io, body=IncidentsCreatePayloadV1.from_dict(wish)
            )
        ).incident
        listed = good(await incidents_v1_list.asyncio(client=io, status=["fixing"]))

    assert [one.id for one in listed.incidents] == [made.id]
    assert (await _all(io))[0].id == made.id


async def _a_refusal_is_an_error_that_the_client_understands(io: AuthenticatedClient) -> None:
    body = IncidentsCreatePayloadV2.from_dict({"idempotency_key": "bare", "visibility": "public"})

    refused = await incidents_v2_create.asyncio(client=io, body=body)
    missing = await incidents_v2_show.asyncio("inc_none", client=io)

    assert isinstance(refused, ErrorResponse)
    assert refused.errors[0].message == "A severity is required to open an incident"
    assert not isinstance(refused.errors[0].source, Unset)
    assert refused.errors[0].source.field == "severity_id"
    assert isinstance(missing, ErrorResponse)
    assert (missing.type_, missing.status) == ("not_found", 404)


async def test_what_an_organisation_has_is_read_and_added_to(
    io: AuthenticatedClient, tocsin: Tocsin, tmp_path: Path
) -> None:
    await ask(tocsin.settings, tmp_path, "users", "create", "alice@example.com")
    wish = {"name": "Sev zero", "description": "All is lost.", "rank": 5}
    body = SeveritiesCreatePayloadV1.from_dict(wish)

    own = good(await severities_v1_create.asyncio(client=io, body=body)).severity

    severities = good(await severities_v1_list.asyncio(client=io)).severities
    assert [one.name for one in severities] == [
        "Sev zero",
        "Critical",
        "Major",
        "Moderate",
        "Minor",
    ]
    gone = await severities_v1_delete.asyncio_detailed(own.id, client=io)
    assert gone.status_code == 202
    statuses = good(await incident_statuses_v1_list.asyncio(client=io)).incident_statuses
    assert {one.category for one in statuses} >= {"triage", "live", "learning", "closed"}
    assert good(await incident_types_v1_list.asyncio(client=io)).incident_types
    roles = good(await incident_roles_v2_list.asyncio(client=io)).incident_roles
    assert [one.shortform for one in roles] == ["lead", "comms", "scribe"]
    users = good(await users_v2_list.asyncio(client=io)).users
    assert [one.email for one in users] == ["alice@example.com"]
    identity = good(await utilities_v1_identity.asyncio(client=io)).identity
    assert (identity.name, identity.dashboard_url) == ("CI", tocsin.url)
    await _custom_fields_and_windows_are_added_and_shown(io)


async def _follow_ups_are_added_and_listed(io: AuthenticatedClient, made: IncidentV2) -> None:
    wish = {"incident_id": made.id, "title": "Alert on the depth of the queue"}

    with pytest.deprecated_call():
        added = good(
            await follow_ups_v2_create.asyncio(
                client=io, body=FollowUpsCreatePayloadV2.from_dict(wish)
            )
        ).follow_up
        listed = good(await follow_ups_v2_list.asyncio(client=io, incident_id=made.id))

    assert [one.id for one in listed.follow_ups] == [added.id]


async def _custom_fields_and_windows_are_added_and_shown(io: AuthenticatedClient) -> None:
    field = good(
        await custom_fields_v2_create.asyncio(
            client=io,
            body=CustomFieldsCreatePayloadV2.from_dict(
                {"name": "Team", "description": "Whose it is.", "field_type": "single_select"}
            ),
        )
    ).custom_field
    option = good(
        await custom_field_options_v1_create.asyncio(
            client=io,
            body=CustomFieldOptionsCreatePayloadV1.from_dict(
                {"custom_field_id": field.id, "value": "Payments", "sort_key": 10}
            ),
        )
    ).custom_field_option
    values = [{"value_option_id": option.id}]
    made = await _created(
        io,
        "Checkout is slow",
        custom_field_entries=[{"custom_field_id": field.id, "values": values}],
    )
    window = good(
        await maintenance_windows_v1_create.asyncio(
            client=io, body=MaintenanceWindowsCreatePayloadV1.from_dict(WINDOW)
        )
    ).maintenance_window

    shown = made.custom_field_entries[0].values[0].value_option
    assert not isinstance(shown, Unset)
    assert shown.value == "Payments"
    fields = good(await custom_fields_v2_list.asyncio(client=io)).custom_fields
    assert [one.id for one in fields] == [field.id]
    windows = good(await maintenance_windows_v1_list.asyncio(client=io)).maintenance_windows
    assert [one.id for one in windows] == [window.id]
    canceled = await maintenance_windows_v1_delete.asyncio_detailed(window.id, client=io)
    assert canceled.status_code == 204


async def test_an_alert_event_becomes_an_alert_and_an_incident(
    io: AuthenticatedClient, tocsin: Tocsin, tmp_path: Path
) -> None:
    source = await ask(tocsin.settings, tmp_path, "integrations", "create", "incident_io")
    event = {"title": "Queue is deep", "status": "firing", "deduplication_key": "queue"}

    sent = good(
        await alert_events_v2_create_http.asyncio(
            source["id"], client=io, body=AlertEventsCreateHTTPPayloadV2.from_dict(event)
        )
    )

    assert sent.deduplication_key == "queue"
    [incident] = await wait_for(lambda: _any(io), "an incident")
    assert incident.name == "Queue is deep"
    alerts = good(await alerts_v2_list.asyncio(client=io)).alerts
    assert [one.title for one in alerts] == ["Queue is deep"]


def good(answer: T | ErrorResponse | None) -> T:
    assert answer is not None
    assert not isinstance(answer, ErrorResponse), answer
    return answer


async def _created(
    io: AuthenticatedClient, name: str, *, key: str | None = None, **more: Any
) -> IncidentV2:
    wish = {
        "idempotency_key": key or name,
        "visibility": "public",
        "name": name,
        "severity_id": "severity_high",
        **more,
    }
    body = IncidentsCreatePayloadV2.from_dict(wish)
    return good(await incidents_v2_create.asyncio(client=io, body=body)).incident


async def _all(io: AuthenticatedClient, **filters: Any) -> list[IncidentV2]:
    """The paging loop of the client's own documentation."""
    found: list[IncidentV2] = []
    after: str | Unset = UNSET
    while True:
        page = good(await incidents_v2_list.asyncio(client=io, page_size=2, after=after, **filters))
        found += page.incidents
        meta = page.pagination_meta
        if isinstance(meta, Unset) or isinstance(meta.after, Unset):
            return found
        after = meta.after


async def _channels(sandbox: Sandbox, count: int) -> bool | None:
    """Whether there are so many, and not one more."""
    rooms = [room.name for room in await sandbox.channels() if room.name.startswith("inc-")]
    assert len(rooms) <= count
    return True if len(rooms) == count else None


async def _any(io: AuthenticatedClient) -> list[IncidentV2] | None:
    return await _all(io) or None
