"""`/api/v1/incident-settings`: read by everybody, decided by admins, part by part."""

from typing import Any, get_args

import pytest

from bot.api.incident_settings.shapes import BroadcastWord, LanguageCode, SeverityWord
from core.bus import CommandBus
from core.domain.ids import OrganizationId
from core.domain.incident_settings import LANGUAGES, Broadcast
from core.domain.severity import Severity
from tests.fakes.people import hire
from tests.integration.api.doors import Client, api_key, bearer, json_of

PATH = "/api/v1/incident-settings"


@pytest.fixture
async def key(bus: CommandBus, organization_id: OrganizationId) -> str:
    return await api_key(bus, organization_id, scopes=("organizations:write",))


async def _ask(client: Client, key: str, wish: Any = None, **headers: str) -> tuple[int, Any]:
    method = "GET" if wish is None else "PATCH"
    response = await client.request(method, PATH, json=wish, headers=bearer(key) | headers)
    return response.status, await json_of(response)


async def test_the_usual_ones_hold_until_somebody_decides(client: Client, key: str) -> None:
    status, shown = await _ask(client, key)

    assert status == 200
    assert (shown["version"], shown["updated_at"]) == (0, None)
    assert [(one["severity"], one["update_minutes"]) for one in shown["severities"]] == [
        ("critical", 30),
        ("high", 60),
        ("medium", 240),
        ("low", 0),
    ]
    assert shown["data"]["channel_name"] == "inc-{date}-{title}"


async def test_what_is_given_changes_and_the_rest_stays(
    client: Client, key: str, bus: CommandBus, organization_id: OrganizationId
) -> None:
    bob = (await hire(bus, organization_id, "Bob")).actor.user_id
    wish = {
        "reaction": ":eyes:",
        "severities": [{"severity": "low", "invitees": [bob]}],
        "role_instructions": [{"role_id": "role_lead", "instructions": "Call the plant."}],
    }
    await _ask(client, key, {"severities": [{"severity": "low", "meaning": "A nuisance"}]})

    status, changed = await _ask(client, key, wish)

    _, shown = await _ask(client, key)
    assert status == 200
    assert changed["data"] == shown["data"]
    assert (shown["version"], shown["reaction"], shown["lead_minutes"]) == (2, "eyes", 10)
    assert shown["severities"][3] == {
        "severity": "low",
        "meaning": "A nuisance",
        "update_minutes": 0,
        "broadcast": "nobody",
        "invitees": [bob],
    }
    assert shown["role_instructions"] == wish["role_instructions"]


async def test_fields_and_services_that_are_not_there_are_refused_by_name(
    client: Client, key: str
) -> None:
    wish = {
        "form_fields": [{"field_id": "fld_none", "required": True}],
        "service_invitees": [{"service_id": "svc_none", "user_ids": ["usr_none"]}],
        "channel_name": "inc {title}",
    }

    status, refused = await _ask(client, key, wish)

    assert status == 422
    assert sorted(error["source"]["field"] for error in refused["errors"]) == [
        "channel_name",
        "form_fields",
        "service_invitees.svc_none",
        "service_invitees.svc_none",
    ]


async def test_whoever_read_an_older_version_is_told(client: Client, key: str) -> None:
    await _ask(client, key, {"lead_minutes": 5})

    status, refused = await _ask(client, key, {"lead_minutes": 7, "expected_version": 0})

    assert status == 409
    assert "Somebody else changed the settings" in str(refused)


async def test_the_same_request_twice_is_carried_out_once(client: Client, key: str) -> None:
    wish = {"severities": [{"severity": "high", "broadcast": "here"}]}
    once = {"Idempotency-Key": "settings-once"}
    await _ask(client, key, wish, **once)

    status, again = await _ask(client, key, wish, **once)

    assert (status, again["version"]) == (200, 1)


async def test_a_key_that_only_reads_changes_nothing(
    client: Client, bus: CommandBus, organization_id: OrganizationId
) -> None:
    reader = await api_key(bus, organization_id, scopes=("organizations:read",))

    status, _ = await _ask(client, reader, {"lead_minutes": 5})

    _, shown = await _ask(client, reader)
    assert (status, shown["lead_minutes"]) == (403, 10)


def test_the_documented_words_are_those_of_the_core() -> None:
    assert get_args(LanguageCode) == tuple(LANGUAGES)
    assert get_args(BroadcastWord) == tuple(Broadcast)
    assert get_args(SeverityWord) == tuple(Severity)
