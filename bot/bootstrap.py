"""The composition root: the only module that knows every concrete class, the clock and chance."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import structlog
from sqlalchemy import make_url
from ulid import ULIDGenerator

from bot.private_files import open_data_folder
from bot.settings import Settings
from core.bus import CommandBus
from core.domain.account import Organization
from core.domain.actor import Actor, Caller, Surface
from core.domain.ids import OrganizationId
from core.errors import NotFound
from core.permissions import OPERATOR
from core.ports import Clock, Directory, NewId, Outbox, ReadModels
from storage.migrating import migrate, pending_migrations
from storage.opening import Storage, open_storage

DEFAULT_ORGANIZATION = "default"

log = structlog.get_logger(__name__)


class PendingMigrations(Exception):
    """The schema is older than the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseState:
    exists: bool
    pending: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What an administrator at the command line works with, for one organisation."""

    organization_id: OrganizationId
    caller: Caller
    clock: Clock
    bus: CommandBus
    reads: ReadModels
    directory: Directory
    outbox: Outbox


def utc_now() -> datetime:
    return datetime.now(UTC)


def ulids() -> NewId:
    """Ids that sort by time, also those of one millisecond, whichever thread asks."""
    generator = ULIDGenerator()

    def new_id(prefix: str) -> str:
        return f"{prefix}_{str(generator.generate()).lower()}"

    return new_id


@asynccontextmanager
async def administration(
    settings: Settings, slug: str, *, found: bool = False
) -> AsyncIterator[Office]:
    """The database opened for one organisation; `found` makes the organisation if need be."""
    async with opened(settings, on_effects=lambda: None) as storage:
        organization = await the_organization(storage.directory, slug, found=found)
        yield Office(
            organization_id=organization.id,
            caller=operator(organization.id),
            clock=utc_now,
            bus=CommandBus(storage.transactions, utc_now),
            reads=storage.reads,
            directory=storage.directory,
            outbox=storage.outbox,
        )


@asynccontextmanager
async def opened(settings: Settings, *, on_effects: Callable[[], None]) -> AsyncIterator[Storage]:
    """The database, of this version's schema. The embedded one is brought up to date."""
    if not settings.on_postgresql:
        await bring_up_to_date(settings)
    elif await pending_migrations(settings.database):
        raise PendingMigrations(
            "The schema of the database is older than this version of Tocsin; "
            "bring it up to date with `tocsin migrate`."
        )
    storage = await open_storage(
        settings.database, clock=utc_now, new_id=ulids(), on_effects=on_effects
    )
    try:
        yield storage
    finally:
        await storage.close()


async def bring_up_to_date(settings: Settings) -> bool:
    """Whether anything was to be done."""
    if not settings.on_postgresql:
        open_data_folder(settings.data_dir)
        open_data_folder(sqlite_file(settings).parent)
    if not await pending_migrations(settings.database):
        return False
    await migrate(settings.database)
    return True


async def database_state(settings: Settings) -> DatabaseState:
    """Without making anything; `Unavailable` when it does not answer."""
    if not settings.on_postgresql and not sqlite_file(settings).exists():
        return DatabaseState(exists=False, pending=True)
    return DatabaseState(exists=True, pending=await pending_migrations(settings.database))


def sqlite_file(settings: Settings) -> Path:
    return Path(make_url(settings.database).database or "")


async def the_organization(directory: Directory, slug: str, *, found: bool) -> Organization:
    """`default` is made when somebody first asks for it, another one only when told so."""
    if found or slug == DEFAULT_ORGANIZATION:
        return await directory.ensure_organization(slug, slug.replace("-", " ").title())
    organization = await directory.organization(slug)
    if organization is None:
        raise NotFound(f"There is no organisation {slug}.")
    return organization


def operator(organization_id: OrganizationId) -> Caller:
    """Whoever may start the program may do everything."""
    return Caller(
        organization_id=organization_id,
        actor=Actor(surface=Surface.CLI, name="Administrator"),
        permissions=OPERATOR,
    )
