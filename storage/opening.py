"""Opens the storage a URL names; everything else is used through the ports."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from core.domain.events import Event
from core.domain.ids import EntryId, OrganizationId
from core.domain.policy import Policy
from core.effects import Effect
from core.ports import (
    Archive,
    Chores,
    Clock,
    Health,
    Inbox,
    Installations,
    NewId,
    Outbox,
    Postings,
    ReadModels,
    Search,
    Transactions,
)
from core.reactions import effects_of
from storage.archive import SqlArchive
from storage.chores import SqlChores
from storage.directory import SqlDirectory
from storage.engine import PostgresPlace, SqlitePlace, connect_sqlite, place_of, postgres_pool
from storage.health import SqlHealth
from storage.inbox import SqlInbox
from storage.inbox_room import Bounds
from storage.installations import SqlInstallations
from storage.outbox import SqlOutbox
from storage.postgres_writer import PostgresWriter
from storage.postings import SqlPostings
from storage.purging import purge
from storage.read_models import SqlReadModels
from storage.readers import PostgresReaders, Readers, SqliteReaders
from storage.similarity.searching import FusedSearch
from storage.sqlite_writer import SqliteWriter
from storage.unit_of_work import React, Rules, SqlTransactions
from storage.writer import Writer

READING = 10
"""Connections of one process that only read, on PostgreSQL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """Everything that remembers. `shared`: other processes may work on the same database, so
    nobody may `recover` what they hold."""

    transactions: Transactions
    outbox: Outbox
    postings: Postings
    inbox: Inbox
    reads: ReadModels
    search: Search
    chores: Chores
    directory: SqlDirectory
    health: Health
    archive: Archive
    installations: Installations
    shared: bool
    writer: Writer
    readers: Readers

    async def purge(self, now: datetime) -> None:
        """Forget what is older than anybody may still ask for."""
        await purge(self.writer, now)

    async def close(self) -> None:
        """Finish what has begun, refuse what has not, let go of the database."""
        await self.writer.close()
        await self.directory.close()
        await self.readers.close()


def _nobody() -> None:
    """Whoever does not care about new effects is told nothing."""


def everything_follows(_: OrganizationId, event: Event, entry_id: EntryId) -> list[Effect]:
    """Whichever organisation it happened in."""
    return effects_of(event, entry_id)


async def open_storage(  # noqa: PLR0913 - all that one database is opened with
    url: str,
    *,
    clock: Clock,
    new_id: NewId,
    on_effects: Callable[[], None] = _nobody,
    react: React = everything_follows,
    policy: Policy = Policy(),  # noqa: B008 - frozen
    bounds: Bounds = Bounds(),  # noqa: B008 - frozen
) -> Storage:
    """`on_effects` is called on the event loop after each commit with new effects; `react` says
    which effects follow from an event; `new_id` is called from the writer's thread as well.
    Raises `InvalidInput` for a URL nobody can use, `Unavailable` when the database is away."""
    readers, writer = await _connected(place_of(url), on_effects)
    return Storage(
        transactions=SqlTransactions(writer, Rules(new_id=new_id, react=react, policy=policy)),
        outbox=SqlOutbox(writer, readers, clock),
        postings=SqlPostings(writer, readers),
        inbox=SqlInbox(writer, readers, bounds),
        reads=SqlReadModels(readers),
        search=FusedSearch(readers),
        chores=SqlChores(readers),
        directory=SqlDirectory(writer, readers, clock, new_id),
        health=SqlHealth(writer),
        archive=SqlArchive(writer, readers, clock),
        installations=SqlInstallations(writer, readers),
        shared=isinstance(readers, PostgresReaders),
        writer=writer,
        readers=readers,
    )


async def _connected(
    place: SqlitePlace | PostgresPlace, on_effects: Callable[[], None]
) -> tuple[Readers, Writer]:
    match place:
        case SqlitePlace():
            return SqliteReaders(place), SqliteWriter(connect_sqlite(place), on_effects)
        case PostgresPlace():
            pool = await postgres_pool(place, READING)
            return PostgresReaders(pool), PostgresWriter(place, on_effects)
