"""`tocsin export` and `tocsin import`: everything of one organisation, out and back."""

from argparse import Namespace

from bot.answers import Answer
from bot.archives import entries_in, written
from bot.bootstrap import archive_of
from bot.settings import Settings
from core.ports.archive import Entry


async def export_it(given: Namespace, settings: Settings) -> Answer:
    count = 0
    async with archive_of(settings) as (archive, organization_of):
        organization = await organization_of(given.organization)
        with written(given.file) as write:

            def emit(entry: Entry) -> None:
                nonlocal count
                count += 1
                write(entry)

            await archive.export(organization.id, emit)
    return Answer(
        object={"file": str(given.file), "rows": count, "organization": organization.slug},
        words=f"{count:,} rows were exported to {given.file}; password hashes are among them.",
    )


async def import_it(given: Namespace, settings: Settings) -> Answer:
    async with archive_of(settings) as (archive, _):
        count = await archive.restore(lambda: entries_in(given.file))
    return Answer(
        object={"file": str(given.file), "rows": count},
        words=f"{count:,} rows were imported from {given.file}.",
    )
