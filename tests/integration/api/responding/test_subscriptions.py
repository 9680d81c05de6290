"""Who follows incidents, services and severities in Slack is read and changed over `/api/v1`."""

from typing import Any

import pytest

from core.commands.together import ChangeMembers
from tests.integration.api.checks.incident_io import Ground
from tests.integration.api.doors import api_key
from tests.integration.api.responding.declared import declared, id_of

PATH, CHANNEL = "/api/v1/subscriptions", "C0ACTHQMHS8"


async def _follow(api: Ground, followed: str, subject: str) -> Any:
    wish = {"followed": followed, "subject": subject, "follower": CHANNEL}
    return await api.post(PATH, wish)


async def test_a_channel_follows_until_that_is_ended(api: Ground) -> None:
    incident = await declared(api)

    made = [
        await _follow(api, "incident", incident.reference),
        await _follow(api, "severity", "sev1"),
    ]
    again = await _follow(api, "Severity", "critical")
    listed = await api.get(PATH)
    await api.ask("DELETE", f"{PATH}/{made[0]['id']}", status=204)

    assert [(one["subject"], one["name"]) for one in made] == [
        (incident.id, "INC-1"),
        ("critical", "Critical (SEV1)"),
    ]
    assert again["id"] == made[1]["id"]
    assert {one["id"] for one in listed["data"]} == {one["id"] for one in made}
    assert [one["id"] for one in (await api.get(PATH))["data"]] == [made[1]["id"]]


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"followed": "incident", "subject": "INC-4711"}, "subject"),
        ({"followed": "service", "subject": "svc_nothing"}, "subject"),
        ({"followed": "severity", "subject": "awful"}, "subject"),
        ({"followed": "weather", "subject": "rain"}, "followed"),
        ({"followed": "severity", "subject": "low", "follower": "#general"}, "follower"),
        ({"followed": "severity", "subject": "low", "follower": None}, "follower"),
    ],
)
async def test_what_nobody_can_follow_is_refused_at_its_field(
    api: Ground, wish: dict[str, str | None], field: str
) -> None:
    refused = await api.post(PATH, {"follower": CHANNEL, **wish}, status=422)

    assert refused["errors"][0]["source"]["field"] == field


async def test_of_a_private_incident_others_neither_read_nor_end_who_follows_it(
    api: Ground,
) -> None:
    incident = await declared(api)
    made = await _follow(api, "incident", incident.id)
    await api.bus.execute(ChangeMembers(caller=api.alice, incident_id=incident.id, private=True))
    member = await api_key(
        api.bus,
        api.organization_id,
        scopes=("incidents:write", "incidents:private"),
        created_by=id_of(api.alice),
    )

    hidden = await api.get(PATH)
    await api.ask("DELETE", f"{PATH}/{made['id']}", status=404)
    shown = await api.ask("GET", PATH, key=member)

    assert hidden["data"] == []
    assert [one["id"] for one in shown["data"]] == [made["id"]]
