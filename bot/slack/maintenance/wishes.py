"""What can be wished with `/maintenance`, as values."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

from bot.slack.grammar import Either
from bot.slack.maintenance.times import ClockTime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenForm:
    """Show the form that schedules one, with this title in it."""

    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWindows:
    everything: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend:
    """By a time or until another; neither asks for it."""

    reference: str = ""
    by: timedelta | None = None
    until: ClockTime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete:
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel:
    reference: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """This occurrence of a recurring one."""

    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    reference: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    topic: str = ""


OnWindow: TypeAlias = Show | Start | Extend | Complete | Cancel | Skip | Progress | Edit
Wish: TypeAlias = OpenForm | ListWindows | OnWindow | Help | Either
