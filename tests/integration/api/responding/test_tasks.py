"""Tasks over `/api/v1`: whose they are, until when, and whether they are done."""

import pytest

from tests.integration.api.checks.incident_io import Ground
from tests.integration.api.responding.declared import V1, declared, id_of

SOON = "2036-06-01T06:00:00.000Z"


async def test_a_task_is_added_changed_and_ticked_off(api: Ground) -> None:
    incident = await declared(api)
    wish = {"title": "Watch the queue", "assignee": "Bob Baker", "due_at": SOON}

    task = await api.post(f"{V1}/{incident.reference}/tasks", wish)
    freed = await api.ask("PATCH", f"/api/v1/tasks/{task['id']}", {"assignee": None})
    undated = await api.ask("PATCH", f"/api/v1/tasks/{task['id']}", {"due_at": None})
    done = await api.ask("PATCH", f"/api/v1/tasks/{task['id']}", {"status": "Completed"})

    assert (task["assignee"], task["assignee_id"]) == ("Bob Baker", id_of(api.bob))
    assert (task["due_at"], task["status"], task["incident_id"]) == (
        SOON,
        "outstanding",
        incident.id,
    )
    assert (freed["assignee_id"], freed["due_at"]) == (None, SOON)
    assert (undated["due_at"], undated["title"]) == (None, "Watch the queue")
    assert (done["status"], done["completed_at"] is not None) == ("completed", True)


async def test_the_tasks_of_an_incident_are_listed_a_page_at_a_time(api: Ground) -> None:
    incident, other = await declared(api), await declared(api)
    for title in ("First", "Second", "Third"):
        await api.post(f"{V1}/{incident.id}/tasks", {"title": title})
        api.clock.advance(seconds=1)
    await api.post(f"{V1}/{other.id}/tasks", {"title": "Elsewhere"})

    page = await api.get(f"{V1}/{incident.id}/tasks", ("limit", "2"))
    rest = await api.get(f"{V1}/{incident.id}/tasks", ("cursor", page["next_cursor"]))

    assert [one["title"] for one in page["data"]] == ["Third", "Second"]
    assert ([one["title"] for one in rest["data"]], page["meta"]["total"]) == (["First"], 3)


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "Look", "assignee": "Nobody Here"}, "assignee"),
        ({"title": "Look", "due_at": "2020-01-01T00:00:00Z"}, "due_at"),
        ({"title": "Look", "due_at": "tomorrow"}, "due_at"),
    ],
)
async def test_what_cannot_be_a_task_is_refused_at_its_field(
    api: Ground, wish: dict[str, str], field: str
) -> None:
    incident = await declared(api)

    refused = await api.post(f"{V1}/{incident.id}/tasks", wish, status=422)

    assert refused["errors"][0]["source"]["field"] == field
    assert (await api.get(f"{V1}/{incident.id}/tasks"))["data"] == []


async def test_a_deleted_task_is_not_there(api: Ground) -> None:
    incident = await declared(api)
    task = await api.post(f"{V1}/{incident.id}/tasks", {"title": "Look"})

    await api.ask("DELETE", f"/api/v1/tasks/{task['id']}", status=204)

    await api.get(f"/api/v1/tasks/{task['id']}", status=404)


async def test_a_task_of_a_private_incident_is_not_there_for_others(api: Ground) -> None:
    incident = await declared(api)
    task = await api.post(f"{V1}/{incident.id}/tasks", {"title": "Look"})
    hidden = await declared(api, private=True)

    path = f"/api/v1/tasks/{task['id']}"
    await api.get(f"{V1}/{hidden.id}/tasks", status=404)
    await api.post(f"{V1}/{hidden.id}/tasks", {"title": "Look"}, status=404)

    assert (await api.get(path))["title"] == "Look"
