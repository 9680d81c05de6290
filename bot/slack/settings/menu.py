"""The first page of the settings: what holds, and where it is changed."""

from collections.abc import Callable

from bot.slack import blocks as b
from bot.slack.settings import parts, summaries
from bot.slack.settings.sight import Sight
from bot.slack.views.outages import outage_rows
from core.language import say

PAGES: tuple[tuple[str, Callable[[Sight], str]], ...] = (
    (parts.CHANNELS, summaries.channels),
    (parts.SEVERITIES, summaries.severities),
    (parts.SERVICES, summaries.services),
    (parts.ROLES, summaries.roles),
    (parts.FIELDS, summaries.fields),
    (parts.REMINDERS, summaries.reminders),
    (parts.LANGUAGE, summaries.language),
    (parts.SUMMARY, summaries.summary),
)


def menu(sight: Sight, about: str = "") -> b.View:
    rows = [_row(sight, name, said) for name, said in PAGES]
    unreached = outage_rows(sight.outages, sight.settings.digest_channel)
    return parts.page(sight, parts.MENU, [*unreached, *rows])


def _row(sight: Sight, name: str, summary: Callable[[Sight], str]) -> b.Block:
    title = parts.title(name)
    said = say("Change: {page}", page=title)
    return parts.row(f"*{title}*\n{summary(sight)}", name, say("Change"), said)
