"""A client that a generator makes of our OpenAPI document works, and its types are right."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.acceptance.schemathesis_campaign import OWNER, a_server, registered
from tests.processes import Tocsin, clean_environment

BIN = Path(sys.executable).parent
PROGRAM = '''\
"""What somebody would write with the client."""

import pkgutil
import sys
from importlib import import_module

import tocsin_client
from tocsin_client import AuthenticatedClient, Client
from tocsin_client.api.accounts import login
from tocsin_client.api.overwatch import create_incident, list_incidents, search, update_incident
from tocsin_client.models import (
    Login,
    LoginAnswer,
    ManyIncidentLine,
    Problem,
    Question,
    SearchAnswer,
    V1IncidentAnswer,
    V1IncidentChange,
    V1NewIncident,
)

for module in pkgutil.walk_packages(tocsin_client.__path__, "tocsin_client."):
    import_module(module.name)

url, email, password = sys.argv[1:]
stranger = Client(base_url=url, raise_on_unexpected_status=True)
refused = login.sync(client=stranger, body=Login(email=email, password="a wrong one"))
assert isinstance(refused, Problem) and refused.status == 401, refused
session = login.sync(client=stranger, body=Login(email=email, password=password))
assert isinstance(session, LoginAnswer), session
client = AuthenticatedClient(
    base_url=url, token=session.access_token, raise_on_unexpected_status=True
)

wish = V1NewIncident(title="Redis cluster failover", severity="critical", description="At 14:32.")
made = create_incident.sync(client=client, body=wish)
assert isinstance(made, V1IncidentAnswer), made

listed = list_incidents.sync(client=client, severity=["critical"], limit=5)
assert isinstance(listed, ManyIncidentLine), listed
assert [line.id for line in listed.data] == [made.id]
assert listed.data[0].created_at == made.created_at

change = V1IncidentChange(status="resolved")
changed = update_incident.sync(made.id, client=client, body=change, idempotency_key="once")
assert isinstance(changed, V1IncidentAnswer), changed
assert changed.status == "resolved" and changed.resolved_at is not None

found = search.sync(client=client, body=Question(query="redis failover"))
assert isinstance(found, SearchAnswer), found
assert [result.id for result in found.results] == [made.id]
'''
MYPY = """\
[mypy]
strict = true

# The generator's own file, the same for every document: it hands on *args without their types.
[mypy-tocsin_client.client]
disable_error_code = arg-type
"""


@pytest.fixture
async def tocsin(tmp_path: Path) -> AsyncIterator[Tocsin]:
    async with a_server(tmp_path) as tocsin:
        yield tocsin


@pytest.mark.timeout(300)
async def test_check_50_a_generated_client_logs_in_creates_lists_patches_and_searches(
    tocsin: Tocsin, tmp_path: Path
) -> None:
    await registered(tocsin.url)
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    (tmp_path / "mypy.ini").write_text(MYPY)
    generating = (
        *("generate", "--url", f"{tocsin.url}/openapi.json", "--meta", "none"),
        *("--output-path", str(tmp_path / "tocsin_client"), "--fail-on-warning"),
    )

    generated = await _run(tmp_path, BIN / "openapi-python-client", *generating)
    checked = await _run(tmp_path, BIN / "mypy", "tocsin_client", "program.py")
    worked = await _run(
        tmp_path, sys.executable, program, tocsin.url, OWNER["email"], OWNER["password"]
    )

    assert generated == (0, "")
    assert checked == (0, "")
    assert worked == (0, "")


async def _run(folder: Path, program: Path | str, *words: Path | str) -> tuple[int, str]:
    """The exit code, and what it said if that is not zero."""
    path = f"{BIN}:/usr/bin:/bin"  # The generator calls ruff by its name.
    process = await asyncio.create_subprocess_exec(
        program,
        *words,
        cwd=folder,
        env=clean_environment({"PATH": path}),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, output.decode()[-4_000:] if process.returncode else ""
