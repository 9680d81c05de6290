"""One rule of RFC 5545 as a value: read from its text, checked part by part, and written again."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from core.errors import InvalidInput
from core.language import say

MAX_RULE = 500
MAX_COUNT = 1_000
MAX_INTERVAL = 1_000
FREQUENCIES: Final = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY")
DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
RANGES: Final[Mapping[str, tuple[int, int]]] = {
    "BYMONTH": (1, 12),
    "BYWEEKNO": (-53, 53),
    "BYYEARDAY": (-366, 366),
    "BYMONTHDAY": (-31, 31),
    "BYHOUR": (0, 23),
    "BYMINUTE": (0, 59),
    "BYSECOND": (0, 59),
    "BYSETPOS": (-366, 366),
}
"""The smallest and the greatest value; where the smallest is negative, 0 means nothing."""
_FORBIDDEN: Final[Mapping[str, tuple[str, ...]]] = {
    "BYWEEKNO": ("MONTHLY", "WEEKLY", "DAILY", "HOURLY"),
    "BYYEARDAY": ("MONTHLY", "WEEKLY", "DAILY"),
    "BYMONTHDAY": ("WEEKLY",),
    "BYSETPOS": ("HOURLY",),
}
_NUMBER = re.compile(r"[+-]?[0-9]{1,5}")
_DAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"([0-9]{8})(?:T([0-9]{6})(Z?))?")
_ORDER = (*list(RANGES)[:4], "BYDAY", *list(RANGES)[4:])
_KNOWN = ("FREQ", "INTERVAL", "COUNT", "UNTIL", *_ORDER, "WKST")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`days` are (number, weekday), 0 for every one of its weekday; `until` is the last moment
    at which an occurrence may start, in UTC."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    week_start: int = 0
    days: tuple[tuple[int, int], ...] = ()
    by: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def __str__(self) -> str:
        parts = {"FREQ": self.frequency}
        if self.interval != 1:
            parts["INTERVAL"] = str(self.interval)
        if self.count is not None:
            parts["COUNT"] = str(self.count)
        if self.until is not None:
            parts["UNTIL"] = f"{self.until:%Y%m%dT%H%M%SZ}"
        by = {name: ",".join(map(str, values)) for name, values in self.by.items()}
        if self.days:
            by["BYDAY"] = ",".join(f"{n or ''}{DAYS[day]}" for n, day in self.days)
        parts |= {name: by[name] for name in _ORDER if name in by}
        if self.week_start:
            parts["WKST"] = DAYS[self.week_start]
        return ";".join(f"{name}={value}" for name, value in parts.items())


def refused(words: str, **values: object) -> InvalidInput:
    return InvalidInput(say(words, **values), field="recurrence")


def parse(text: str, zone: ZoneInfo) -> Rule:
    """The rule; `InvalidInput` says which part of it cannot be. `zone` is where its `UNTIL` is
    meant, if that does not say so itself."""
    parts = _parts(text)
    frequency = _frequency(parts)
    rule = Rule(
        frequency=frequency,
        interval=_number(parts, "INTERVAL", MAX_INTERVAL) or 1,
        count=_number(parts, "COUNT", MAX_COUNT),
        until=_until(parts["UNTIL"], zone) if "UNTIL" in parts else None,
        week_start=_week_start(parts.get("WKST", "MO")),
        days=_days(parts) if "BYDAY" in parts else (),
        by={name: _values(name, parts[name]) for name in RANGES if name in parts},
    )
    _require_sense(rule)
    return rule


def _parts(text: str) -> dict[str, str]:
    if len(text) > MAX_RULE:
        raise refused(
            "The rule is too long; {max_rule} characters are the most.", max_rule=MAX_RULE
        )
    if not text.strip():
        raise refused("The rule is empty; write one such as FREQ=WEEKLY;BYDAY=TU.")
    parts: dict[str, str] = {}
    for part in text.strip().upper().removeprefix("RRULE:").split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value:
            raise refused(
                "{part!r} is no part of a rule; each is NAME=VALUE, parted by ';'.", part=part
            )
        if name not in _KNOWN:
            raise refused(
                "Unknown part {name!r}; a rule has {known}.", name=name, known=", ".join(_KNOWN)
            )
        if name in parts:
            raise refused("{name} is there twice.", name=name)
        parts[name] = value
    return parts


def _frequency(parts: Mapping[str, str]) -> str:
    value = parts.get("FREQ")
    if value is None:
        raise refused("The rule has no FREQ; begin it with one such as FREQ=WEEKLY.")
    if value in ("MINUTELY", "SECONDLY"):
        raise refused("FREQ={value} is more often than hourly, which is the most.", value=value)
    if value not in FREQUENCIES:
        raise refused(
            "Unknown FREQ {value!r}; it is one of {frequencies}.",
            value=value,
            frequencies=", ".join(FREQUENCIES),
        )
    return value


def _number(parts: Mapping[str, str], name: str, most: int) -> int | None:
    value = parts.get(name)
    if value is None:
        return None
    if not _NUMBER.fullmatch(value) or not 1 <= int(value) <= most:
        raise refused(
            "{name} is a number from 1 to {most:,}, not {value!r}.",
            name=name,
            most=most,
            value=value,
        )
    return int(value)


def _values(name: str, text: str) -> tuple[int, ...]:
    least, most = RANGES[name]
    zero = "" if least >= 0 else say(" but 0")
    values = text.split(",")
    for value in values:
        fits = _NUMBER.fullmatch(value) and least <= int(value) <= most
        if not fits or (zero and not int(value)):
            raise refused(
                "{name} takes numbers from {least} to {most}{zero}, not {value!r}.",
                name=name,
                least=least,
                most=most,
                zero=zero,
                value=value,
            )
    return _once(int(value) for value in values)


def _days(parts: Mapping[str, str]) -> tuple[tuple[int, int], ...]:
    found = [_day(value, parts) for value in parts["BYDAY"].split(",")]
    if len({bool(number) for number, _ in found}) > 1:
        raise refused("BYDAY has weekdays with and without a number; a rule has either.")
    return tuple(sorted(set(found)))


def _day(value: str, parts: Mapping[str, str]) -> tuple[int, int]:
    """With BYMONTH the weekdays of a month are counted, whatever the frequency."""
    read = _DAY.fullmatch(value)
    if not read:
        raise refused(
            "BYDAY takes {days}, or such as 1MO and -1FR, not {value!r}.",
            days=", ".join(DAYS),
            value=value,
        )
    if read[1] is None:
        return 0, DAYS.index(read[2])
    if parts["FREQ"] not in ("MONTHLY", "YEARLY"):
        raise refused(
            "{value} counts weekdays; that needs FREQ=MONTHLY or FREQ=YEARLY.", value=value
        )
    by_month = parts["FREQ"] == "MONTHLY" or "BYMONTH" in parts
    period, most = ("month", 5) if by_month else ("year", 53)
    if not 1 <= abs(int(read[1])) <= most:
        raise refused(
            "{value} counts weekdays of a {period} from 1 to {most}, or backwards from -1.",
            value=value,
            period=period,
            most=most,
        )
    return int(read[1]), DAYS.index(read[2])


def _week_start(value: str) -> int:
    if value not in DAYS:
        raise refused("WKST is one of {days}, not {value!r}.", days=", ".join(DAYS), value=value)
    return DAYS.index(value)


def _until(value: str, zone: ZoneInfo) -> datetime:
    """A day is meant whole; a time without Z is one of the window's zone."""
    read = _UNTIL.fullmatch(value)
    try:
        if not read:
            raise ValueError(value)
        until = datetime.strptime(f"{read[1]}{read[2] or '000000'}+0000", "%Y%m%d%H%M%S%z")
        if not 1900 <= until.year < 9000:
            raise ValueError(value)
    except ValueError as error:
        raise refused(
            "UNTIL is a time such as 20271231T235959Z or a day such as 20271231: {value!r}.",
            value=value,
        ) from error
    if read[2] is None:
        until += timedelta(days=1, seconds=-1)
    return until.replace(tzinfo=UTC if read[3] else zone).astimezone(UTC)


def _require_sense(rule: Rule) -> None:
    """What RFC 5545 (3.3.10) forbids, and BYSETPOS of hours, which would pick minutes."""
    if rule.count is not None and rule.until is not None:
        raise refused("COUNT and UNTIL exclude each other; leave one of them out.")
    for name, frequencies in _FORBIDDEN.items():
        if name in rule.by and rule.frequency in frequencies:
            raise refused(
                "{name} does not go with FREQ={frequency}.", name=name, frequency=rule.frequency
            )
    if "BYWEEKNO" in rule.by and any(number for number, _ in rule.days):
        raise refused("With BYWEEKNO the weekdays of BYDAY have no numbers.")
    if "BYSETPOS" in rule.by and len(rule.by) + bool(rule.days) == 1:
        raise refused("BYSETPOS picks from what another BY… part gives; add one.")


def _once(values: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(values)))
