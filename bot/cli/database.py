"""`tocsin migrate`."""

from argparse import Namespace

from bot.answers import Answer
from bot.bootstrap import administration, bring_up_to_date
from bot.settings import Settings


async def migrate_it(given: Namespace, settings: Settings) -> Answer:
    changed = await bring_up_to_date(settings)
    async with administration(settings, given.organization, found=True):
        pass  # entering it makes the organisation where it is missing
    sentence = "The database is up to date now." if changed else "The database was up to date."
    return Answer(object={"migrated": changed, "organization": given.organization}, words=sentence)
