"""What those in charge read of channels that follow from afar and cannot be reached."""

from collections.abc import Sequence

from bot.slack import blocks as b
from bot.slack.naming import name_in
from bot.slack.outages import Outage
from bot.slack.text import channel_link, literal, moment
from core.language import say

LONGEST = 600
"""Units of a reason."""


def outage_notice(channel: str, reason: str, *, digest: bool) -> b.Message:
    """In person, once; `reason` is a sentence."""
    where, why = _named(channel), literal(reason, LONGEST)
    text = (
        say(
            "⚠️ The digest cannot be told in {channel}. {reason} Until it can be told there again, "
            "its lines are left out; “/incident settings” names another channel.",
            channel=where,
            reason=why,
        )
        if digest
        else say(
            "⚠️ {channel} follows incidents, and nothing can be told there. {reason} Until it can "
            "be reached again, what it follows is left out there.",
            channel=where,
            reason=why,
        )
    )
    return b.Message(text=text, blocks=[b.section(b.mrkdwn(text))])


def ended_notice(channel: str) -> b.Message:
    text = say("✅ {channel} is reached again.", channel=_named(channel))
    return b.Message(text=text, blocks=[b.section(b.mrkdwn(text))])


def outage_rows(outages: Sequence[Outage], digest: str) -> list[b.Block]:
    """On top of the settings; `digest` is the channel that they name for it now."""
    rows = [one for one in outages if one.channel or digest]
    return [b.section(b.mrkdwn(_row(one, digest))) for one in rows]


def _row(outage: Outage, digest: str) -> str:
    return say(
        "⚠️ Nothing can be told in {channel} since {since}. {reason}",
        channel=_named(outage.channel or digest),
        since=moment(outage.since),
        reason=literal(outage.reason, LONGEST),
    )


def _named(channel: str) -> str:
    name = name_in(channel)
    return f"#{literal(name, 100)}" if name else channel_link(channel.lstrip("#"))
