"""`tocsin calendar`."""

from argparse import Namespace

from bot.answers import Answer
from bot.bootstrap import administration
from bot.calendar_urls import feed_url
from bot.credentials import hash_of, new_token
from bot.settings import Settings
from core.commands import OpenCalendarFeed, WithdrawCalendarFeed


async def create(given: Namespace, settings: Settings) -> Answer:
    token = new_token()
    async with administration(settings, given.organization) as office:
        await office.bus.execute(OpenCalendarFeed(caller=office.caller, token_hash=hash_of(token)))
    url = feed_url(settings.url, token)
    return Answer(
        object={"url": url, "token": token},
        words=f"{url}\n\nThis is the only time it is shown. Whoever knows it may read the "
        "maintenance of\nthis organisation; an address that was made before serves no more.",
    )


async def revoke(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        await office.bus.execute(WithdrawCalendarFeed(caller=office.caller))
    return Answer(
        object={"revoked": True},
        words="The address of the calendar serves no more.",
    )
