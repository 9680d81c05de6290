"""The usual ways in which a window recurs, as choices; any other is typed as a rule."""

from datetime import date, datetime, timedelta

from bot.slack import blocks as b
from bot.slack.text import zone_of
from core.language import known, to_say

NEVER, DAILY, WEEKLY, FORTNIGHTLY, MONTHLY, MONTHLY_DAY, OWN = (
    "never",
    "daily",
    "weekly",
    "fortnightly",
    "monthly",
    "monthly_day",
    "own",
)
_LABELS = {
    NEVER: (to_say("Never"), to_say("It takes place once")),
    DAILY: (to_say("Every day"), to_say("At the same time of day")),
    WEEKLY: (to_say("Every week"), to_say("On the weekday of its start")),
    FORTNIGHTLY: (to_say("Every two weeks"), to_say("On the weekday of its start")),
    MONTHLY: (to_say("Every month, same date"), to_say("Months without that date are left out")),
    MONTHLY_DAY: (to_say("Every month, same weekday"), to_say("Such as the second Tuesday")),
    OWN: (to_say("By a rule of my own"), to_say("Write it into the next field")),
}
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def repeat_choices() -> dict[str, b.Choice]:
    return {
        value: b.Choice(label=known(label), value=value, description=known(meaning))
        for value, (label, meaning) in _LABELS.items()
    }


def rule_of(choice: str, own: str, start: datetime, timezone: str) -> str:
    """The rule of RFC 5545 for a choice; the start says on which day, in its own zone."""
    day = start.astimezone(zone_of(timezone)).date()
    name = _DAYS[day.weekday()]
    rules = {
        DAILY: "FREQ=DAILY",
        WEEKLY: f"FREQ=WEEKLY;BYDAY={name}",
        FORTNIGHTLY: f"FREQ=WEEKLY;INTERVAL=2;BYDAY={name}",
        MONTHLY: f"FREQ=MONTHLY;BYMONTHDAY={day.day}",
        MONTHLY_DAY: f"FREQ=MONTHLY;BYDAY={_place(day)}{name}",
        OWN: own.strip(),
    }
    return rules.get(choice, "")


def choice_of(rule: str, start: datetime, timezone: str) -> str:
    """The choice that makes this rule for a window with that start."""
    if not rule:
        return NEVER
    usual = (choice for choice in _LABELS if choice not in (NEVER, OWN))
    wanted = _parts(rule)
    return next((one for one in usual if _parts(rule_of(one, "", start, timezone)) == wanted), OWN)


def _place(day: date) -> int:
    """Which weekday of its kind in the month; the last one where there may be no fifth."""
    if (day + timedelta(days=7)).month != day.month and day.day > 28:
        return -1
    return (day.day - 1) // 7 + 1


def _parts(rule: str) -> frozenset[str]:
    return frozenset(rule.upper().split(";"))
