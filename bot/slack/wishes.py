"""What can be wished with `/incident`, as values."""

from dataclasses import dataclass
from typing import TypeAlias

from bot.slack.grammar import Either


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenForm:
    """No title was typed: show the declare form, with what was."""

    severity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:  # service or severity, as none was named: each is offered, typed between these
    before: str
    after: str = ""
    severity: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Declare:
    title: str
    severity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListIncidents:  # `service` is a name, `after` the place of the last one of the page before
    mine: bool = False
    everything: bool = False
    service: str = ""
    after: str = ""


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
class Similar:  # what looks like an incident, or has to do with a text; never both
    reference: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerts:  # `after` is the last alert of the page before
    reference: str = ""
    firing: bool = False
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The base of wishes about one incident: by `reference`, else by the channel they are made in.
    `verb` and `rest` are what was typed besides, so that a button can say it again."""

    reference: str = ""
    verb: str = ""
    rest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(About):
    """Who plays a role, by its name or short form; without `who` the form is opened, and without
    a `role` it shows all of them."""

    role: str = ""
    who: Somebody | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit(About):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze(About):
    """`span` as typed, like `30m`; empty asks."""

    span: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel(About):
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(About):
    """The incident goes on in `other`; empty asks."""

    other: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(About):
    """`other` is an incident; `apart` takes the link away."""

    other: str = ""
    apart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Private(About):
    """`people` are let in as well; with `out` they are shut out instead, and with `public`
    everybody may know of it again."""

    people: tuple[Somebody, ...] = ()
    out: bool = False
    public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeServices(About):
    """`service` is a name; without one it is asked."""

    service: str = ""
    remove: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AddTask(About):
    """Without a `title` the form is opened. `due` as typed, like `tomorrow` or `2h`."""

    title: str = ""
    who: Somebody | None = None
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasks(About):
    """`done` is the number of a task that is done, `after` where a page of them begins."""

    done: int = 0
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote(About):
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline(About):
    """`after` is the last line of the page before."""

    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Postmortem(About):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Export(About):
    """`format` is json or markdown; empty asks."""

    format: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribe(About):
    """To an incident, or to a `service` or a `severity` by name; `here` for the channel instead of
    whoever asks, `off` to end it, `listing` to see all."""

    service: str = ""
    severity: str = ""
    here: bool = False
    off: bool = False
    listing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSettings:
    """The settings of the organisation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    topic: str = ""


Wish: TypeAlias = (
    OpenForm
    | Which
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
    | Either
    | About
    | OpenSettings
)
