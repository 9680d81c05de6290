"""What is typed to write down a task: what, who and until when; pure.

Whoever writes “due” behind a task means a time. What cannot be one is handed on as it was typed,
so that it is refused with examples rather than kept as a part of what is to be done.
"""

import re

from bot.slack.grammar import quoted
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

_STRONG = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|(?:jan|febr)(?:uary)?|feb|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|(?:nov|dec)(?:ember)?"
    r"|today|tonight|tomorrow|yesterday|next|last|noon|midnight|end\s+of|eo[dwm]|cob"
    r"|\d{1,2}[:.]\d{2}|\d{1,2}(?:am|pm|st|nd|rd|th)|\d{4}-\d\S*|\d{1,2}[./]\d{1,2}\S*)"
)
"""What nobody writes at the end without meaning a time."""

_WEAK = (
    r"(?:\d{1,4}|the|an?|at|in|of|on|ago|end|morning|afternoon|evening|night"
    r"|minutes?|hours?|days?|weeks?|weekend|months?|quarter|years?)"
)
_ELSEWHERE = r"to|for|from|dates?|diligence|process"
"""What stands behind “due” where it says something else."""

_ATTEMPT = re.compile(
    rf"(?:^|\s)(?:due\s+(?!(?:{_ELSEWHERE})\b)([^\s@<]+(?:\s+[^\s@<]+){{0,3}})"
    rf"|(?:by|until)\s+((?:{_WEAK}\s+){{0,3}}{_STRONG}(?:\s+(?:{_STRONG}|{_WEAK})){{0,3}}))\s*$",
    re.IGNORECASE | re.ASCII,
)


def task_parts(text: str) -> tuple[str, Somebody | None, str]:
    """Title, who does it and when it is due, the last two in any order at the end."""
    rest, who, due = _parts(_DUE, text)
    if not due:
        rest, who, due = _parts(_ATTEMPT, text)
    if who is None and rest.lower() == "me":
        return "", Somebody(me=True), due
    return rest, who, due


def task_quoted(text: str) -> str:
    """What is to be done in quotation marks, and the rest as it was typed."""
    title, _, _ = task_parts(text.strip())
    return f"{quoted(title)} {text.strip()[len(title) :].strip()}".strip()


def _parts(pattern: re.Pattern[str], text: str) -> tuple[str, Somebody | None, str]:
    rest, due = _at_the_end(pattern, text)
    rest, who = person_at_an_end(rest)
    if not due:
        rest, due = _at_the_end(pattern, rest)
    return rest, who, due


def _at_the_end(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    found = pattern.search(text, max(len(text) - _LONGEST, 0))
    if found is None:
        return text, ""
    typed = next(group for group in found.groups() if group)
    return text[: found.start()].strip(), " ".join(typed.split()).rstrip(",").lower()
