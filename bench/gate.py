"""What a credential costs: requests through the gate, against the same without one."""

import asyncio
import json
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

from bench.gate_server import BARE, GATED
from bench.load import Load, Request, http, run
from bench.servers import free_port, gate

LIMIT = 0.5
"""Milliseconds that a credential may add to the median."""

OWNER = {"email": "olivia@example.com", "password": "correct horse battery", "name": "Olivia Owen"}
PLENTY = {f"TOCSIN_RATE_LIMIT_{whose}": "1000000" for whose in ("USER", "ORGANIZATION", "ADDRESS")}


async def gates(folder: Path, seconds: float, rounds: int) -> None:
    """One request at a time, so that nobody waits for anybody else; rounds alternate."""
    settings = {"TOCSIN_DATA_DIR": str(folder), "TOCSIN_LOG_LEVEL": "warning", **PLENTY}
    async with gate(settings, free_port()) as server:
        token = await _token(server.port)
        key = await _key(server.port, token)
        doors: dict[str, Request] = {
            "bare": _asking(BARE),
            "API key": _asking(GATED, {"Authorization": f"Bearer {key}"}),
            "access token": _asking(GATED, {"Authorization": f"Bearer {token}"}),
        }
        loads: dict[str, list[Load]] = {name: [] for name in doors}
        for _ in range(rounds):
            for name, request in doors.items():
                loads[name].append(await run(server.port, request, connections=1, seconds=seconds))
    for name in doors:
        if name != "bare":
            print(_line(name, loads[name], loads["bare"]))


def _line(name: str, gated: list[Load], bare: list[Load]) -> str:
    mine, theirs = _p50(gated), _p50(bare)
    verdict = "met" if mine - theirs < LIMIT else "missed"
    failures = sum(load.failures for load in gated)
    return (
        f"{f'a request with an {name}':<44} {mine - theirs:+5.2f} ms p50 "
        f"(target {LIMIT:.2f} ms: {verdict})   {mine:5.2f} ms against {theirs:5.2f} ms without"
        f"{f'   {failures} FAILED' if failures else ''}"
    )


def _p50(loads: list[Load]) -> float:
    return 1000 * median(load.percentile(0.5) for load in loads)


def _asking(path: str, headers: Mapping[str, str] | None = None) -> Request:
    sent = http("GET", path, headers=dict(headers or {}))
    return lambda _: sent


async def _token(port: int) -> str:
    login = await asyncio.to_thread(_post, port, "/api/v1/auth/register", OWNER, {})
    return str(login["access_token"])


async def _key(port: int, token: str) -> str:
    wish = {"name": "bench", "permissions": ["incidents:read"]}
    headers = {"Authorization": f"Bearer {token}"}
    made = await asyncio.to_thread(_post, port, "/api/v1/api-keys", wish, headers)
    return str(made["api_key"])


def _post(port: int, path: str, wish: Mapping[str, Any], headers: Mapping[str, str]) -> Any:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        data=json.dumps(wish).encode(),
        headers={"Content-Type": "application/json", **headers},
        method="POST",
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read())
