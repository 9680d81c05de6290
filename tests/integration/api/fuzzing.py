"""A server that is sent strange bodies, and what it keeps of those that it refuses."""

import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

from pydantic import BaseModel

from bot.api.openapi.examples import Examples
from bot.api.openapi.refusals import refusals_of
from bot.api.openapi.schemas import components
from bot.api.operations import Operation
from tests.contract.conftest import FAKE
from tests.contract.house import Storage
from tests.databases import migrated_sqlite
from tests.fakes.moment import FakeClock, FakeIds
from tests.fakes.store import FakeStore
from tests.integration.api.doorstep import a_doorstep, opened
from tests.integration.api.every_operation import filled
from tests.integration.api.possessions import Household, household, naming

Kept: TypeAlias = Callable[[], object]
"""Everything that is stored, to be compared."""

COUNTS_TRIES = {"login", "refresh_tokens", "change_password"}
"""What is refused and remembered all the same: a wrong password counts towards the lock, and a
refresh token that is shown twice ends its session."""

TAKES_SECRETS = COUNTS_TRIES | {"send_event"}
"""What may answer 401 to somebody who is signed in, because the body has a secret of its own."""


@dataclass(frozen=True, slots=True)
class Target:
    """An organisation that has one of everything, so that a body may get far."""

    house: Household
    kept: Kept

    def operations(self) -> list[str]:
        return [one.name for one in self.house.every if one.body is not None]

    def bodies(self, name: str) -> list[Any]:
        """The documented one, and one with every field there is; both name what is there."""
        operation = self.house.every.named(name)
        assert operation.body is not None
        whole = _whole(operation.body)
        return [
            naming(each, self.house.ids) for each in (self.house.every.example(operation), whole)
        ]

    async def flaws(self, name: str, body: bytes) -> list[str]:
        """What is wrong with how it takes this body; nothing, one hopes."""
        operation = self.house.every.named(name)
        before = self.kept()
        status, text = await self._send(operation, body)
        found = []
        if status >= 500:
            found.append(f"{status}: {text}")
        if status not in {*operation.answers, *refusals_of(operation)}:
            found.append(f"{status} is not documented: {text}")
        if status == 401 and name not in TAKES_SECRETS:
            found.append(f"not signed in any more: {text}")
        if status >= 400 and name not in COUNTS_TRIES and self.kept() != before:
            found.append(f"refused with {status}, and yet something was stored")
        return found

    async def _send(self, operation: Operation, body: bytes) -> tuple[int, str]:
        path = filled(operation.path, self.house.ids.__getitem__)
        headers: Mapping[str, str] = {**self.house.headers, "Content-Type": "application/json"}
        client = self.house.door.client
        sent = BytesIO(body)
        async with client.request(operation.method, path, data=sent, headers=headers) as answer:
            return answer.status, await answer.text()


@cache
def _whole(body: type[BaseModel]) -> Any:
    references, schemas = components([(body, "validation")])
    return Examples(schemas).answered(references[body, "validation"])


@asynccontextmanager
async def target(kind: str, folder: Path, clock: FakeClock) -> AsyncIterator[Target]:
    """Over the fake storage, or over SQLite."""
    file = folder / "tocsin.db"
    if kind == FAKE:
        storage = await opened(FAKE, clock, FakeIds())
    else:
        storage = await opened(migrated_sqlite(folder), clock, FakeIds())
    async with a_doorstep(storage, clock) as door:
        yield Target(await household(door, "fuzzed"), _kept_in(storage, file))
    await storage.close()


def _kept_in(storage: Storage, file: Path) -> Kept:
    if isinstance(storage, FakeStore):
        return lambda: storage.rows.commits
    return lambda: _dump(file)


def _dump(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return sorted(connection.iterdump())
