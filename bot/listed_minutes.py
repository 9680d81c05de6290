"""Minutes as a setting lists them."""

from datetime import timedelta

from core.domain.policy import LONGEST_REMINDER, MAX_REMINDERS

_MOST = LONGEST_REMINDER // timedelta(minutes=1)


def reminders(text: str) -> str:
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > MAX_REMINDERS or not all(map(_is_usable, parts)):
        raise ValueError(
            f"must be a list of up to {MAX_REMINDERS} numbers of minutes such as 1440, 60, "
            f"each {_MOST} or less; or 0 for none"
        )
    return text


def minutes_in(text: str) -> tuple[int, ...]:
    """The longest first, each once; 0 means nothing."""
    return tuple(sorted({int(part) for part in text.split(",")} - {0}, reverse=True))


def _is_usable(text: str) -> bool:
    """Written in no more digits than it takes."""
    few = text.isascii() and text.isdigit() and len(text) <= len(str(_MOST))
    return few and int(text) <= _MOST
