"""Commands on the calendar feed."""

from dataclasses import dataclass, field

from core.commands.base import Command
from core.domain.calendar_feed import CalendarFeed


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCalendarFeed(Command[CalendarFeed]):
    """The organisation's calendar is read with this token from now on, and with no other."""

    token_hash: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawCalendarFeed(Command[CalendarFeed]):
    """Nobody reads it by a token any more."""
