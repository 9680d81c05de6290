"""`tocsin serve` as a process: ready, refused, stopped, killed and started again."""

import http.client
import json
import signal
import socket
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.integration.bot.conftest import Called
from tests.integration.bot.program import Program

FIRING = {
    "version": "4",
    "groupKey": "group",
    "receiver": "tocsin",
    "status": "firing",
    "groupLabels": {"alertname": "Slow"},
    "commonLabels": {"alertname": "Slow"},
    "commonAnnotations": {},
    "externalURL": "http://alertmanager.example",
    "truncatedAlerts": 0,
    "alerts": [
        {
            "status": "firing",
            "labels": {"alertname": "Slow"},
            "annotations": {"summary": "Checkout is slow"},
            "startsAt": "2026-11-20T23:28:33.432Z",
            "endsAt": "0001-01-01T00:00:00Z",
            "generatorURL": "http://prometheus.example",
            "fingerprint": "48dba0bb82310d5a",
        }
    ],
}


def connection_to(url: str) -> http.client.HTTPConnection:
    parts = urlsplit(url)
    return http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)


def ask(
    url: str, method: str, path: str, body: object = None, key: str = ""
) -> tuple[int, dict[str, Any]]:
    connection = connection_to(url)
    try:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
        connection.request(method, path, json.dumps(body) if body else None, headers)
        answer = connection.getresponse()
        found = json.loads(answer.read())
        assert isinstance(found, dict)
        return answer.status, found
    finally:
        connection.close()


def a_key(called: Called) -> str:
    made = called.run("keys", "create", "x", "--scope", "incidents:write", "--json")
    return str(made.object["api_key"])


def until(true: Callable[[], bool]) -> None:
    """Ends when it is true; the test's own time limit is the only other end."""
    while not true():
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_is_serves_there_and_stops_with_0(tocsin: Program, number: int) -> None:
    with tocsin.started("serve", "--json") as started:
        url = started.first_object()["url"]

        status, health = ask(url, "GET", "/health/ready")
        code = started.stop(number)

    assert (status, health["status"]) == (200, "ok")
    assert {"database", "scheduler"} <= health["checks"].keys()
    assert code == 0
    assert '"level":"error"' not in started.log.read_text()


def test_what_was_acknowledged_is_there_after_the_next_start(
    tocsin: Program, called: Called
) -> None:
    key = a_key(called)
    incident = {"title": "Checkout is slow", "severity": "high"}
    with tocsin.started("serve", "--json") as started:
        url = started.first_object()["url"]
        status, declared = ask(url, "POST", "/api/v1/incidents", incident, key)
        started.stop()

    with tocsin.started("serve", "--json") as started:
        url = started.first_object()["url"]
        _, found = ask(url, "GET", f"/api/v1/incidents/{declared['id']}", key=key)

    assert status == 201
    assert found["title"] == "Checkout is slow"


def test_an_alert_that_was_accepted_survives_a_kill(tocsin: Program, called: Called) -> None:
    key = a_key(called)
    source = called.run("integrations", "create", "alertmanager", "--json").object
    with tocsin.started("serve", "--json") as started:
        url = started.first_object()["url"]
        path = urlsplit(source["url"]).path
        status, _ = ask(url, "POST", path, FIRING, source["token"])
        started.stop(signal.SIGKILL)

    titles: list[str] = []
    with tocsin.started("serve", "--json") as started:
        url = started.first_object()["url"]

        def declared() -> bool:
            titles[:] = [
                i["title"] for i in ask(url, "GET", "/api/v1/incidents", key=key)[1]["data"]
            ]
            return bool(titles)

        until(declared)

    assert status == 202
    assert titles == ["Checkout is slow"]


def test_a_request_that_is_running_is_finished_before_it_stops(
    tocsin: Program, called: Called
) -> None:
    key = a_key(called)
    body = json.dumps({"title": "Half sent", "severity": "high"}).encode()
    head = (
        "POST /api/v1/incidents HTTP/1.1\r\nHost: tocsin\r\nExpect: 100-continue\r\n"
        f"Authorization: Bearer {key}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    with tocsin.started("serve", "--json") as started:
        url = urlsplit(started.first_object()["url"])
        address = (str(url.hostname), int(url.port or 0))
        with socket.create_connection(address, timeout=20) as connection:
            connection.sendall(head.encode())
            begun = connection.recv(100)

            started.process.send_signal(signal.SIGTERM)
            until(lambda: refuses(address))
            connection.sendall(body)
            answer = connection.recv(1000)
        code = started.process.wait(timeout=30)

    assert begun.startswith(b"HTTP/1.1 100")
    assert answer.startswith(b"HTTP/1.1 201")
    assert b"Connection: close" in answer
    assert code == 0


def test_a_client_that_never_finishes_does_not_keep_it_from_stopping(tocsin: Program) -> None:
    with tocsin.started("serve", "--json", TOCSIN_GRACE="0.5") as started:
        connection = connection_to(started.first_object()["url"])
        connection.putrequest("POST", "/webhooks/alertmanager")
        connection.putheader("Content-Length", "1000")
        connection.endheaders(b"{")

        code = started.stop()
        connection.close()

    assert code == 0


def test_a_taken_port_is_a_sentence_that_names_the_setting(called: Called) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])

        refused = called.run("serve", TOCSIN_PORT=port)

    assert refused.code == 2
    assert refused.err.count("\n") == 1
    assert "TOCSIN_PORT" in refused.err
    assert not (called.folder / "data/tocsin.db").exists()


def test_a_second_one_on_the_same_database_is_refused(tocsin: Program, called: Called) -> None:
    with tocsin.started("serve", "--json") as started:
        started.first_object()

        refused = tocsin.run("serve", TOCSIN_PORT="0")
        beside = called.run("services", "add", "checkout", "--json")

    assert refused.code == 1
    assert "Another Tocsin is running" in refused.err
    assert beside.code == 0, beside.err


def test_settings_without_effect_are_warned_of_and_nothing_else(tocsin: Program) -> None:
    (tocsin.folder / ".env").write_text("TOCSIN_GRACES=1\n")
    useless = {"SLACK_BOT_TOKEN": "xoxb-hunter2hunter2", "TOCSIN_PROT": "1"}

    with tocsin.started("serve", "--json", **useless) as started:
        started.first_object()
        started.stop()

    lines = [json.loads(line) for line in started.log.read_text().splitlines()]
    assert [line["level"] for line in lines] == ["warning"] * 3
    assert "did you mean TOCSIN_GRACE?" in lines[0]["advice"]
    assert "did you mean TOCSIN_PORT?" in lines[1]["advice"]
    assert lines[2]["advice"].startswith("SLACK_BOT_TOKEN is set, but nothing can come from Slack")


def test_a_request_that_was_wrong_is_no_cause_for_alarm(tocsin: Program) -> None:
    with tocsin.started("serve", "--json") as started:
        status, _ = ask(started.first_object()["url"], "GET", "/api/v1/incidents")
        started.stop()

    (line,) = [json.loads(line) for line in started.log.read_text().splitlines()]
    assert status == 401
    assert (line["event"], line["level"]) == ("request refused", "info")


def test_an_address_of_another_machine_names_the_host(called: Called) -> None:
    refused = called.run("serve", TOCSIN_HOST="192.0.2.1", TOCSIN_PORT="0")

    assert refused.code == 2
    assert "TOCSIN_HOST" in refused.err


def test_slack_out_of_reach_does_not_keep_it_from_starting(tocsin: Program) -> None:
    slack = {
        "SLACK_BOT_TOKEN": "xoxb-hunter2hunter2",
        "SLACK_SIGNING_SECRET": "hunter2hunter2",
        "SLACK_API_URL": "http://127.0.0.1:1/api/",
    }
    with tocsin.started("serve", "--json", **slack) as started:
        url = started.first_object()["url"]
        status, _ = ask(url, "GET", "/health/ready")
        unsigned, _ = ask(url, "POST", "/slack/events", {"type": "url_verification"})
        code = started.stop()

    assert (status, code) == (200, 0)
    assert unsigned == 401
    assert "hunter2" not in started.log.read_text()


def test_on_postgresql_it_waits_for_the_migration(
    tocsin: Program, called: Called, postgres_url: str
) -> None:
    database = {
        "TOCSIN_DATABASE_URL": postgres_url,
        "TOCSIN_SECRET_KEY": "sixteen-or-more-characters",
    }
    refused = tocsin.run("serve", TOCSIN_PORT="0", **database)
    doctor = called.run("doctor", "--json", TOCSIN_PORT="0", **database)
    migrated = called.run("migrate", "--json", **database)
    with tocsin.started("serve", "--json", **database) as started:
        status, _ = ask(started.first_object()["url"], "GET", "/health/ready")
        code = started.stop()

    assert refused.code == 1
    assert "tocsin migrate" in refused.err
    assert [check["name"] for check in doctor.object["checks"] if not check["ok"]] == ["migrations"]
    assert migrated.object["migrated"] is True
    assert (status, code) == (200, 0)


def refuses(address: tuple[str, int]) -> bool:
    try:
        socket.create_connection(address, timeout=5).close()
    except ConnectionRefusedError:
        return True
    return False
