"""Settings of an alert source as people give them: known by name, within bounds, or refused."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from functools import partial
from typing import Any

from core.domain.payload_mapping import require_mapping, require_meanings
from core.domain.severity import WORDS, severity_named
from core.domain.source_settings import SourceSettings
from core.domain.webhook_endpoint import require_url
from core.errors import InvalidInput
from core.flaws import Flaws

DAY = 86_400
MONTH = 30 * DAY
MOST_ENTRIES = 100
MOST_LABELS = 20
MAX_WORD = 200
MAX_EXPRESSION = 1_000
BOUNDS: Mapping[str, tuple[int, int]] = {
    "group_window": (0, MONTH),
    "hold": (0, DAY),
    "grace": (0, DAY),
    "flap_count": (0, 1_000),
    "flap_window": (60, DAY),
    "storm_limit": (0, 10_000),
    "quiet_after": (0, MONTH),
}
"""The least and the most of each number."""

LEAST_QUIET = 60
LEAST_FLAPS = 2


def changed_settings(before: SourceSettings, given: Mapping[str, Any]) -> SourceSettings:
    """`before` with what was given; `InvalidInput` names everything that is wrong with it."""
    flaws = Flaws()
    known = [field.name for field in fields(SourceSettings)]
    found: dict[str, Any] = {}
    for name, value in given.items():
        if name not in known:
            message = f"There is no setting “{name[:80]}”; there are {', '.join(known)}."
            flaws.note(InvalidInput(message, field=f"settings.{name[:80]}"))
            continue
        check = partial(_CHECKS[name], f"settings.{name}", value)
        found[name] = flaws.checked(check, getattr(before, name))
    flaws.refuse()
    return replace(before, **found)


def _number(field: str, value: Any) -> int:
    least, most = BOUNDS[field.removeprefix("settings.")]
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise InvalidInput(
            f"The setting {_spoken(field)} is a whole number from {least:,} to {most:,}.",
            field=field,
        )
    return value


def _quiet_after(field: str, value: Any) -> int:
    """Sources are looked after by the minute."""
    return _number_or_never(field, value, LEAST_QUIET, "seconds")


def _flap_count(field: str, value: Any) -> int:
    return _number_or_never(field, value, LEAST_FLAPS, "starts")


def _number_or_never(field: str, value: Any, least: int, unit: str) -> int:
    number = _number(field, value)
    if 0 < number < least:
        message = f"The setting {_spoken(field)} is 0, for never, or at least {least} {unit}."
        raise InvalidInput(message, field=field)
    return number


def _label(field: str, value: Any) -> str:
    """Empty where no label names a service."""
    return _word(field, value, empty=True)


def _word(field: str, value: Any, *, limit: int = MAX_WORD, empty: bool = False) -> str:
    text = value.strip() if isinstance(value, str) else None
    if text is None or len(text) > limit or "\0" in text or not (text or empty):
        least = 0 if empty else 1
        message = f"The setting {_spoken(field)} takes text of {least} to {limit:,} characters."
        raise InvalidInput(message, field=field)
    return text


def _words(field: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) > MOST_LABELS:
        message = f"The setting {_spoken(field)} is a list of at most {MOST_LABELS} texts."
        raise InvalidInput(message, field=field)
    return tuple(dict.fromkeys(_word(field, one) for one in value))


def _url(field: str, value: Any) -> str:
    url = _word(field, value, limit=2_000, empty=True)
    return require_url(url, field) if url else ""


def _entries(
    field: str, value: Any, checked: Callable[[str, str], str], *, lower: bool = False
) -> Mapping[str, str]:
    """Texts by texts, each value as `checked` has it under the name of its own field."""
    if not isinstance(value, Mapping) or len(value) > MOST_ENTRIES:
        message = f"The setting {_spoken(field)} has at most {MOST_ENTRIES} entries, name to text."
        raise InvalidInput(message, field=field)
    flaws, found = Flaws(), dict[str, str]()
    for given, text in value.items():
        place = f"{field}.{str(given)[:80]}"
        word = flaws.checked(partial(_word, place, given), "")
        name = word.lower() if lower else word
        found[name] = flaws.checked(partial(_entry, place, text, checked), "")
    flaws.refuse()
    return found


def _entry(place: str, text: Any, checked: Callable[[str, str], str]) -> str:
    return checked(place, _word(place, text, limit=MAX_EXPRESSION))


def _severities(field: str, value: Any) -> Mapping[str, str]:
    return _entries(field, value, lambda place, word: _severity(place, word), lower=True)


def _severity(place: str, word: str) -> str:
    if word.lower() not in WORDS:
        raise InvalidInput(
            f"“{word[:80]}” is not a severity; use critical, high, medium or low.", field=place
        )
    return severity_named(word, field=place).value


def _values(field: str, value: Any) -> Mapping[str, str]:
    values = _entries(field, value, lambda _, word: word.lower(), lower=True)
    return _of_settings(lambda: require_meanings(values))


def _mapping(field: str, value: Any) -> Mapping[str, str]:
    mapping = _entries(field, value, lambda _, expression: expression)
    return _of_settings(lambda: require_mapping(mapping))


def _of_settings(check: Callable[[], Mapping[str, str]]) -> Mapping[str, str]:
    """Its refusals name a field within the settings."""
    try:
        return check()
    except InvalidInput as refusal:
        others = [(f"settings.{field}", message) for field, message in refusal.others]
        raise InvalidInput(
            str(refusal), field=f"settings.{refusal.field}", others=others
        ) from refusal


def _spoken(field: str) -> str:
    return field.removeprefix("settings.")


_CHECKS: Mapping[str, Callable[[str, Any], Any]] = {
    **dict.fromkeys(BOUNDS, _number),
    "quiet_after": _quiet_after,
    "flap_count": _flap_count,
    "severities": _severities,
    "service_label": _label,
    "group_by": _words,
    "check_url": _url,
    "mapping": _mapping,
    "values": _values,
    "topics": _words,
}
