"""A campaign of schemathesis against a server, as an owner who may do everything there."""

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from tests.processes import Tocsin, clean_environment

HERE = Path(__file__).parent
CONFIGURATION = HERE / "schemathesis.toml"
PROGRAM = Path(sys.executable).with_name("schemathesis")
OWNER = {"email": "olivia@example.com", "password": "nobody else has this", "name": "Olivia Owen"}
GENEROUS = {
    f"TOCSIN_RATE_LIMIT_{whose}": "1000000" for whose in ("USER", "ORGANIZATION", "ADDRESS")
}
"""Limits that no campaign meets; they have tests of their own."""


@dataclass(frozen=True, slots=True)
class Verdict:
    passed: bool
    output: str
    still_signed_in: bool


async def campaign(
    tocsin: Tocsin, *, phases: str, examples: int, seed: int | None = None
) -> Verdict:
    """Every operation of `/openapi.json`; `examples` is how many requests a phase makes of each."""
    async with aiohttp.ClientSession(tocsin.url) as session:
        login = await _registered(session)
        bearer = f"Bearer {login['access_token']}"
        process = await asyncio.create_subprocess_exec(
            *_command(tocsin, bearer, phases, examples, seed),
            cwd=tocsin.folder,
            env=_environment(tocsin, login, bearer),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await process.communicate()
        async with session.get("/api/v1/auth/me", headers={"Authorization": bearer}) as answer:
            return Verdict(process.returncode == 0, output.decode(), answer.status == 200)


def _command(
    tocsin: Tocsin, bearer: str, phases: str, examples: int, seed: int | None
) -> list[str]:
    return [
        str(PROGRAM),
        *("--config-file", str(CONFIGURATION)),
        *("run", f"{tocsin.url}/openapi.json"),
        *("--header", f"Authorization: {bearer}"),
        *("--phases", phases),
        *("--max-examples", str(examples)),
        *("--report", "ndjson", "--report-dir", str(tocsin.folder / "schemathesis")),
        *(("--seed", str(seed)) if seed is not None else ()),
    ]


def _environment(tocsin: Tocsin, login: dict[str, Any], bearer: str) -> dict[str, str]:
    return clean_environment(
        {
            "PYTHONPATH": str(Path.cwd()),
            "SCHEMATHESIS_HOOKS": "tests.acceptance.schemathesis_hooks",
            "CAMPAIGN_URL": tocsin.url,
            "CAMPAIGN_EMAIL": OWNER["email"],
            "CAMPAIGN_PASSWORD": OWNER["password"],
            "CAMPAIGN_OWN_ID": login["user"]["id"],
            "CAMPAIGN_AUTHORIZATION": bearer,
            "COLUMNS": "200",
        }
    )


async def _registered(session: aiohttp.ClientSession) -> dict[str, Any]:
    wish = {**OWNER, "organization": "Campaign"}
    async with session.post("/api/v1/auth/register", json=wish) as answer:
        assert answer.status == 201, await answer.text()
        login: dict[str, Any] = await answer.json()
        return login
