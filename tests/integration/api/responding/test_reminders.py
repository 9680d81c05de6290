"""What people will be reminded of about an incident is read and put off over `/api/v1`."""

from datetime import timedelta

import pytest

from bot.web.times import instant
from core.commands import AcknowledgeIncident, ResolveIncident
from tests.integration.api.checks.incident_io import Ground
from tests.integration.api.responding.declared import V1, declared


async def test_what_waits_is_listed_with_the_earliest_first(api: Ground) -> None:
    incident = await declared(api)
    due = api.clock() + timedelta(minutes=1)
    wish = {"title": "Look", "due_at": due.isoformat()}
    task = await api.post(f"{V1}/{incident.id}/tasks", wish)

    told = await api.get(f"{V1}/{incident.reference}/reminders")

    reminders = {one["reminder"]: one for one in told["reminders"]}
    assert told["reminders"][0] == reminders["task"]
    assert (reminders["task"]["task_id"], reminders["task"]["task"]) == (task["id"], "Look")
    assert (reminders["task"]["due_at"], reminders["task"]["reminded"]) == (instant(due), 0)
    assert {"lead", "tasks_left"} <= set(reminders)


async def test_a_reminder_is_put_off_from_now_on(api: Ground) -> None:
    incident = await declared(api)
    await api.bus.execute(AcknowledgeIncident(caller=api.bob, incident_id=incident.id))
    path = f"{V1}/{incident.id}/reminders/put-off"

    told = await api.post(path, {"reminder": "update", "minutes": 90}, status=200)

    [due] = [one["due_at"] for one in told["reminders"] if one["reminder"] == "update"]
    assert due == instant(api.clock() + timedelta(minutes=90))


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"reminder": "update", "minutes": 0}, "minutes"),
        ({"reminder": "update", "minutes": 200_000}, "minutes"),
        ({"reminder": "coffee", "minutes": 5}, "reminder"),
        ({"reminder": "task", "minutes": 5}, "task_id"),
        ({"reminder": "task", "minutes": 5, "task_id": "fup_none"}, "task_id"),
    ],
)
async def test_what_cannot_be_put_off_is_refused_at_its_field(
    api: Ground, wish: dict[str, object], field: str
) -> None:
    incident = await declared(api)

    refused = await api.post(f"{V1}/{incident.id}/reminders/put-off", wish, status=422)

    assert refused["errors"][0]["source"]["field"] == field


async def test_of_what_is_over_nobody_is_reminded(api: Ground) -> None:
    incident = await declared(api)
    await api.bus.execute(ResolveIncident(caller=api.bob, incident_id=incident.id))

    path = f"{V1}/{incident.id}/reminders/put-off"
    refused = await api.post(path, {"reminder": "lead", "minutes": 5}, status=409)

    assert refused["detail"] == "Nobody is reminded of INC-1 any more."
