"""Pieces of alert requests, taken as generously as can be understood."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BeforeValidator, StringConstraints, TypeAdapter, ValidationError

_FIRST, _LAST = 1970, 9000
_MOMENT: TypeAdapter[datetime] = TypeAdapter(AwareDatetime)
LONGEST_KEY = 255


def _moment(value: Any) -> datetime | None:
    """An alert is worth more than its time: what is no time, or has no zone, is None."""
    if not isinstance(value, str):
        return None
    try:
        at = _MOMENT.validate_python(value.strip())
    except ValidationError:
        return None
    return at.astimezone(UTC) if _FIRST <= at.year < _LAST else None


def _scalar(value: Any) -> str | None:
    """Numbers and the like as they are written; a list or an object is no text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else None


def _mapping(value: Any) -> Any:
    return value if isinstance(value, dict) else {}


def _listed(value: Any) -> Any:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _key(value: Any) -> Any:
    """Some count their alerts; a blank key is none."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    return None if isinstance(text, str) and not text.strip() else text


def word(value: Any) -> Any:
    """A word of theirs, whatever its case."""
    return value.strip().lower() if isinstance(value, str) else value


def filled(name: str) -> Callable[[str], str]:
    """A validator of text that has to say something."""

    def check(text: str) -> str:
        if not text.strip():
            raise ValueError(f"“{name}” is empty; write at least one character.")
        return text

    return check


_Bounded = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_KEY)]
Key = Annotated[_Bounded | None, BeforeValidator(_key)]
RequiredKey = Annotated[_Bounded, BeforeValidator(_key)]
Moment = Annotated[datetime | None, BeforeValidator(_moment)]
Loose = Annotated[str | None, BeforeValidator(_scalar)]
Details = Annotated[dict[str, Any], BeforeValidator(_mapping)]
Objects = Annotated[list[dict[str, Any]], BeforeValidator(_listed)]


def flat(details: dict[str, Any]) -> dict[str, str]:
    """What of a structure can be a label: its plain values, and lists of them."""
    found: dict[str, str] = {}
    for name, value in details.items():
        if isinstance(value, list):
            entries = [text for text in map(_scalar, value) if text is not None]
            if entries:
                found[name] = ", ".join(entries)
        elif (text := _scalar(value)) is not None:
            found[name] = text
    return found
