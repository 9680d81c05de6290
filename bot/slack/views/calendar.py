"""A month as a grid in type of one width; which of its days have maintenance."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from bot.slack.text import zone_of
from core.domain.recurrence_words import month_named
from core.language import known, say, to_say

DAYS = (
    to_say("Mo"),
    to_say("Tu"),
    to_say("We"),
    to_say("Th"),
    to_say("Fr"),
    to_say("Sa"),
    to_say("Su"),
)
TODAY, PLANNED, RUNNING = ">", "*", "!"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One window, or one that is yet to be made of a series (`again`)."""

    reference: str
    title: str
    start: datetime
    end: datetime
    running: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    year: int
    month: int

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def name(self) -> str:
        words = to_say("{month} {year}")
        return say(words, month=month_named(self.month), year=f"{self.first:%Y}")

    @property
    def key(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    def moved(self, months: int) -> "Month":
        """So many months later; the calendar ends where dates do."""
        count = min(max(self.year * 12 + self.month - 1 + months, 12), 9_998 * 12 + 11)
        return Month(year=count // 12, month=count % 12 + 1)

    def span(self, zone: str) -> tuple[datetime, datetime]:
        """From its first midnight to the next month's, in that zone."""
        place = zone_of(zone)
        return _midnight(self.first, place), _midnight(self.moved(1).first, place)


def month_of(key: str, otherwise: date) -> Month:
    """`2026-11` as a month; the other day's month for anything else."""
    year, _, month = key.partition("-")
    if year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12 and 1 <= int(year) <= 9_998:
        return Month(year=int(year), month=int(month))
    return Month(year=otherwise.year, month=otherwise.month)


def legend() -> str:
    return say(
        "{today} today   {planned} maintenance   {running} in progress",
        today=TODAY,
        planned=PLANNED,
        running=RUNNING,
    )


def grid(month: Month, slots: Sequence[Slot], today: date, zone: str) -> str:
    """Seven columns of five; marks stand beside the day: `> 3*`."""
    planned = {day for slot in slots for day in days_of(slot, zone)}
    running = {day for slot in slots if slot.running for day in days_of(slot, zone)}
    head = " ".join(f"{known(name):>3} " for name in DAYS)
    lines = [head.rstrip()]
    for week in _weeks(month):
        cells = [_cell(day, month, today, planned, running) for day in week]
        lines.append(" ".join(cells).rstrip())
    return "\n".join(lines)


def days_of(slot: Slot, zone: str) -> Iterator[date]:
    """Every day on which some of it lies; an end at midnight is none of the next day."""
    place = zone_of(zone)
    day = slot.start.astimezone(place).date()
    last = max(slot.start, slot.end - timedelta(microseconds=1)).astimezone(place).date()
    while day <= last:
        yield day
        day += timedelta(days=1)


def _weeks(month: Month) -> Iterator[list[date]]:
    first = month.first
    monday = first - timedelta(days=first.weekday())
    end = month.moved(1).first
    while monday < end:
        yield [monday + timedelta(days=n) for n in range(7)]
        monday += timedelta(days=7)


def _cell(
    day: date, month: Month, today: date, planned: Iterable[date], running: Iterable[date]
) -> str:
    if day.month != month.month:
        return " " * 4
    mark = RUNNING if day in running else PLANNED if day in planned else " "
    return f"{TODAY if day == today else ' '}{day.day:>2}{mark}"


def _midnight(day: date, place: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=place)
