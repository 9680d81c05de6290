"""Commands on the history of an incident: messages kept in it, and lines corrected."""

from dataclasses import dataclass
from datetime import datetime

from core.commands.base import IncidentCommand
from core.domain.ids import ChannelId, SlackUserId, TeamId


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepMessage(IncidentCommand):
    """`ts` is what Slack calls the message in its channel, `why` one word for this pin, reaction
    or person. It stands once in the history, at the time at which it was said. `said_by` is which
    member of which workspace said it, of people."""

    channel_id: ChannelId
    ts: str
    text: str
    author: str
    said_at: datetime
    why: str
    permalink: str = ""
    files: tuple[str, ...] = ()
    said_by: tuple[TeamId, SlackUserId] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseMessage(IncidentCommand):
    """It is not kept for this reason any more; without any other one it leaves the history."""

    channel_id: ChannelId
    ts: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowMessage(IncidentCommand):
    """A kept message was edited where it was said, or deleted there: `text` is None then."""

    channel_id: ChannelId
    ts: str
    text: str | None
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectLine(IncidentCommand):
    """A line reads `text` and stands at `at` from now on, or is left out. What is None is as it
    was written down; what `stays` is as somebody corrected it, as is `hidden` where it is None."""

    line_id: str
    text: str | None = None
    at: datetime | None = None
    hidden: bool | None = False
    text_stays: bool = False
    at_stays: bool = False
