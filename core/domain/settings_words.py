"""What may be written into the settings: each value cleaned, or refused with the mend."""

import re
import string
from collections.abc import Mapping

from core.domain.incident_settings import LANGUAGES
from core.domain.text import one_line
from core.errors import InvalidInput
from core.language import say

MAX_CHANNEL = 80
MAX_TEMPLATE = 80
MAX_REACTION = 100
MAX_MEANING = 75
"""As much as Slack shows of it beside the severity to choose."""

MOST_MINUTES = 30 * 24 * 60
PLACEHOLDERS = ("date", "number", "severity", "title")
LIMITS: Mapping[str, int] = {
    "lead_minutes": 7 * 24 * 60,
    "stale_hours": 365 * 24,
    "tasks_left_hours": 365 * 24,
    "archive_days": 10 * 365,
    "summary_weekday": 6,
    "summary_hour": 23,
}
"""The highest number that each of them may be."""

_ID = re.compile(r"[CG][A-Z0-9]{6,20}")
_EMOJI = re.compile(r"[\w+'-]+")


def channel(text: str, field: str) -> str:
    """A channel's name, or its id; empty for none."""
    wanted = text.strip().lstrip("#")
    if _ID.fullmatch(wanted):
        return wanted
    name = wanted.lower()
    if len(name) > MAX_CHANNEL or not _fits_a_channel(name):
        message = say(
            "“{name}” is not a channel of Slack; write its name, such as incidents, or its id.",
            name=wanted[:MAX_CHANNEL],
        )
        raise InvalidInput(message, field=field)
    return name


def channel_template(text: str, field: str = "channel_name") -> str:
    """How channels are called, with at least one part that tells them apart."""
    template = text.strip().lstrip("#").lower()
    if not 0 < len(template) <= MAX_TEMPLATE:
        message = say("Write 1 to {most} characters for the channel's name.", most=MAX_TEMPLATE)
        raise InvalidInput(message, field=field)
    parts = _parts(template, field)
    strange = next((name for _, name in parts if name is not None and name not in PLACEHOLDERS), "")
    if strange or any(name == "" for _, name in parts):
        raise InvalidInput(_which_placeholders(strange), field=field)
    if not all(_fits_a_channel(words) for words, _ in parts):
        message = say(
            "Besides the parts in braces, a channel's name can have letters, digits, hyphens and "
            "underscores only."
        )
        raise InvalidInput(message, field=field)
    if not {name for _, name in parts} & {"number", "title"}:
        message = say("Put {{number}} or {{title}} into it, so that channels can be told apart.")
        raise InvalidInput(message, field=field)
    return template


def reaction(text: str, field: str = "reaction") -> str:
    """The name of an emoji without its colons and its tone of skin; empty for none."""
    name = text.strip().lower().strip(":").partition("::")[0]
    if name and (len(name) > MAX_REACTION or not _EMOJI.fullmatch(name)):
        message = say("“{name}” is not an emoji's name; write one like pushpin.", name=name[:40])
        raise InvalidInput(message, field=field)
    return name


def language(code: str, field: str = "language") -> str:
    known = code.strip().lower()
    if known not in LANGUAGES:
        message = say(
            "Tocsin does not speak “{code}”; use one of {known}.",
            code=code[:20],
            known=", ".join(LANGUAGES),
        )
        raise InvalidInput(message, field=field)
    return known


def number(value: int, field: str, most: int) -> int:
    if not 0 <= value <= most:
        message = say("Write a whole number between 0 and {most}.", most=f"{most:,}")
        raise InvalidInput(message, field=field)
    return value


def meaning(text: str, field: str) -> str:
    """On one line; empty for the usual one."""
    return one_line(text, field=field, limit=MAX_MEANING) if text.strip() else ""


def _parts(template: str, field: str) -> list[tuple[str, str | None]]:
    """The words before each placeholder, and its name."""
    try:
        parsed = list(string.Formatter().parse(template))
    except ValueError:
        raise InvalidInput(_which_placeholders(""), field=field) from None
    if any(spec or conversion for _, _, spec, conversion in parsed):
        raise InvalidInput(_which_placeholders(""), field=field)
    return [(words, name) for words, name, _, _ in parsed]


def _which_placeholders(strange: str) -> str:
    known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    if strange:
        return say("{{{name}}} means nothing; use {known}.", name=strange[:40], known=known)
    return say("Braces stand around one of {known}, and nowhere else.", known=known)


def _fits_a_channel(words: str) -> bool:
    return all(character.isalnum() or character in "-_" for character in words)
