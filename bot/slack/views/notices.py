"""Timeline entries and updates as they are read in a channel."""

from collections.abc import Mapping

from bot.slack import blocks as b
from bot.slack.text import channel_link, literal, mention, moment
from bot.slack.views.parts import SHOWN_NAME
from bot.slack.views.told import told
from core.domain import events as e
from core.domain.choice_words import labelled
from core.domain.incident import Incident
from core.domain.lasting import lasted
from core.domain.narration import narrate
from core.domain.update import StatusUpdate
from core.domain.wording import spoken, times_in
from core.language import say, to_say
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
    e.AlertsFlapping: "🌊",
    e.AlertsSteady: "⚓",
    e.AlertDismissed: "🙅",
    e.AlertSplit: "🔀",
    e.IncidentMerged: "🔀",
    e.IncidentAbsorbed: "🔀",
    e.IncidentRelated: "🔗",
    e.IncidentUnrelated: "🔗",
    e.MembersChanged: "🔒",
}
SOURCE_ICONS: Mapping[type[e.Event], str] = {
    e.IntegrationQuiet: "🦗",
    e.AlertsNotified: "🔔",
    e.WebhookSwitchedOff: "⛔",
}


def timeline_notice(entry: TimelineEntry, called: str = "", place: str = "") -> b.Message:
    """`called` is the Slack id of somebody who has to hear of it, `place` of the channel where it
    goes on."""
    icon = ICONS.get(type(entry.event), "ℹ️")
    text = f"{icon} {told(entry.event)}"
    if place:
        words = to_say("{sentence} Its channel is {place}.")
        text = say(words, sentence=text, place=channel_link(place))
    elif called:
        text = f"{mention(called)} {text}"
    elif not times_in(entry.event):
        return b.Message(text=text, blocks=b.paragraphs(f"{icon} {narrate(entry.event)}"))
    return b.Message(text=text, blocks=[b.section(b.mrkdwn(text))])


def lasting(message: b.Message, entry: TimelineEntry, incident: Incident) -> b.Message:
    """With the news that it is over: how long it went on, as its card says."""
    if not isinstance(entry.event, e.IncidentResolved):
        return message
    took = lasted(incident, incident.resolved_at or entry.at)
    span = say("It lasted {duration}.", duration=spoken(took))
    blocks = [*message.blocks, b.context(b.plain(span))]
    return b.Message(text=f"{message.text} {span}", blocks=blocks)


def source_notice(entry: TimelineEntry, remark: str = "") -> b.Message:
    """What is to be read of an alert source or the like; `remark`, which is escaped already,
    stands below it."""
    icon = SOURCE_ICONS.get(type(entry.event), "ℹ️")
    text = f"{icon} {told(entry.event, 2_000)}"
    below = [b.context(b.mrkdwn(remark))] if remark else []
    shown = (
        [b.section(b.mrkdwn(text))]
        if times_in(entry.event)
        else b.paragraphs(f"{icon} {narrate(entry.event)}")
    )
    return b.Message(text=f"{text} {remark}".strip(), blocks=[*shown, *below])


def update_notice(update: StatusUpdate, reference: str) -> b.Message:
    """`text` says who and what in one go; the blocks give the words room."""
    who = literal(update.by.name, SHOWN_NAME)
    phase = labelled(update.phase)
    heading = b.context(b.mrkdwn(f"📣 *{phase}* · {who}, {moment(update.at)}"))
    text = say(
        "{who} posted an update on {reference} ({phase}): {text}",
        who=who,
        reference=reference,
        phase=phase,
        text=literal(update.text, 2_500),
    )
    return b.Message(text=text, blocks=[heading, *b.paragraphs(update.text)])


def still_standing(entry: TimelineEntry) -> b.Message:
    """For those in charge of a private incident: what others go on reading of it."""
    return b.notice(say("⚠️ {trouble}", trouble=narrate(entry.event)[:2_900]))


def left_alone_notice(reference: str) -> b.Message:
    """For those in charge of the organisation, who may not know more of a private incident."""
    text = say(
        "⚠️ {reference} is private, and nobody who may know of it is here any more. Whoever "
        "operates Tocsin can let others in, with an API key that has the scope incidents:private.",
        reference=reference,
    )
    return b.notice(text)


def trouble_notice(entry: TimelineEntry, card: IncidentCard) -> b.Message:
    """For whoever declared it: what could not be done in Slack, and that the incident goes on."""
    incident = card.incident
    return b.notice(
        say(
            "⚠️ Slack does not show everything of {reference} “{title}”. {trouble} "
            "The incident itself goes on; all commands work.",
            reference=incident.reference,
            title=incident.title[:200],
            trouble=narrate(entry.event)[:2_000],
        )
    )
