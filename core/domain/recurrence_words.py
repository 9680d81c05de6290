"""A recurrence rule said in words, where it is one that people say."""

from zoneinfo import ZoneInfo

from core.domain.recurrence_rule import Rule, parse

_UNITS = {"YEARLY": "year", "MONTHLY": "month", "WEEKLY": "week", "DAILY": "day", "HOURLY": "hour"}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_PLACES = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
_WORKDAYS = tuple((0, day) for day in range(5))


def spoken(rule: str, timezone: str = "UTC") -> str:
    """As in “every month on the first Sunday, 12 times”; the rule itself where words would be
    longer than it. `timezone` is where its last day is meant."""
    place = ZoneInfo(timezone)
    parsed = parse(rule, place)
    words = _cadence(parsed)
    return words + _end(parsed, place) if words else rule


def _cadence(rule: Rule) -> str:
    every, days = _every(rule), rule.days
    told = set(rule.by)
    if not told and not days:
        return every
    if not told and rule.frequency in ("WEEKLY", "DAILY") and rule.interval == 1:
        return "every weekday" if days == _WORKDAYS else f"every {_weekdays(rule)}"
    if not told and rule.frequency == "WEEKLY":
        return f"{every} on {_weekdays(rule)}"
    if not told and rule.frequency == "MONTHLY" and all(n in _PLACES for n, _ in days):
        return f"{every} on the {_counted(rule)}"
    if told == {"BYMONTHDAY"} and rule.frequency == "MONTHLY" and not days:
        return f"{every} on the {_dates(rule)}"
    if told == {"BYMONTH", "BYMONTHDAY"} and rule.frequency == "YEARLY" and not days:
        return f"{every} on the {_dates(rule)} of {_months(rule)}"
    return ""


def _every(rule: Rule) -> str:
    unit = _UNITS[rule.frequency]
    return f"every {unit}" if rule.interval == 1 else f"every {rule.interval} {unit}s"


def _weekdays(rule: Rule) -> str:
    return _listed([_WEEKDAYS[day] for _, day in rule.days])


def _counted(rule: Rule) -> str:
    return _listed([f"{_PLACES[number]} {_WEEKDAYS[day]}" for number, day in rule.days])


def _months(rule: Rule) -> str:
    return _listed([_MONTHS[month - 1] for month in rule.by["BYMONTH"]])


def _dates(rule: Rule) -> str:
    return _listed([_ordinal(day) for day in sorted(rule.by["BYMONTHDAY"], key=_from_the_front)])


def _from_the_front(day: int) -> tuple[bool, int]:
    return day < 0, day


def _ordinal(day: int) -> str:
    if day == -1:
        return "last day"
    if day < 0:
        return f"{_ordinal(-day)} to last day"
    ending = "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def _listed(words: list[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def _end(rule: Rule, place: ZoneInfo) -> str:
    if rule.count is not None:
        return f", {rule.count} times" if rule.count > 1 else ", once"
    if rule.until is not None:
        return f", until {rule.until.astimezone(place):%Y-%m-%d}"
    return ""
