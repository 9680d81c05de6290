"""The lines of a window's history, as they are read in its threads."""

from collections.abc import Mapping

from bot.slack import blocks as b
from bot.slack.text import literal
from bot.slack.views.maintenance_sentences import SHOWN, SPOKEN, sentence
from core.domain import events as e
from core.domain.maintenance import Maintenance
from core.domain.narration import narrate
from core.language import say
from core.views import MaintenanceCard, TimelineEntry

ICONS: Mapping[type[e.MaintenanceEvent], str] = {
    e.MaintenanceEdited: "✏️",
    e.MaintenanceStartingSoon: "⏰",
    e.MaintenanceDue: "🔔",
    e.MaintenanceLapsed: "⌛",
    e.MaintenanceStarted: "🛠️",
    e.MaintenanceExtended: "⏩",
    e.MaintenanceEndingSoon: "⏳",
    e.MaintenanceOverran: "⚠️",
    e.MaintenanceCompleted: "✅",
    e.MaintenanceCanceled: "🚫",
    e.OccurrenceSkipped: "⏭️",
    e.ProgressPosted: "📣",
    e.SuppressedAlertsRaised: "🔔",
}

BROADCAST: frozenset[type[e.MaintenanceEvent]] = frozenset(
    {
        e.MaintenanceStartingSoon,
        e.MaintenanceDue,
        e.MaintenanceLapsed,
        e.MaintenanceStarted,
        e.MaintenanceExtended,
        e.MaintenanceEndingSoon,
        e.MaintenanceOverran,
        e.MaintenanceCompleted,
        e.MaintenanceCanceled,
    }
)
CALLING = (e.MaintenanceDue, e.MaintenanceLapsed, e.MaintenanceOverran)
SHOWN_TEXT = 2_500


def maintenance_notice(entry: TimelineEntry, card: MaintenanceCard) -> b.Message:
    """`text` is what notifications and screen readers say, with the times of the window's zone."""
    event = entry.event
    if not isinstance(event, e.MaintenanceEvent):
        return b.notice(narrate(event))
    icon = ICONS.get(type(event), "ℹ️")
    shown = b.section(b.mrkdwn(f"{icon} {sentence(event, card, SHOWN)}"))
    words = _words(event)
    told = f"{sentence(event, card, SPOKEN)} {literal(words, SHOWN_TEXT)}".strip()
    return b.Message(text=told, blocks=[shown, *b.paragraphs(words)])


def maintenance_trouble(entry: TimelineEntry, card: MaintenanceCard) -> b.Message:
    """For whoever looks after it: what could not be done in Slack, and that it goes on."""
    window = card.maintenance
    return b.notice(
        say(
            "⚠️ Slack does not show everything of {reference} “{title}”. {trouble} The "
            "maintenance itself goes on; all commands work.",
            reference=window.reference,
            title=window.title[:200],
            trouble=_trouble(entry.event)[:2000],
        )
    )


def for_everybody(event: e.Event) -> bool:
    """Whether those who do not follow the thread have to notice as well."""
    return type(event) in BROADCAST or has_moved(event)


def has_moved(event: e.Event) -> bool:
    times = ("scheduled_start_at", "scheduled_end_at")
    return isinstance(event, e.MaintenanceEdited) and any(getattr(event, time) for time in times)


def calls_the_owner(event: e.Event) -> bool:
    return isinstance(event, CALLING)


def comes_too_late(event: e.Event, window: Maintenance) -> bool:
    """Whether nobody can use it any more, as after hours without Slack."""
    match event:
        case e.MaintenanceStartingSoon() | e.MaintenanceDue():
            return not window.scheduled_only
        case e.MaintenanceEndingSoon() | e.MaintenanceOverran():
            return not window.running
        case _:
            return False


def _words(event: e.Event) -> str:
    """What a person wrote."""
    match event:
        case e.ProgressPosted():
            return event.text
        case e.MaintenanceCanceled():
            return event.reason
        case _:
            return ""


def _trouble(event: e.Event) -> str:
    return event.reason if isinstance(event, e.MaintenanceEffectBuried) else narrate(event)
