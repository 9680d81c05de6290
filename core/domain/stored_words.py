"""Notes that Tocsin wrote itself and that were stored: in English, said again in other languages.

What is stored is the same for everybody who reads it, whatever they speak; it is recognised by its
form when it is told.
"""

import re
from collections.abc import Iterator
from functools import cache

from core.language import ENGLISH, known, language, say, to_say

_FORMS = (
    to_say("by the rule “{rule}”"),
    to_say("by the rule “{rule}”: {reason}"),
    to_say("as {who} said"),
    to_say("because its source was deleted"),
    to_say("its source did not have it any more at {at}"),
    to_say("by {who} until {until} ({reason})"),
    to_say("by {who} until {until}"),
    to_say("by {who}"),
    to_say("until {until}"),
    to_say("{incident}, on which {service} depends"),
    to_say("an incident on which its service depends"),
    to_say("named as the same cause before"),
    to_say("same service {service}"),
    to_say("both mention {name} and {other}"),
    to_say("both mention {name}"),
    to_say("says much the same in other words"),
    to_say("resolved by {fix}"),
    to_say("resolved: {fix}"),
)
"""As the modules that store them write them; the more particular form first."""

_REASONS = frozenset(
    {
        to_say("All its alerts have been resolved."),
        to_say("All its alerts have ended at the source."),
        to_say("Its alerts are over, because their source was deleted."),
        to_say("Its alerts fire no more at the source, which was asked."),
        to_say("Its alerts were moved to another incident."),
        to_say("What it was declared for is no incident."),
        to_say("The acknowledgement was taken back at the source."),
        to_say("It fires again."),
        to_say("It goes on."),
    }
)
"""Why Tocsin did something by itself. What people wrote is told as they wrote it."""


def said_again(note: str) -> str:
    """A stored note in the language spoken now; what has no known form stays as it is."""
    if language() == ENGLISH.language or not note:
        return note
    for template, form in _patterns():
        if found := form.fullmatch(note):
            return say(template, **found.groupdict())
    return known(note) if note in _REASONS else note


def all_said_again(notes: str) -> str:
    """The same for several, as they stand side by side: `same service Checkout, resolved: …`."""
    if language() == ENGLISH.language:
        return notes
    return "; ".join(
        ", ".join(said_again(one) for one in part.split(", ")) if place == 0 else said_again(part)
        for place, part in enumerate(notes.split("; "))
    )


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(_each_pattern())


def _each_pattern() -> Iterator[tuple[str, re.Pattern[str]]]:
    for template in _FORMS:
        parts = re.split(r"\{(\w+)\}", template)
        form = "".join(
            f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts)
        )
        yield template, re.compile(form, re.DOTALL)
