"""The database of the settings, opened and of the right version."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import TypeAlias

from bot.bootstrap.moment import ulids, utc_now
from bot.maintenance_settings import policy_of
from bot.office import Office, operator, the_organization
from bot.private_files import open_data_folder
from bot.settings import Settings
from core.bus import CommandBus
from core.domain.account import Organization
from core.domain.events import Event
from core.domain.ids import EntryId, OrganizationId
from core.effects import Effect
from core.errors import NotFound, Unavailable
from core.ports import Archive
from storage.migrating import migrate
from storage.opening import Storage, open_storage
from storage.revision import pending_migrations
from storage.unit_of_work import React

OrganizationOf: TypeAlias = Callable[[str], Awaitable[Organization]]


def nobody_listens() -> None:
    """Nothing is carried while an administrator works."""


def nothing_follows(_: OrganizationId, event: Event, entry_id: EntryId) -> list[Effect]:
    """There is nowhere to show anything."""
    return []


class PendingMigrations(Exception):
    """The schema is older than the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseState:
    exists: bool
    pending: bool


@asynccontextmanager
async def administration(
    settings: Settings, slug: str, *, found: bool = False
) -> AsyncIterator[Office]:
    """The database opened for one organisation; `found` makes the organisation if need be."""
    async with opened(settings) as storage:
        organization = await the_organization(storage.directory, slug, found=found)
        bus = CommandBus(storage.transactions, utc_now)
        yield office_of(storage, bus, organization.id)


def office_of(storage: Storage, bus: CommandBus, organization_id: OrganizationId) -> Office:
    return Office(
        organization_id=organization_id,
        caller=operator(organization_id),
        clock=utc_now,
        bus=bus,
        reads=storage.reads,
        directory=storage.directory,
        outbox=storage.outbox,
    )


@asynccontextmanager
async def archive_of(settings: Settings) -> AsyncIterator[tuple[Archive, OrganizationOf]]:
    """The database opened for exports and imports; no organisation is made on the way."""
    async with opened(settings) as storage:

        async def organization_of(slug: str) -> Organization:
            found = await storage.directory.organization(slug)
            if found is None:
                raise NotFound(f"There is no organisation {slug}.")
            return found

        yield storage.archive, organization_of


@asynccontextmanager
async def opened(
    settings: Settings,
    *,
    on_effects: Callable[[], None] = nobody_listens,
    react: React = nothing_follows,
) -> AsyncIterator[Storage]:
    """The database, of this version's schema. The embedded one is brought up to date."""
    if not settings.on_postgresql:
        await bring_up_to_date(settings)
    elif await is_behind(settings):
        raise PendingMigrations(
            "The schema of the database is older than this version of Tocsin; "
            "bring it up to date with `tocsin migrate`."
        )
    with naming_its_setting(settings):
        storage = await open_storage(
            settings.database,
            clock=utc_now,
            new_id=ulids(),
            on_effects=on_effects,
            react=react,
            policy=policy_of(settings),
        )
    try:
        yield storage
    finally:
        await storage.close()


async def bring_up_to_date(settings: Settings) -> bool:
    """Whether anything was to be done."""
    if settings.database_file is not None:
        open_data_folder(settings.data_dir)
        open_data_folder(settings.database_file.parent)
    if not await is_behind(settings):
        return False
    await migrate(settings.database)
    return True


async def is_behind(settings: Settings) -> bool:
    """Whether the schema is older than this version."""
    with naming_its_setting(settings):
        return await pending_migrations(settings.database)


@contextmanager
def naming_its_setting(settings: Settings) -> Iterator[None]:
    """At a start a database that is away is most likely a wrong setting."""
    try:
        yield
    except Unavailable as refusal:
        setting = "TOCSIN_DATABASE_URL" if settings.database_url else "TOCSIN_DATA_DIR"
        raise Unavailable(f"{refusal} Look at {setting}.") from refusal


async def database_state(settings: Settings) -> DatabaseState:
    """Without making anything; `Unavailable` when it does not answer."""
    if settings.database_file is not None and not settings.database_file.exists():
        return DatabaseState(exists=False, pending=True)
    return DatabaseState(exists=True, pending=await pending_migrations(settings.database))
