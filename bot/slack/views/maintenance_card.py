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
from core.language import say, to_say
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
    services = ""
    if card.services:
        services = say(" for {services}", services=parts.listed([*card.services.values()]))
    return say(
        _sentence_of(window),
        what=parts.named(window),
        times=parts.spoken_span(window),
        services=services,
    )


def _sentence_of(window: Maintenance) -> str:
    match window.state:
        case MaintenanceState.SCHEDULED:
            return to_say("{what} is scheduled {times}{services}.")
        case MaintenanceState.IN_PROGRESS if parts.overdue(window):
            return to_say("{what} is in progress{services}, {times}.")
        case MaintenanceState.IN_PROGRESS:
            return to_say("{what} is in progress, {times}{services}.")
        case MaintenanceState.COMPLETED if parts.missed(window):
            return to_say("{what} is completed; it was planned {times}{services}.")
        case MaintenanceState.COMPLETED:
            return to_say("{what} is completed; it went on {times}{services}.")
        case MaintenanceState.CANCELED:
            return to_say("{what} is canceled; it was planned {times}{services}.")


def _facts(card: MaintenanceCard, at: datetime) -> Iterator[tuple[str, str]]:
    """Ten at most."""
    window = card.maintenance
    yield say("Status"), parts.marked_state(window)
    yield say("Owner"), parts.person_named(card.owner.name) if card.owner else say("Nobody")
    missed = parts.missed(window)
    begun, over = window.actual_start_at and not missed, window.actual_end_at and not missed
    yield say("Started") if begun else say("Starts"), _time(window, start=True)
    ends = say("Should have ended") if parts.overdue(window) else say("Ends")
    yield say("Ended") if over else ends, _time(window, start=False)
    yield (
        say("In {timezone}", timezone=literal(window.timezone, 60)),
        literal(parts.local_span(window)),
    )
    if card.services:
        yield say("Services"), parts.listed([*card.services.values()])
    if window.matchers:
        yield say("Alerts with"), literal(say(" and ").join(window.matchers), 500)
    if window.recurrence:
        rule = spoken_rule(window.recurrence, known_zone(window.timezone))
        yield say("Repeats"), literal(rule, 300)
    if window.actual_end_at and not missed:
        yield say("Lasted"), spoken(window.actual_end_at - parts.start_of(window))
    elif by_hand := _by_hand(window):
        yield say("By hand"), by_hand
    if card.suppressed:
        yield say("Suppressed alerts"), _suppressed(card, at)


def _suppressed(card: MaintenanceCard, at: datetime) -> str:
    """While it runs, with the time: the card is not written anew for each of them."""
    still = say(", {count} still firing", count=card.firing) if card.firing else ""
    if not card.maintenance.running:
        return f"{card.suppressed}{still}"
    return say(
        "{count} so far{still} ({at})",
        count=card.suppressed,
        still=still,
        at=moment(at, card.maintenance.timezone),
    )


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
        return "" if window.auto_complete else say("Somebody has to complete it")
    if window.auto_complete:
        return say("Somebody has to start it")
    return say("Somebody has to start it and to complete it")


def _words(card: MaintenanceCard) -> Iterator[b.Block]:
    """What people wrote."""
    window = card.maintenance
    if window.description:
        yield b.section(b.plain(window.description, SHOWN_DESCRIPTION))
    if window.cancel_reason:
        yield b.section(
            b.plain(say("Canceled: {reason}", reason=window.cancel_reason), SHOWN_REASON)
        )
    if card.progress:
        yield b.context(b.mrkdwn(say("*Latest progress*")))
        yield b.section(b.plain(card.progress, SHOWN_PROGRESS))


def _overlaps(card: MaintenanceCard) -> Iterator[b.Block]:
    if not _is_ahead(card.maintenance):
        return
    for overlap in card.overlaps[:MOST_OVERLAPS]:
        yield b.context(b.mrkdwn(_overlap(overlap, card.maintenance.timezone)))
    if (left := len(card.overlaps) - MOST_OVERLAPS) > 0:
        yield b.context(b.plain(say("⚠️ It overlaps with {left} more.", left=left)))


def _overlap(overlap: Overlap, timezone: str) -> str:
    start = moment(overlap.scheduled_start_at, timezone)
    end = moment(overlap.scheduled_end_at, timezone)
    return say(
        "⚠️ Overlaps on {services} with {reference} “{title}”: {start} – {end}",
        services=parts.listed(overlap.services, 300),
        reference=overlap.reference,
        title=literal(overlap.title, 200),
        start=start,
        end=end,
    )


def _small_print(card: MaintenanceCard) -> Iterator[b.TextObject]:
    window = card.maintenance
    name = card.creator.name if card.creator else window.created_by_name
    yield b.mrkdwn(say("Scheduled by {who}", who=parts.person_named(name) or "Tocsin"))
    if not window.customer_visible:
        yield b.plain(say("Not shown to customers"))
    if is_link(window.runbook_url):
        yield b.mrkdwn(link(window.runbook_url, say("Runbook")))
    yield b.mrkdwn(
        say("Last change {updated_at}", updated_at=moment(window.updated_at, window.timezone))
    )
