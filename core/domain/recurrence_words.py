"""A recurrence rule said in words, where it is one that people say."""

from datetime import datetime
from zoneinfo import ZoneInfo

from core.domain.recurrence_rule import Rule, parse
from core.domain.wording import joined
from core.language import known, say, say_many, to_say

_EVERY = {
    "YEARLY": (to_say("every year"), to_say("every {count} years")),
    "MONTHLY": (to_say("every month"), to_say("every {count} months")),
    "WEEKLY": (to_say("every week"), to_say("every {count} weeks")),
    "DAILY": (to_say("every day"), to_say("every {count} days")),
    "HOURLY": (to_say("every hour"), to_say("every {count} hours")),
}
_WEEKDAYS = (
    to_say("Monday"),
    to_say("Tuesday"),
    to_say("Wednesday"),
    to_say("Thursday"),
    to_say("Friday"),
    to_say("Saturday"),
    to_say("Sunday"),
)
_MONTHS = (
    to_say("January"),
    to_say("February"),
    to_say("March"),
    to_say("April"),
    to_say("May"),
    to_say("June"),
    to_say("July"),
    to_say("August"),
    to_say("September"),
    to_say("October"),
    to_say("November"),
    to_say("December"),
)
_PLACES = {
    1: to_say("first {weekday}"),
    2: to_say("second {weekday}"),
    3: to_say("third {weekday}"),
    4: to_say("fourth {weekday}"),
    5: to_say("fifth {weekday}"),
    -1: to_say("last {weekday}"),
}
_ORDINALS = (
    to_say("{number}th"),
    to_say("{number}st"),
    to_say("{number}nd"),
    to_say("{number}rd"),
)
_WORKDAYS = tuple((0, day) for day in range(5))


def spoken(rule: str, timezone: str = "UTC") -> str:
    """As in “every month on the first Sunday, 12 times”; the rule itself where words would be
    longer than it. `timezone` is where its last day is meant."""
    place = ZoneInfo(timezone)
    parsed = parse(rule, place)
    words = _cadence(parsed)
    return words + _end(parsed, place) if words else rule


def weekday(at: datetime) -> str:
    return known(_WEEKDAYS[at.weekday()])


def month_named(number: int) -> str:
    return known(_MONTHS[number - 1])


def _cadence(rule: Rule) -> str:
    every, days = _every(rule), rule.days
    told = set(rule.by)
    if not told and not days:
        return every
    if not told and rule.frequency in ("WEEKLY", "DAILY") and rule.interval == 1:
        if days == _WORKDAYS:
            return say("every weekday")
        return say("every {weekdays}", weekdays=_weekdays(rule))
    if not told and rule.frequency == "WEEKLY":
        return say("{every} on {weekdays}", every=every, weekdays=_weekdays(rule))
    if not told and rule.frequency == "MONTHLY" and all(n in _PLACES for n, _ in days):
        return say("{every} on the {days}", every=every, days=_counted(rule))
    if told == {"BYMONTHDAY"} and rule.frequency == "MONTHLY" and not days:
        return say("{every} on the {days}", every=every, days=_dates(rule))
    if told == {"BYMONTH", "BYMONTHDAY"} and rule.frequency == "YEARLY" and not days:
        words = to_say("{every} on the {days} of {months}")
        return say(words, every=every, days=_dates(rule), months=_months(rule))
    return ""


def _every(rule: Rule) -> str:
    one, many = _EVERY[rule.frequency]
    return say_many(one, many, rule.interval)


def _weekdays(rule: Rule) -> str:
    return joined(tuple(known(_WEEKDAYS[day]) for _, day in rule.days))


def _counted(rule: Rule) -> str:
    return joined(
        tuple(say(_PLACES[number], weekday=known(_WEEKDAYS[day])) for number, day in rule.days)
    )


def _months(rule: Rule) -> str:
    return joined(tuple(month_named(month) for month in rule.by["BYMONTH"]))


def _dates(rule: Rule) -> str:
    return joined(tuple(_ordinal(day) for day in sorted(rule.by["BYMONTHDAY"], key=_front)))


def _front(day: int) -> tuple[bool, int]:
    return day < 0, day


def _ordinal(day: int) -> str:
    if day == -1:
        return say("last day")
    if day < 0:
        return say("{day} to last day", day=_ordinal(-day))
    place = 0 if day in (11, 12, 13) or day % 10 > 3 else day % 10
    return say(_ORDINALS[place], number=day)


def _end(rule: Rule, place: ZoneInfo) -> str:
    if rule.count is not None:
        return say_many(", once", ", {count} times", rule.count)
    if rule.until is not None:
        return say(", until {until:%Y-%m-%d}", until=rule.until.astimezone(place))
    return ""
