"""A campaign of schemathesis against a server, as an owner who may do everything there."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import aiohttp

from tests.processes import Tocsin, clean_environment, free_port

HERE = Path(__file__).parent
CONFIGURATION = HERE / "schemathesis.toml"
PROGRAM = Path(sys.executable).with_name("schemathesis")
OWNER = {"email": "olivia@example.com", "password": "nobody else has this", "name": "Olivia Owen"}
GENEROUS = {
    f"TOCSIN_RATE_LIMIT_{whose}": "1000000" for whose in ("USER", "ORGANIZATION", "ADDRESS")
}
"""Limits that no campaign meets; they have tests of their own."""


Login: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    passed: bool
    output: str
    still_signed_in: bool


@asynccontextmanager
async def a_server(folder: Path) -> AsyncIterator[Tocsin]:
    """Without Slack: the REST API is all that is asked."""
    settings = {
        "TOCSIN_PORT": str(free_port()),
        "TOCSIN_DATA_DIR": str(folder / "data"),
        "TOCSIN_LOG_LEVEL": "warning",
        **GENEROUS,
    }
    tocsin = Tocsin(settings, folder)
    await tocsin.start()
    yield tocsin
    await tocsin.stop()


async def campaign(
    tocsin: Tocsin, *, phases: str, examples: int, seed: int | None = None
) -> Verdict:
    """Every operation of `/openapi.json`; `examples` is how many requests a phase makes of each."""
    async with aiohttp.ClientSession(tocsin.url) as session:
        main, other = await registered(tocsin.url), await _logged_in(session)
        process = await asyncio.create_subprocess_exec(
            *_command(tocsin, phases, examples, seed),
            cwd=tocsin.folder,
            env=_environment(main, other),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await process.communicate()
        return Verdict(process.returncode == 0, output.decode(), await _signed_in(session, main))


def _command(tocsin: Tocsin, phases: str, examples: int, seed: int | None) -> list[str]:
    return [
        str(PROGRAM),
        *("--config-file", str(CONFIGURATION)),
        *("run", f"{tocsin.url}/openapi.json"),
        *("--phases", phases),
        *("--max-examples", str(examples)),
        *("--report", "ndjson", "--report-dir", str(tocsin.folder / "schemathesis")),
        *(("--seed", str(seed)) if seed is not None else ()),
    ]


def _environment(main: Login, other: Login) -> dict[str, str]:
    return clean_environment(
        {
            "PYTHONPATH": str(Path.cwd()),
            "SCHEMATHESIS_HOOKS": "tests.acceptance.schemathesis_hooks",
            "CAMPAIGN_OWN_ID": main["user"]["id"],
            "CAMPAIGN_TOKEN": main["access_token"],
            "CAMPAIGN_OTHER_TOKEN": other["access_token"],
            "COLUMNS": "200",
        }
    )


async def registered(url: str) -> Login:
    """The owner of an organisation of their own, and their first session."""
    wish = {**OWNER, "organization": "Campaign"}
    async with (
        aiohttp.ClientSession(url) as session,
        session.post("/api/v1/auth/register", json=wish) as answer,
    ):
        assert answer.status == 201, await answer.text()
        login: Login = await answer.json()
        return login


async def _logged_in(session: aiohttp.ClientSession) -> Login:
    async with session.post("/api/v1/auth/login", json=OWNER) as answer:
        assert answer.status == 200, await answer.text()
        login: Login = await answer.json()
        return login


async def _signed_in(session: aiohttp.ClientSession, login: Login) -> bool:
    headers = {"Authorization": f"Bearer {login['access_token']}"}
    async with session.get("/api/v1/auth/me", headers=headers) as answer:
        return answer.status == 200
