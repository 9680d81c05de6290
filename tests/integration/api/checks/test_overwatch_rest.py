"""Checks 45 and 46, and the rest of what Overwatch's clients ask for."""

from typing import Any

import pytest

from core.domain.account import Role
from tests.integration.api.doorstep import Doorstep


@pytest.fixture
async def token(doorstep: Doorstep) -> str:
    """Of an admin."""
    await doorstep.hire("admin@example.com", Role.ADMIN, name="Alice Archer")
    return str((await doorstep.sign_in("admin@example.com"))["access_token"])


async def test_check_45_a_datadog_integration_is_created_and_listed_without_its_secrets(
    doorstep: Doorstep, token: str
) -> None:
    wish = {
        "name": "Production",
        "type": "datadog",
        "config": {"api_key": "dd-secret-1", "webhook": {"secret": "dd-secret-2"}},
    }

    status, made = await doorstep.ask("POST", "/api/v1/integrations", wish, token=token)
    _, page = await doorstep.ask("GET", "/api/v1/integrations", token=token)

    assert status == 201
    assert [(one["id"], one["name"], one["type"]) for one in page["data"]] == [
        (made["id"], "Production", "datadog")
    ]
    assert made["status"] == page["data"][0]["status"] == "active"
    assert "dd-secret" not in f"{made}{page}"
    assert made["token"] not in str(page)


async def test_check_46_a_procedure_is_created_listed_and_found(
    doorstep: Doorstep, token: str
) -> None:
    wish = {
        "title": "Drain the kettle",
        "description": "When it boils over.",
        "category": "kitchen",
        "tags": ["water"],
        "severity_scope": ["SEV1", "high"],
        "steps": [{"title": "Unplug it", "instructions": "Wear gloves.", "command": "unplug"}],
    }

    status, made = await doorstep.ask("POST", "/api/v1/procedures", wish, token=token)
    _, page = await doorstep.ask("GET", "/api/v1/procedures", token=token)
    _, found = await doorstep.ask("POST", "/api/v1/search/query", {"query": "kettle"}, token=token)

    assert status == 201
    assert page["data"] == page["items"] == [made["data"]]
    assert made["severity_scope"] == ["critical", "high"]
    assert made["steps"] == wish["steps"]
    assert [(one["id"], one["type"]) for one in found["results"]] == [(made["id"], "procedure")]


@pytest.mark.parametrize(
    ("platform", "path"),
    [
        ("alertmanager", "/webhooks/alertmanager"),
        ("pagerduty", "/pagerduty/v2/enqueue"),
        ("incident_io", "/v2/alert_events/http/{id}"),
        ("datadog", "/webhooks/datadog"),
        ("opsgenie", "/opsgenie"),
    ],
)
async def test_an_alert_source_says_where_it_rings(
    doorstep: Doorstep, token: str, platform: str, path: str
) -> None:
    wish = {"name": "Production", "type": platform}

    _, made = await doorstep.ask("POST", "/api/v1/integrations", wish, token=token)
    _, page = await doorstep.ask("GET", "/api/v1/integrations", token=token)

    url = "https://tocsin.example.com" + path.format(id=made["id"])
    assert made["url"] == made["data"]["url"] == page["data"][0]["url"] == url


@pytest.mark.parametrize(
    ("platform", "type_"),
    [
        ("Prometheus", "prometheus"),
        ("alertmanager", "alertmanager"),
        ("New Relic", "newrelic"),
        ("grafana", "grafana"),
    ],
)
async def test_an_alert_source_is_known_by_any_of_its_names(
    doorstep: Doorstep, token: str, platform: str, type_: str
) -> None:
    wish = {"name": "Production", "platform": platform}

    _, made = await doorstep.ask("POST", "/api/v1/integrations", wish, token=token)

    assert (made["type"], made["platform"]) == (type_, type_)
    assert made["config"] == {"service_id": None, "auto_resolve": True}


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"type": "datadog"}, "name"),
        ({"name": "Production"}, "type"),
        ({"name": "Production", "type": "fax"}, "type"),
        ({"name": "Production", "platform": "fax"}, "platform"),
        ({"name": " ", "type": "datadog"}, "name"),
        (
            {"name": "Production", "type": "datadog", "config": {"service_id": "svc_no"}},
            "config.service_id",
        ),
    ],
)
async def test_an_alert_source_that_cannot_be_names_the_field(
    doorstep: Doorstep, token: str, wish: dict[str, Any], field: str
) -> None:
    status, body = await doorstep.ask("POST", "/api/v1/integrations", wish, token=token)

    assert (status, body["errors"][0]["source"]["field"]) == (422, field)


async def test_the_token_of_an_alert_source_opens_its_webhook(
    doorstep: Doorstep, token: str
) -> None:
    wish = {"name": "Production", "type": "alertmanager"}
    _, made = await doorstep.ask("POST", "/api/v1/integrations", wish, token=token)
    alert = {"status": "firing", "labels": {"alertname": "Up"}, "fingerprint": "f"}
    delivery = {
        "version": "4",
        "groupKey": "g",
        "status": "firing",
        "alerts": [{**alert, "startsAt": "2030-01-01T12:00:00Z"}],
    }

    status, _ = await doorstep.ask("POST", "/webhooks/alertmanager", delivery, token=made["token"])

    assert status == 202


async def test_an_alert_source_asked_for_twice_is_one_and_its_token_is_told_once(
    doorstep: Doorstep, token: str
) -> None:
    wish = {"name": "Production", "type": "alertmanager"}

    answers = [
        await doorstep.ask(
            "POST", "/api/v1/integrations", wish, token=token, Idempotency_Key="seed"
        )
        for _ in range(2)
    ]

    (_, first), (_, second) = answers
    assert first["id"] == second["id"]
    assert first["token"]
    assert second["token"] is None


async def test_procedures_are_read_changed_and_deleted(doorstep: Doorstep, token: str) -> None:
    wish = {"name": "Restart it", "steps": [{"title": "Stop"}]}
    _, made = await doorstep.ask("POST", "/api/v1/procedures", wish, token=token)
    path = f"/api/v1/procedures/{made['id']}"

    _, shown = await doorstep.ask("GET", path, token=token)
    _, changed = await doorstep.ask("PATCH", path, {"tags": ["db"]}, token=token)
    status, _ = await doorstep.ask("DELETE", path, token=token)

    assert shown["data"] == made["data"]
    assert (changed["tags"], changed["title"], changed["steps"]) == (
        ["db"],
        "Restart it",
        [{"title": "Stop", "instructions": "", "command": None}],
    )
    assert status == 204
    assert (await doorstep.ask("GET", path, token=token))[0] == 404


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({}, "title"),
        ({"title": ""}, "title"),
        ({"title": "x", "severity_scope": ["mauve"]}, "severity_scope"),
        ({"title": "x", "steps": [{"instructions": "Go"}]}, "steps.0.title"),
        ({"title": "x", "steps": [{"title": "a"}, {"title": " "}]}, "steps.1.title"),
        ({"title": "x", "steps": [{"title": "a"}] * 101}, "steps"),
        ({"title": "x", "tags": ["t" * 101]}, "tags"),
    ],
)
async def test_a_procedure_that_cannot_be_names_the_field(
    doorstep: Doorstep, token: str, wish: dict[str, Any], field: str
) -> None:
    status, body = await doorstep.ask("POST", "/api/v1/procedures", wish, token=token)

    assert (status, body["errors"][0]["source"]["field"]) == (422, field)


async def test_a_procedure_is_executed_for_an_incident(doorstep: Doorstep, token: str) -> None:
    steps = [{"title": "Stop"}, {"title": "Start"}]
    wish = {"title": "Restart it", "steps": steps}
    _, procedure = await doorstep.ask("POST", "/api/v1/procedures", wish, token=token)
    incident = {"title": "Slow", "severity": "high"}
    _, incident = await doorstep.ask("POST", "/api/v1/incidents", incident, token=token)
    path = f"/api/v1/procedures/{procedure['id']}/execute"
    context = {"incident_id": incident["id"], "urgency": "high"}

    status, made = await doorstep.ask("POST", path, {"context": context}, token=token)
    await doorstep.ask("PATCH", path.removesuffix("/execute"), {"steps": []}, token=token)
    _, page = await doorstep.ask("GET", "/api/v1/executions", token=token)
    ended_status, ended = await doorstep.ask(
        "PATCH", f"/api/v1/executions/{made['id']}", {"status": "completed"}, token=token
    )

    assert status == 201
    assert (made["status"], made["context"], made["started_by"]) == (
        "running",
        context,
        "Alice Archer",
    )
    assert [step["title"] for step in made["steps"]] == ["Stop", "Start"]
    assert page["data"] == [made["data"]]
    assert (ended_status, ended["status"]) == (200, "completed")
    assert ended["finished_at"] is not None
    again = await doorstep.ask(
        "PATCH", f"/api/v1/executions/{made['id']}", {"status": "failed"}, token=token
    )
    assert again[0] == 409


async def test_a_procedure_is_executed_without_a_body(doorstep: Doorstep, token: str) -> None:
    _, procedure = await doorstep.ask(
        "POST", "/api/v1/procedures", {"title": "Restart it"}, token=token
    )
    path = f"/api/v1/procedures/{procedure['id']}/execute"

    status, made = await doorstep.ask("POST", path, token=token)
    _, shown = await doorstep.ask("GET", f"/api/v1/executions/{made['id']}", token=token)
    query = f"procedure_id={procedure['id']}"
    _, page = await doorstep.ask("GET", f"/api/v1/executions?{query}", token=token)
    _, none = await doorstep.ask("GET", "/api/v1/executions?procedure_id=prc_no", token=token)

    assert status == 201
    assert made["context"] == {"incident_id": None, "urgency": None}
    assert shown["data"] == made["data"]
    assert (page["meta"]["total"], none["meta"]["total"]) == (1, 0)


async def test_an_execution_for_an_incident_that_is_not_there_is_refused(
    doorstep: Doorstep, token: str
) -> None:
    _, procedure = await doorstep.ask(
        "POST", "/api/v1/procedures", {"title": "Restart it"}, token=token
    )
    path = f"/api/v1/procedures/{procedure['id']}/execute"
    wish = {"context": {"incident_id": "inc_no"}}

    status, body = await doorstep.ask("POST", path, wish, token=token)

    field = body["errors"][0]["source"]["field"]
    assert (status, field) == (422, "context.incident_id")


async def test_articles_are_written_read_changed_and_deleted(
    doorstep: Doorstep, token: str
) -> None:
    wish = {"title": "Pools", "body": "Every service has one."}
    status, made = await doorstep.ask("POST", "/api/v1/articles", wish, token=token)
    path = f"/api/v1/articles/{made['id']}"

    _, page = await doorstep.ask("GET", "/api/v1/articles?search=EVERY", token=token)
    _, changed = await doorstep.ask("PATCH", path, {"title": "The pools"}, token=token)
    _, shown = await doorstep.ask("GET", path, token=token)
    deleted, _ = await doorstep.ask("DELETE", path, token=token)

    assert status == 201
    assert page["data"] == [made["data"]]
    assert (changed["title"], changed["body"]) == ("The pools", "Every service has one.")
    assert shown["data"] == changed["data"]
    assert deleted == 204
    assert (await doorstep.ask("DELETE", path, token=token))[0] == 404


async def test_lists_of_records_are_walked_by_their_cursor(doorstep: Doorstep, token: str) -> None:
    for number in range(3):
        wish = {"title": f"Article {number}", "body": "Text."}
        await doorstep.ask("POST", "/api/v1/articles", wish, token=token)

    _, first = await doorstep.ask("GET", "/api/v1/articles?limit=2", token=token)
    path = f"/api/v1/articles?limit=2&cursor={first['next_cursor']}"
    _, second = await doorstep.ask("GET", path, token=token)

    assert [one["title"] for one in first["data"]] == ["Article 2", "Article 1"]
    assert [one["title"] for one in second["data"]] == ["Article 0"]
    assert first["meta"]["total"] == 3
    assert second["next_cursor"] is None


async def test_comments_are_added_and_listed_in_order(doorstep: Doorstep, token: str) -> None:
    wish = {"title": "Slow", "severity": "high"}
    _, incident = await doorstep.ask("POST", "/api/v1/incidents", wish, token=token)
    path = f"/api/v1/incidents/{incident['reference']}/comments"

    status, made = await doorstep.ask("POST", path, {"text": "I look."}, token=token)
    await doorstep.ask("POST", path, {"content": "It is the pool."}, token=token)
    _, page = await doorstep.ask("GET", path, token=token)

    assert status == 201
    assert (made["incident_id"], made["author"]) == (incident["id"], "Alice Archer")
    assert [one["text"] for one in page["data"]] == ["I look.", "It is the pool."]
    for text in ("", " "):
        refused, body = await doorstep.ask("POST", path, {"text": text}, token=token)
        assert (refused, body["errors"][0]["source"]["field"]) == (422, "text")
    missing = await doorstep.ask(
        "POST", "/api/v1/incidents/nope/comments", {"text": "?"}, token=token
    )
    assert missing[0] == 404


async def test_what_is_asked_twice_under_one_key_is_done_once(
    doorstep: Doorstep, token: str
) -> None:
    async def twice(method: str, path: str, wish: Any = None) -> list[tuple[int, Any]]:
        return [
            await doorstep.ask(method, path, wish, token=token, Idempotency_Key=f"{method} {path}")
            for _ in range(2)
        ]

    procedures = await twice("POST", "/api/v1/procedures", {"title": "Restart it"})
    path = f"/api/v1/procedures/{procedures[0][1]['id']}"
    executions = await twice("POST", f"{path}/execute", {})
    ended = await twice(
        "PATCH", f"/api/v1/executions/{executions[0][1]['id']}", {"status": "failed"}
    )
    deleted = await twice("DELETE", path)
    incident = {"title": "Slow", "severity": "high"}
    _, incident = await doorstep.ask("POST", "/api/v1/incidents", incident, token=token)
    comments = await twice("POST", f"/api/v1/incidents/{incident['id']}/comments", {"text": "Hm."})

    assert [status for status, _ in (*procedures, *executions, *ended)] == [201] * 4 + [200] * 2
    assert procedures[0] == procedures[1]
    assert executions[0] == executions[1]
    assert ended[0] == ended[1]
    assert deleted == [(204, None), (204, None)]
    assert comments[0] == comments[1]
    _, page = await doorstep.ask("GET", "/api/v1/executions", token=token)
    assert page["meta"]["total"] == 1


async def test_an_engineer_follows_procedures_and_a_manager_writes_them(
    doorstep: Doorstep, token: str
) -> None:
    wish = {"title": "Restart it"}
    _, made = await doorstep.ask("POST", "/api/v1/procedures", wish, token=token)
    await doorstep.hire("engineer@example.com")
    engineer = str((await doorstep.sign_in("engineer@example.com"))["access_token"])
    execute = f"/api/v1/procedures/{made['id']}/execute"

    assert (await doorstep.ask("POST", execute, token=engineer))[0] == 201
    assert (await doorstep.ask("POST", "/api/v1/procedures", wish, token=engineer))[0] == 403
    assert (await doorstep.ask("GET", "/api/v1/integrations", token=engineer))[0] == 403
