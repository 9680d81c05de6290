"""What a window's card, its lines and its lists have in common."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.slack import blocks as b
from bot.slack.text import clock_time, literal, moment, zone_of
from bot.slack.views.parts import SHOWN_NAME
from core.domain.choice_words import labelled
from core.domain.maintenance import Maintenance, MaintenanceState
from core.domain.milestones import Deed
from core.domain.wording import joined
from core.language import say

START = "maintenance.start"
EXTEND = "maintenance.extend"
COMPLETE = "maintenance.complete"
CANCEL = "maintenance.cancel"
UPDATE = "maintenance.update"
EDIT = "maintenance.edit"
SHOW = "maintenance.show"

SHOWN_TITLE = 400
SHOWN_SERVICES = 500
MOST_LISTED = 10

STATE_ICONS: Mapping[MaintenanceState, str] = {
    MaintenanceState.SCHEDULED: "🗓️",
    MaintenanceState.IN_PROGRESS: "🛠️",
    MaintenanceState.COMPLETED: "✅",
    MaintenanceState.CANCELED: "🚫",
}


def named(window: Maintenance, limit: int = SHOWN_TITLE) -> str:
    """`MNT-7 “Database upgrade”`, escaped."""
    return f"{window.reference} “{literal(window.title, limit)}”"


def state_words(window: Maintenance) -> str:
    """The state, and what is odd about it: `In progress · past its end`."""
    canceled = window.state is MaintenanceState.CANCELED
    name = say("Canceled") if canceled else labelled(window.state)
    if window.running and Deed.OVERRUN in window.told:
        return say("{state} · past its end", state=name)
    if missed(window):
        return say("{state} · was planned while Tocsin was not running", state=name)
    return say("{state} · nobody started it", state=name) if window.lapsed else name


def marked_state(window: Maintenance) -> str:
    return f"{STATE_ICONS[window.state]} {state_words(window)}"


def missed(window: Maintenance) -> bool:
    """Whether its whole time passed while the clock stood still: only one that was over when it
    was written down is started so late by hand."""
    planned, begun, ended = window.armed_at, window.actual_start_at, window.actual_end_at
    return bool(planned and begun and ended and planned < window.scheduled_end_at <= begun)


def start_of(window: Maintenance) -> datetime:
    """When it started, or was or is to start."""
    begun = None if missed(window) else window.actual_start_at
    return begun or window.scheduled_start_at


def end_of(window: Maintenance) -> datetime:
    """When it ended, or was or is to end."""
    ended = None if missed(window) else window.actual_end_at
    return ended or window.scheduled_end_at


def overdue(window: Maintenance) -> bool:
    """Whether it started after its end, and goes on until somebody completes it."""
    return window.running and end_of(window) <= start_of(window)


def span(window: Maintenance) -> str:
    """From when to when, in the reader's own zone."""
    zone = window.timezone
    if overdue(window):
        return _since(moment(start_of(window), zone), moment(end_of(window), zone))
    return f"{moment(start_of(window), zone)} – {moment(end_of(window), zone)}"


def local_span(window: Maintenance) -> str:
    """From when to when, in the window's zone; what start and end have in common is said once."""
    zone = zone_of(window.timezone)
    start, end = start_of(window).astimezone(zone), end_of(window).astimezone(zone)
    if overdue(window):
        return _since(f"{start:%Y-%m-%d %H:%M %Z}", f"{end:%Y-%m-%d %H:%M %Z}")
    if start.utcoffset() != end.utcoffset():
        return f"{start:%Y-%m-%d %H:%M %Z} – {end:%Y-%m-%d %H:%M %Z}"
    day = "" if start.date() == end.date() else f"{end:%Y-%m-%d} "
    return f"{start:%Y-%m-%d %H:%M} – {day}{end:%H:%M %Z}"


def spoken_span(window: Maintenance) -> str:
    """The same as part of a sentence."""
    zone = window.timezone
    start, end = clock_time(start_of(window), zone), clock_time(end_of(window), zone)
    if overdue(window):
        return _since(start, end)
    return say("from {start} to {end}", start=start, end=end)


def _since(start: str, end: str) -> str:
    return say("since {start}; it should have ended at {end}", start=start, end=end)


def listed(names: Sequence[str], limit: int = SHOWN_SERVICES) -> str:
    """`Checkout, Search and Payments`, escaped; of many, the first ones and how many more."""
    left = len(names) - MOST_LISTED
    more = [say("{more} more", more=left)] if left > 0 else []
    shown = (*names[:MOST_LISTED], *more)
    return literal(joined(shown) if shown else "", limit)


def person_named(name: str) -> str:
    return literal(name, SHOWN_NAME)


def buttons(window: Maintenance) -> list[b.Block]:
    """What can be done from here; nothing for what is over."""
    elements = offers(window)
    return [b.actions(elements, id="maintenance.buttons")] if elements else []


def offers(window: Maintenance) -> list[b.Element]:
    """The same without their block. Extending, posting and canceling ask for more in a form."""
    update = button(window, say("Post progress"), UPDATE)
    cancel = b.styled(button(window, say("Cancel maintenance"), CANCEL), "danger")
    if window.running:
        return [_complete(window), button(window, say("Extend"), EXTEND), update, cancel]
    if not window.scheduled_only:
        return []
    change = button(window, say("Change"), EDIT)
    return [change, cancel] if window.lapsed else [_start(window), change, update, cancel]


def _start(window: Maintenance) -> b.Element:
    return b.confirmed(
        b.styled(button(window, say("Start now"), START), "primary"),
        title=say("Start {reference} now?", reference=window.reference),
        text=say(
            "Everybody in its channels is told. Alerts of its services call nobody until it ends."
        ),
        yes=say("Start now"),
        no=say("Not yet"),
    )


def _complete(window: Maintenance) -> b.Element:
    return b.confirmed(
        b.styled(button(window, say("Complete"), COMPLETE), "primary"),
        title=say("Complete {reference}?", reference=window.reference),
        text=say(
            "Everybody in its channels is told. Alerts that still fire become incidents, unless"
            " other running maintenance suppresses them."
        ),
        yes=say("Complete"),
        no=say("Not yet"),
    )


def button(window: Maintenance, label: str, action: str) -> b.Element:
    said = f"{label}: {window.reference}"
    return b.button(label, action=action, value=window.id, said=said)
