"""What an incident points at, and what the organisation's own fields say of it."""

from collections.abc import Iterable, Sequence

from bot.slack import blocks as b
from bot.slack.text import clip, literal, units
from bot.slack.views.links import is_link, link
from core.language import say
from core.views import IncidentCard

MOST_FIELDS, MOST_LINKS = 10, 5
LONGEST_NAME, LONGEST_VALUE, LONGEST_ADDRESS, LONGEST_LINE = 100, 250, 80, 1_900
WHOLE = 2_800
"""Of a section, which holds a little more."""


def call(url: str) -> str:
    """Where people talk about it; as it stands where it cannot be a link."""
    return linked(url, say("Join the call"))


def blocks(card: IncidentCard) -> list[b.Block]:
    """Nothing where nothing was filled in."""
    said = [f"{literal(name, LONGEST_NAME)}: {_said(v)}" for name, v in card.own_fields.items()]
    links = [linked(one, address(one)) for one in card.incident.links]
    named = [f"*{say('Links')}*", *_fitting(links, MOST_LINKS)] if links else []
    parts = (_fitting(said, MOST_FIELDS), named)
    return [b.section(b.mrkdwn("\n".join(lines))) for lines in parts if lines]


def linked(text: str, words: str) -> str:
    """For mrkdwn, whatever it is."""
    shown = link(text, clip(words, LONGEST_ADDRESS)) if is_link(text) else ""
    return shown if 0 < units(shown) <= LONGEST_LINE else literal(text, LONGEST_VALUE)


def address(url: str) -> str:
    """A link as people call it."""
    return url.partition("://")[2].rstrip("/") or url


def _said(values: Sequence[str]) -> str:
    if len(values) == 1 and is_link(values[0]):
        return linked(values[0], address(values[0]))
    return literal(" ".join(", ".join(values).split()), LONGEST_VALUE)


def _fitting(lines: Iterable[str], most: int) -> list[str]:
    """As many as a section holds."""
    every = list(lines)
    kept = every[:most]
    while sum(units(line) + 1 for line in kept) > WHOLE:
        kept.pop()
    left = len(every) - len(kept)
    return [*kept, *([say("and {count} more", count=left)] if left > 0 else [])]
