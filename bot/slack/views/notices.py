"""Timeline entries and updates as they are read in a channel."""

from collections.abc import Mapping

from bot.slack import blocks as b
from bot.slack.text import literal, moment
from bot.slack.views.parts import SHOWN_NAME
from core.domain import events as e
from core.domain.narration import narrate
from core.domain.update import StatusUpdate
from core.views import IncidentCard, TimelineEntry

ICONS: Mapping[type[e.Event], str] = {
    e.IncidentAcknowledged: "👀",
    e.IncidentReopened: "🔁",
    e.IncidentSnoozed: "💤",
    e.IncidentSuppressed: "🔕",
    e.IncidentResolved: "✅",
    e.IncidentClosed: "🔒",
    e.IncidentCanceled: "🚫",
    e.IncidentDeleted: "🗑️",
    e.IncidentEdited: "✏️",
    e.SeverityChanged: "🎚️",
    e.IncidentAssigned: "🙋",
    e.NoteAdded: "💬",
    e.AlertsFired: "🔔",
    e.AlertsCleared: "🔕",
}


def timeline_notice(entry: TimelineEntry) -> b.Message:
    icon = ICONS.get(type(entry.event), "ℹ️")
    sentence = f"{icon} {narrate(entry.event)}"
    return b.Message(text=literal(sentence), blocks=b.paragraphs(sentence))


def update_notice(update: StatusUpdate, reference: str) -> b.Message:
    """`text` says who and what in one go; the blocks give the words room."""
    who = literal(update.by.name, SHOWN_NAME)
    phase = update.phase.value.capitalize()
    heading = b.context(b.mrkdwn(f"📣 *{phase}* · {who}, {moment(update.at)}"))
    text = f"{who} posted an update on {reference} ({phase}): {literal(update.text, 2_500)}"
    return b.Message(text=text, blocks=[heading, *b.paragraphs(update.text)])


def trouble_notice(entry: TimelineEntry, card: IncidentCard) -> b.Message:
    """For whoever declared it: what could not be done in Slack, and that the incident goes on."""
    incident = card.incident
    return b.notice(
        f"⚠️ Slack does not show everything of {incident.reference} “{incident.title[:200]}”. "
        f"{narrate(entry.event)[:2_000]} The incident itself goes on; all commands work."
    )
