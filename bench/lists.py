"""How a list with its total fares as an organisation grows: a thousand incidents, a million."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from statistics import median

from bench.population import populate, populate_postgres
from core.domain.ids import OrganizationId, UserId
from core.domain.particulars import Mode
from core.domain.state import State
from core.domain.viewer import Viewer
from core.ports import ReadModels
from core.views import IncidentQuery
from storage.migrating import migrate
from storage.opening import open_storage
from tests.postgres import PostgresServer, postgres_programs, running_postgres

FEW, MANY = 1_000, 1_000_000
MOST = 3.0
ASKED = 400
QUERIES: Mapping[str, IncidentQuery] = {
    "all": IncidentQuery(),
    "open": IncidentQuery(states=frozenset({State.OPEN})),
    "resolved": IncidentQuery(states=frozenset({State.RESOLVED})),
    "of two modes": IncidentQuery(modes=frozenset({Mode.STANDARD, Mode.RETROSPECTIVE})),
    "oldest first": IncidentQuery(oldest_first=True),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A database with so many incidents in its only organisation, as a person sees them."""

    reads: ReadModels
    organization_id: OrganizationId


async def lists(folder: Path) -> None:
    """A line per database and question: the ratio, and milliseconds of either."""
    await _compare("SQLite", lambda count: _sqlite(folder / f"{count}.db", count))
    programs = postgres_programs()
    if programs is None:
        print("lists on PostgreSQL: not measured, no server is installed")
        return
    with running_postgres(programs) as server:
        await _compare("PostgreSQL", lambda count: _postgres(server, count))


async def _compare(database: str, made: Callable[[int], Awaitable[str]]) -> None:
    async with AsyncExitStack() as stack:
        begin = time.perf_counter()
        few, many = [await _opened(await made(count), stack) for count in (FEW, MANY)]
        print(f"{database}: {MANY:,} incidents written in {time.perf_counter() - begin:.0f} s")
        for name, query in QUERIES.items():
            print(_line(f"{database}, list of 25, {name}", *await _timed(few, many, query)))


async def _timed(few: Place, many: Place, query: IncidentQuery) -> tuple[float, float]:
    """Median seconds; asked in turn, so that a busy moment of the machine strikes both."""
    took: dict[Place, list[float]] = {few: [], many: []}
    for _ in range(ASKED):
        for place in (few, many):
            begin = time.perf_counter()
            await place.reads.incidents(place.organization_id, query)
            took[place].append(time.perf_counter() - begin)
    return median(took[few]), median(took[many])


def _line(name: str, few: float, many: float) -> str:
    ratio = many / few
    verdict = "met" if ratio <= MOST else "missed"
    return (
        f"{name:<44} {ratio:5.2f} times as long at {MANY:,} as at {FEW:,} (target {MOST:.0f}: "
        f"{verdict})   {1000 * many:.2f} ms against {1000 * few:.2f} ms"
    )


async def _sqlite(file: Path, count: int) -> str:
    url = f"sqlite+aiosqlite:///{file}"
    await _founded(url)
    await asyncio.to_thread(populate, file, count)
    return url


async def _postgres(server: PostgresServer, count: int) -> str:
    url = server.create(f"bench_{count}")
    await _founded(url)
    await populate_postgres(url.replace("+asyncpg", ""), count)
    return url


async def _founded(url: str) -> None:
    await migrate(url)
    async with AsyncExitStack() as stack:
        await _opened(url, stack)


async def _opened(url: str, stack: AsyncExitStack) -> Place:
    numbers = count()
    storage = await open_storage(
        url,
        clock=lambda: datetime.now(UTC),
        new_id=lambda prefix: f"{prefix}_{next(numbers)}",
    )
    stack.push_async_callback(storage.close)
    organization = await storage.directory.ensure_organization("default", "Default")
    viewer = Viewer(user_id=UserId("usr_bench"))
    return Place(storage.reads.seen_by(viewer), organization.id)
