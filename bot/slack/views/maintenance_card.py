"""The card of a window, the same in each of its places.

It names people and mentions nobody: a mention would call them once for every occurrence.
"""

from collections.abc import Iterator
from datetime import datetime

from bot.slack import blocks as b
from bot.slack.text import known_zone, literal, moment
from bot.slack.views import maintenance_parts as parts
from bot.slack.views.links import is_link, link
from core.domain.maintenance import Maintenance, MaintenanceState
from core.domain.narration import spoken
from core.domain.recurrence_words import spoken as spoken_rule
from core.views import MaintenanceCard, Overlap

SHOWN_DESCRIPTION = 900
SHOWN_PROGRESS = 1_200
SHOWN_REASON = 600
MOST_OVERLAPS = 3


def maintenance_card(card: MaintenanceCard, at: datetime | None = None) -> b.Message:
    """As it is at that time; at its last change where none is given."""
    window = card.maintenance
    facts = _facts(card, at or window.updated_at)
    blocks = [
        b.header(f"{window.reference} · {window.title}"),
        b.fields([f"*{name}*\n{value}" for name, value in facts]),
        *_words(card),
        *_overlaps(card),
        *parts.buttons(window),
        b.context(*_small_print(card)),
    ]
    return b.Message(text=sentence(card), blocks=blocks)


def sentence(card: MaintenanceCard) -> str:
    """The window in one sentence, escaped, for notifications and screen readers."""
    window = card.maintenance
    services = f" for {parts.listed([*card.services.values()])}" if card.services else ""
    times = parts.spoken_span(window)
    match window.state:
        case MaintenanceState.SCHEDULED:
            told = f"is scheduled {times}{services}"
        case MaintenanceState.IN_PROGRESS:
            when = f"{services}, {times}" if parts.overdue(window) else f", {times}{services}"
            told = f"is in progress{when}"
        case MaintenanceState.COMPLETED:
            went_on = f"was planned {times}" if parts.missed(window) else f"went on {times}"
            told = f"is completed; it {went_on}{services}"
        case MaintenanceState.CANCELED:
            told = f"is canceled; it was planned {times}{services}"
    return f"{parts.named(window)} {told}."


def _facts(card: MaintenanceCard, at: datetime) -> Iterator[tuple[str, str]]:
    """Ten at most."""
    window = card.maintenance
    yield "Status", parts.marked_state(window)
    yield "Owner", parts.person_named(card.owner.name) if card.owner else "Nobody"
    missed = parts.missed(window)
    begun, over = window.actual_start_at and not missed, window.actual_end_at and not missed
    yield "Started" if begun else "Starts", _time(window, start=True)
    ends = "Should have ended" if parts.overdue(window) else "Ends"
    yield "Ended" if over else ends, _time(window, start=False)
    yield f"In {literal(window.timezone, 60)}", literal(parts.local_span(window))
    if card.services:
        yield "Services", parts.listed([*card.services.values()])
    if window.matchers:
        yield "Alerts with", literal(" and ".join(window.matchers), 500)
    if window.recurrence:
        rule = spoken_rule(window.recurrence, known_zone(window.timezone))
        yield "Repeats", literal(rule, 300)
    if window.actual_end_at and not missed:
        yield "Lasted", spoken(window.actual_end_at - parts.start_of(window))
    elif by_hand := _by_hand(window):
        yield "By hand", by_hand
    if card.suppressed:
        yield "Suppressed alerts", _suppressed(card, at)


def _suppressed(card: MaintenanceCard, at: datetime) -> str:
    """While it runs, with the time: the card is not written anew for each of them."""
    still = f", {card.firing} still firing" if card.firing else ""
    if not card.maintenance.running:
        return f"{card.suppressed}{still}"
    return f"{card.suppressed} so far{still} ({moment(at, card.maintenance.timezone)})"


def _is_ahead(window: Maintenance) -> bool:
    """Whether something of it is still to come."""
    return window.running or window.scheduled_only


def _time(window: Maintenance, *, start: bool) -> str:
    at = parts.start_of(window) if start else parts.end_of(window)
    return moment(at, window.timezone)


def _by_hand(window: Maintenance) -> str:
    if not _is_ahead(window):
        return ""
    if window.auto_start or window.running:
        return "" if window.auto_complete else "Somebody has to complete it"
    return "Somebody has to start it" + ("" if window.auto_complete else " and to complete it")


def _words(card: MaintenanceCard) -> Iterator[b.Block]:
    """What people wrote."""
    window = card.maintenance
    if window.description:
        yield b.section(b.plain(window.description, SHOWN_DESCRIPTION))
    if window.cancel_reason:
        yield b.section(b.plain(f"Canceled: {window.cancel_reason}", SHOWN_REASON))
    if card.progress:
        yield b.context(b.mrkdwn("*Latest progress*"))
        yield b.section(b.plain(card.progress, SHOWN_PROGRESS))


def _overlaps(card: MaintenanceCard) -> Iterator[b.Block]:
    if not _is_ahead(card.maintenance):
        return
    for overlap in card.overlaps[:MOST_OVERLAPS]:
        yield b.context(b.mrkdwn(_overlap(overlap, card.maintenance.timezone)))
    if (left := len(card.overlaps) - MOST_OVERLAPS) > 0:
        yield b.context(b.plain(f"⚠️ It overlaps with {left} more."))


def _overlap(overlap: Overlap, timezone: str) -> str:
    start = moment(overlap.scheduled_start_at, timezone)
    end = moment(overlap.scheduled_end_at, timezone)
    return (
        f"⚠️ Overlaps on {parts.listed(overlap.services, 300)} with {overlap.reference} "
        f"“{literal(overlap.title, 200)}”: {start} – {end}"
    )


def _small_print(card: MaintenanceCard) -> Iterator[b.TextObject]:
    window = card.maintenance
    name = card.creator.name if card.creator else window.created_by_name
    yield b.mrkdwn(f"Scheduled by {parts.person_named(name) or 'Tocsin'}")
    if not window.customer_visible:
        yield b.plain("Not shown to customers")
    if is_link(window.runbook_url):
        yield b.mrkdwn(link(window.runbook_url, "Runbook"))
    yield b.mrkdwn(f"Last change {moment(window.updated_at, window.timezone)}")
