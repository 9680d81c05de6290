"""What can be wished with `/incident`, as values."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenForm:
    """Nothing was typed: show the declare form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declare:
    title: str
    severity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListIncidents:
    mine: bool = False
    everything: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge:
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    reference: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSeverity:
    reference: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """A person as typed: exactly one of these says who."""

    me: bool = False
    slack_user_id: str = ""
    email: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    reference: str = ""
    who: Somebody | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolve:
    reference: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen:
    reference: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """What looks like an incident, or has to do with a text; never both."""

    reference: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerts:
    """`after` is the last alert of the page before."""

    reference: str = ""
    firing: bool = False
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    topic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotYet:
    """A word of the grammar that is not spoken yet."""

    word: str


Wish: TypeAlias = (
    OpenForm
    | Declare
    | ListIncidents
    | Show
    | Acknowledge
    | Update
    | SetSeverity
    | Assign
    | Resolve
    | Reopen
    | Similar
    | Alerts
    | Help
    | NotYet
)
