"""What becomes of an incident when something befalls its channel in Slack; pure.

A channel that cannot be written in, for whichever reason, has been archived as far as the incident
is concerned: news goes elsewhere until it is back.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any, assert_never

from core.domain.actor import Actor
from core.domain.channel_fate import ChannelFate
from core.domain.events import ChannelChanged
from core.domain.ids import ChannelId
from core.domain.incident import Incident


def befallen(
    incident: Incident,
    fate: ChannelFate,
    *,
    name: str = "",
    moved_to: ChannelId | None = None,
    by: Actor,
    at: datetime,
) -> tuple[Incident, ChannelChanged | None]:
    """`name` is what the channel is called now, where that is known. What is known already
    happens once."""
    called = name or incident.channel_name
    changes = _changes(incident, fate, called, moved_to, at)
    if changes is None:
        return incident, None
    event = ChannelChanged(
        incident_id=incident.id,
        by=by,
        at=at,
        what=fate,
        channel_name=called,
        before=incident.channel_name if fate is ChannelFate.RENAMED else "",
    )
    return replace(incident, **changes), event


def _changes(
    incident: Incident,
    fate: ChannelFate,
    name: str,
    moved_to: ChannelId | None,
    at: datetime,
) -> dict[str, Any] | None:
    """None where it is no news."""
    match fate:
        case ChannelFate.RENAMED:
            return {"channel_name": name} if name != incident.channel_name else None
        case ChannelFate.ARCHIVED | ChannelFate.LOST:
            return {"archived_at": at} if incident.archived_at is None else None
        case ChannelFate.UNARCHIVED | ChannelFate.REGAINED:
            back = {"archived_at": None, "channel_name": name}
            return back if incident.archived_at else None
        case ChannelFate.DELETED | ChannelFate.ABANDONED:
            return {"channel_id": None, "channel_name": "", "archived_at": None}
        case ChannelFate.MOVED:
            return {"channel_id": moved_to} if moved_to else None
        case ChannelFate.MADE_PUBLIC if incident.private:
            # Nothing more is said where everybody reads; it goes on in another one.
            return {"channel_id": None, "channel_name": "", "archived_at": None}
        case (
            ChannelFate.SHARED
            | ChannelFate.UNSHARED
            | ChannelFate.MADE_PRIVATE
            | ChannelFate.MADE_PUBLIC
        ):
            return {}
        case _:
            assert_never(fate)
