"""The documents' own samples against a running server: only addresses, keys and ids are ours."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.acceptance.documents import (
    curl_samples,
    document,
    javascript_samples,
    json_blocks,
    python_samples,
    status_script,
)
from tests.processes import Tocsin, ask, free_port
from tests.programs import node, required

OVERWATCH = "https://your-instance.overwatch.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """A server with the documents' objects in it, and the keys to them."""

    url: str
    keys: Mapping[str, str]

    async def run(self, *command: str, **variables: str) -> str:
        """What the program says; it fails loudly."""
        process = await asyncio.create_subprocess_exec(
            *command,
            env={**os.environ, **variables},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        said, complained = await process.communicate()
        assert process.returncode == 0, complained.decode()
        return said.decode()

    async def curl(self, command: str, **variables: str) -> Any:
        """The JSON that one curl command of a document is answered with."""
        required("curl", "curl")
        quiet = command.replace("curl ", "curl --silent --show-error --fail-with-body ", 1)
        return json.loads(await self.run("bash", "-c", quiet, **variables))

    async def login(self, wish: object) -> Any:
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.url}/api/v1/auth/login", json=wish) as answer,
        ):
            assert answer.status == 200, await answer.text()
            return await answer.json()


@pytest.fixture
async def examples(tmp_path: Path) -> AsyncIterator[Examples]:
    settings = {
        "TOCSIN_PORT": str(free_port()),
        "TOCSIN_DATA_DIR": str(tmp_path / "data"),
        "TOCSIN_LOG_LEVEL": "warning",
    }
    keys = await ask(settings, tmp_path, "fixtures", "load")
    tocsin = Tocsin(settings, tmp_path)
    await tocsin.start()
    yield Examples(url=tocsin.url, keys=keys)
    await tocsin.stop()


async def test_check_36_the_python_samples_run_as_they_stand(examples: Examples) -> None:
    program = python_samples().replace(OVERWATCH, examples.url)
    program += 'print(len(incidents["data"]), api_request(api, "GET", "/incidents")["meta"])\n'
    program += 'try:\n    api_request(api, "GET", "/incidents/nope")\n'
    program += "except Exception as error:\n    print(error)\n"

    said = await examples.run(sys.executable, "-c", program)

    lines = said.splitlines()
    assert lines[0] == "Found 2 incidents"
    assert lines[1:3] == [
        "[high] Payment service latency spike",
        "[high] Database connection pool exhaustion",
    ]
    assert lines[3].startswith("Created incident inc_")
    assert lines[4].endswith("Database connection pool exhaustion (incident)")
    assert any(line.endswith("(procedure)") for line in lines[5:-2])
    assert lines[-1].startswith("[404] ")


async def test_check_37_the_javascript_samples_run_as_they_stand(examples: Examples) -> None:
    program = javascript_samples().replace(OVERWATCH, examples.url)
    program += """
        console.log((await listActiveIncidents()).data.length);
        console.log((await apiRequest("GET", "/incidents", { token })).meta.total);
        await apiRequest("GET", "/incidents", { token: "a.b.c" }).catch((error) =>
          console.log(error.name, error.statusCode, error.message));
    """

    said = await examples.run(node(), "--input-type=module", "--eval", program)

    lines = said.splitlines()
    assert lines[0] == "Found 2 incidents"
    assert any(line.startswith("Created incident inc_") for line in lines)
    assert any("Database connection pool exhaustion (incident)" in line for line in lines)
    assert lines[-1].startswith("OverwatchAPIError 401 ")


async def test_the_curl_samples_of_overwatch_are_answered(examples: Examples) -> None:
    login, listing, creation, search, with_key, *_ = (
        sample.replace(OVERWATCH, examples.url)
        for sample in curl_samples("overwatch-api-examples.txt")
    )

    session = await examples.curl(login)
    token = {"TOKEN": session["access_token"]}
    listed = await examples.curl(listing, **token)
    made = await examples.curl(creation, **token)
    found = await examples.curl(search, **token)
    active = await examples.curl(with_key)

    assert session["user"] == {
        "id": "user-uuid",
        "email": "engineer@example.com",
        "name": "Jane Doe",
        "role": "engineer",
    } | {"organization_id": session["user"]["organization_id"]}
    assert [(one["id"], one["assignee"]) for one in listed["data"]] == [
        ("inc-uuid-001", "Jane Doe"),
        ("inc-uuid-002", None),
    ]
    assert (made["severity"], made["status"], made["created_by"]) == (
        "critical",
        "active",
        "user-uuid",
    )
    assert found["results"][0]["id"] == "inc-uuid-002"
    assert made["id"] in {one["id"] for one in active["data"]}


async def test_check_16_the_script_tells_an_expired_token_from_a_good_one(
    examples: Examples,
) -> None:
    session = await examples.login({"email": "engineer@example.com", "password": "your-password"})
    script = status_script().replace(OVERWATCH, examples.url)

    without = await examples.run("bash", "-c", script, TOKEN="")
    with_one = await examples.run("bash", "-c", script, TOKEN=session["access_token"])

    assert without.startswith("Token expired.")
    assert with_one == ""


async def test_the_overview_of_overwatch_is_true(examples: Examples) -> None:
    wish = next(block for block in json_blocks("overwatch-api-overview.txt") if "email" in block)

    session = await examples.login(wish)

    assert session["user"] | {"organization_id": ""} == {
        "id": "user_123",
        "email": "your_email@example.com",
        "name": "John Doe",
        "role": "admin",
        "organization_id": "",
    }


async def test_the_curl_samples_of_observer_are_answered(examples: Examples) -> None:
    filing, message, resolving, scheduling, drafting = (
        sample.replace("https://use.observer", examples.url)
        .replace("obs_pub_...", examples.keys["observer_key"])
        .replace("<service-uuid>", examples.keys["service_id"])
        for sample in curl_samples("observer-incidents-api.txt")
    )

    filed = await examples.curl(filing)
    which = {"ID": filed["id"], "METRIC_ID": examples.keys["metric_id"]}
    await examples.curl(message, **which)
    resolved = await examples.curl(resolving, **which)
    scheduled = await examples.curl(scheduling)
    drafts = [await examples.curl(drafting, **which) for _ in range(2)]

    assert (filed["state"], filed["severity"]) == ("published", "major")
    assert [one["id"] for one in filed["affected_services"]] == [examples.keys["service_id"]]
    assert resolved["state"] == "resolved"
    assert [one["type"] for one in resolved["messages"]] == [
        "Investigating",
        "Identified",
        "Resolved",
    ]
    assert scheduled["state"] == "scheduled"
    assert {draft["state"] for draft in drafts} == {"draft"}
    assert drafts[0]["id"] == drafts[1]["id"]


async def test_the_samples_of_opsknight_are_answered(examples: Examples) -> None:
    listing, showing, patching = (
        sample.replace("https://your-ops.com", examples.url).replace(
            "YOUR_API_KEY", examples.keys["opsknight_key"]
        )
        for sample in curl_samples("opsknight-incidents-api.md")
    )
    _, creation, update = json_blocks("opsknight-incidents-api.md")
    headers = {"Authorization": f"Bearer {examples.keys['opsknight_key']}"}
    incidents = f"{examples.url}/api/incidents"

    listed = await examples.curl(listing)
    shown = await examples.curl(showing)
    patched = await examples.curl(patching)
    async with aiohttp.ClientSession(headers=headers) as session:
        async with session.post(incidents, json=creation) as answer:
            made = (answer.status, await answer.json())
        async with session.patch(f"{incidents}/inc_abc123", json=update) as answer:
            updated = (answer.status, await answer.json())

    assert "inc_abc123" in {one["id"] for one in listed["incidents"]}
    assert shown["incident"]["service"] == {"id": "svc_xyz", "name": "API Gateway"}
    assert patched["incident"]["status"] == "ACKNOWLEDGED"
    assert (made[0], made[1]["incident"]["priority"]) == (201, "P1")
    assert (updated[0], updated[1]["incident"]["assignee"]["id"]) == (200, "user_123")


async def test_what_incident_io_says_of_errors_is_true(examples: Examples) -> None:
    introduction = document("incident-io-api-introduction.txt")
    headers = {"Authorization": f"Bearer {examples.keys['incident_io_key']}"}
    wish = {"idempotency_key": "k", "visibility": "public", "name": "No severity"}

    async with aiohttp.ClientSession() as session:
        async with session.get(f"{examples.url}/v2/incidents") as answer:
            unauthorized = (answer.status, await answer.json())
        async with session.post(f"{examples.url}/v2/incidents", json=wish, headers=headers) as one:
            invalid = (one.status, await one.json())

    for (status, body), type_ in ((unauthorized, "authentication_error"),
                                  (invalid, "validation_error")):  # fmt: skip
        assert (body["type"], body["status"]) == (type_, status)
        assert body["errors"][0]["code"] in introduction
        assert body["errors"][0]["message"] in introduction
    assert invalid[1]["errors"][0]["source"]["field"] == "severity_id"
