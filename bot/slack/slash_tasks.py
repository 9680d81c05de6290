"""What is typed to write down a task: what, who and until when; pure."""

import re

from bot.slack.slash_parts import person_at_an_end
from bot.slack.wishes import Somebody

_CLOCK = r"\d{1,2}(?::\d{2})?\s?(?:am|pm)|\d{1,2}:\d{2}"
_DAY = (
    r"today|tonight|tomorrow|(?:next )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d{4}-\d{2}-\d{2}"
)
_SPAN = r"(?:\d{1,6}\s?(?:minutes?|mins?|hours?|hrs?|days?|weeks?|[mhdw])[\s,]*(?:and )?)+"
_DUE = re.compile(
    rf"(?:^|\s)(?:(?:due|by|until)\s+(?:in\s+)?|in\s+(?=\d))"
    rf"((?:{_DAY})(?:(?:\s+at)?\s+(?:{_CLOCK}))?|{_CLOCK}|{_SPAN})\s*$",
    re.IGNORECASE | re.ASCII,
)
_LONGEST = 80
"""Characters of what can be a time."""


def task_parts(text: str) -> tuple[str, Somebody | None, str]:
    """Title, who does it and when it is due, the last two in any order at the end."""
    rest, due = _due_at_the_end(text)
    rest, who = person_at_an_end(rest)
    if not due:
        rest, due = _due_at_the_end(rest)
    if who is None and rest.lower() == "me":
        return "", Somebody(me=True), due
    return rest, who, due


def _due_at_the_end(text: str) -> tuple[str, str]:
    start = max(len(text) - _LONGEST, 0)
    found = _DUE.search(text, start)
    if found is None:
        return text, ""
    return text[: found.start()].strip(), " ".join(found.group(1).split()).rstrip(",").lower()
