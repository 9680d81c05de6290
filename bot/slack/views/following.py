"""What somebody follows, and the lines that followers read."""

from collections.abc import Sequence

from bot.slack import blocks as b
from bot.slack.text import channel_link, clip, literal, moment
from bot.slack.views.told import told
from core.domain.incident import Incident
from core.domain.narration import narrate
from core.domain.particulars import Mode
from core.domain.subscription import Followed, Subscription
from core.domain.wording import times_in
from core.language import say
from core.views import TimelineEntry

UNFOLLOW = "subscription.end"
MOST = 45


def subscription_list(mine: Sequence[Subscription], heres: Sequence[Subscription]) -> b.Message:
    """Of a person, and of the channel where they ask."""
    if not (mine or heres):
        return b.notice(
            say(
                "You follow nothing yet. Type “/incident subscribe” in an incident's channel, "
                "“/incident subscribe service NAME” or “/incident subscribe severity critical”."
            )
        )
    heading = say("What you follow, and what this channel follows.")
    blocks = [b.section(b.plain(heading))]
    for one in [*mine, *heres][:MOST]:
        text = b.mrkdwn(
            say("This channel follows {what}", what=_what(one))
            if one.of_channel
            else say("You follow {what}", what=_what(one))
        )
        said = say("Stop following {what}", what=one.label)
        button = b.button(say("Stop"), action=UNFOLLOW, value=one.id, said=said)
        blocks.append(b.section(text, accessory=button))
    return b.Message(text=literal(heading), blocks=blocks)


def followed_line(entry: TimelineEntry, incident: Incident, *, why: Subscription) -> b.Message:
    """One thing that happened, for who follows from afar, with the way out."""
    sentence = digest_sentence(entry, incident)
    reason = (
        say("This channel follows {what}.", what=_what(why))
        if why.of_channel
        else say("You follow {what}.", what=_what(why))
    )
    said = say("Stop following {what}", what=why.label)
    button = b.button(say("Stop"), action=UNFOLLOW, value=why.id, said=said)
    return b.Message(
        text=sentence,
        blocks=[
            b.section(_words(entry, incident), accessory=button),
            b.context(b.mrkdwn(f"{reason} {_whereabouts(entry, incident)}")),
        ],
    )


def digest_line(entry: TimelineEntry, incident: Incident) -> b.Message:
    """For a channel that reads of everything."""
    sentence = digest_sentence(entry, incident)
    below = b.context(b.mrkdwn(_whereabouts(entry, incident)))
    return b.Message(text=sentence, blocks=[b.section(_words(entry, incident)), below])


def withdrawn_line(incident: Incident) -> b.Message:
    return b.notice(withdrawn_words(incident))


def withdrawn_words(incident: Incident) -> str:
    return say("{reference} is not public any more.", reference=incident.reference)


def digest_sentence(entry: TimelineEntry, incident: Incident) -> str:
    """Escaped: which incident, and what became of it."""
    return _sentence(incident, literal(incident.title, 300), told(entry.event, 1_500))


def _words(entry: TimelineEntry, incident: Incident) -> b.TextObject:
    """Words of people as they were typed; times on the clock of whoever reads them."""
    if times_in(entry.event):
        return b.mrkdwn(digest_sentence(entry, incident))
    what = clip(narrate(entry.event), 1_500)
    return b.plain(_sentence(incident, clip(incident.title, 300), what))


def _sentence(incident: Incident, title: str, what: str) -> str:
    return say(
        "{reference} “{title}”, {severity}: {what}",
        reference=_called(incident),
        title=title,
        severity=incident.severity.label,
        what=what,
    )


def _called(incident: Incident) -> str:
    if incident.mode is Mode.TEST:
        return say("[TEST] {reference}", reference=incident.reference)
    return incident.reference


def _whereabouts(entry: TimelineEntry, incident: Incident) -> str:
    """When it was, and where it goes on."""
    link = channel_link(incident.channel_id) if incident.channel_id else ""
    return f"{moment(entry.at)} {link}".strip()


def _what(subscription: Subscription) -> str:
    """Escaped."""
    name = literal(subscription.label, 200)
    match subscription.followed:
        case Followed.INCIDENT:
            return f"*{name}*"
        case Followed.SERVICE:
            return say("the service *{name}*", name=name)
        case Followed.SEVERITY:
            return say("the severity *{name}*", name=name)
