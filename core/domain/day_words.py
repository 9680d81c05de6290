"""Weekdays and months by their short names, in the language spoken now."""

from datetime import date

from core.language import known, to_say

_DAYS = (
    to_say("Mon"),
    to_say("Tue"),
    to_say("Wed"),
    to_say("Thu"),
    to_say("Fri"),
    to_say("Sat"),
    to_say("Sun"),
)
_MONTHS = (
    to_say("Jan"),
    to_say("Feb"),
    to_say("Mar"),
    to_say("Apr"),
    to_say("May (short)"),
    to_say("Jun"),
    to_say("Jul"),
    to_say("Aug"),
    to_say("Sep"),
    to_say("Oct"),
    to_say("Nov"),
    to_say("Dec"),
)


def weekday_short(day: date) -> str:
    return known(_DAYS[day.weekday()])


def month_short(day: date) -> str:
    """The fifth has the same name in short and in full, but not in every language."""
    return known(_MONTHS[day.month - 1]).removesuffix(" (short)")
