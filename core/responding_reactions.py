"""Which effects follow from what people do about an incident together."""

from typing import assert_never

from core.domain import events as e
from core.domain.actor import Surface
from core.domain.channel_fate import ChannelFate
from core.domain.ids import EntryId, IncidentId
from core.domain.reminder import Reminder
from core.effects import (
    ArchiveChannel,
    Effect,
    InvitePeople,
    OpenChannel,
    PostNotice,
    PostReminder,
    RefreshAlerts,
    RefreshAnnouncement,
    RefreshCard,
    RefreshLikenesses,
    RefreshMentions,
    RefreshTasks,
    RefreshTopic,
    RetellLines,
    TellRole,
    TellSubscribers,
    Withdraw,
)

FOLLOWED: tuple[type[e.Event], ...] = (
    e.IncidentDeclared,
    e.IncidentPublished,
    e.IncidentAcknowledged,
    e.IncidentAssigned,
    e.UpdatePosted,
    e.SeverityChanged,
    e.IncidentResolved,
    e.IncidentReopened,
    e.IncidentCanceled,
    e.IncidentMerged,
)
"""Of which those hear who follow an incident from afar."""


def followed_by(event: e.Event, entry_id: EntryId) -> list[Effect]:
    """Whoever follows it is told, where anybody does."""
    quiet = getattr(event, "quietly", False) or getattr(event, "draft", False)
    if quiet or not isinstance(event, FOLLOWED) or not isinstance(event, e.IncidentEvent):
        return []
    return [TellSubscribers(incident_id=event.incident_id, entry_id=entry_id)]


def responding_effects(  # noqa: C901 - one flat table
    event: e.RespondingFact, entry_id: EntryId
) -> list[Effect]:
    """What must be shown because of `event`; `entry_id` is its line in the timeline."""
    id = event.incident_id
    notice = PostNotice(incident_id=id, entry_id=entry_id)
    match event:
        case e.RoleGiven(user_id=None):
            # Whoever had it may know of what is private no more.
            return [InvitePeople(incident_id=id), notice, *shown_anew(id)]
        case e.RoleGiven():
            told: list[Effect] = [TellRole(incident_id=id, entry_id=entry_id)]
            return [InvitePeople(incident_id=id), notice, *told, *shown_anew(id)]
        case e.IncidentMerged():
            left: list[Effect] = [RefreshAlerts(incident_id=id), RefreshTasks(incident_id=id)]
            return [notice, *left, *shown_anew(id)]
        case e.IncidentAbsorbed():
            return [*_moved_here(id), notice, *shown_anew(id)]
        case e.MembersChanged():
            return _known_to_others(event, entry_id)
        case e.IncidentRelated() | e.IncidentUnrelated():
            return [notice, RefreshCard(incident_id=id)]
        case e.ReminderDue():
            return [PostReminder(incident_id=id, entry_id=entry_id)]
        case e.ChannelArchiveDue():
            return [ArchiveChannel(incident_id=id)]
        case e.ChannelChanged():
            return _room_changed(event, entry_id)
        case e.ReminderPutOff(reminder=Reminder.UPDATE):
            # Both say when news is due.
            return [RefreshCard(incident_id=id), RefreshAnnouncement(incident_id=id)]
        case e.ReminderPutOff():
            return [RefreshCard(incident_id=id)]
        case e.MessageKept() | e.MessageDropped() | e.EntryRevised():
            return []
        case _:
            assert_never(event)


def _moved_here(id: IncidentId) -> list[Effect]:
    return [InvitePeople(incident_id=id), RefreshAlerts(incident_id=id)]


def _known_to_others(event: e.MembersChanged, entry_id: EntryId) -> list[Effect]:
    """What was said in public is not gone on with there, and nothing else speaks of it. Taking it
    back waits for nothing that follows from this."""
    id = event.incident_id
    notice = PostNotice(incident_id=id, entry_id=entry_id)
    room: list[Effect] = []
    if event.private and event.turned:
        room.append(Withdraw(incident_id=id, entry_id=entry_id))
    if event.private:
        room.append(OpenChannel(incident_id=id))
    elsewhere: list[Effect] = [RefreshLikenesses(incident_id=one) for one in event.shown_in]
    retold = list(event.beside)
    if event.private and event.added:
        # Whoever comes in may not know of all that is named there.
        retold.append(id)
    elsewhere += [RefreshMentions(incident_id=one) for one in retold]
    elsewhere += [RetellLines(incident_id=one) for one in retold]
    return [*room, InvitePeople(incident_id=id), notice, *shown_anew(id), *elsewhere]


def _room_changed(event: e.ChannelChanged, entry_id: EntryId) -> list[Effect]:
    """Who reads elsewhere is told why there is silence; what was missed is shown again."""
    id = event.incident_id
    notice = PostNotice(incident_id=id, entry_id=entry_id)
    announcement = RefreshAnnouncement(incident_id=id)
    match event.what:
        case ChannelFate.ARCHIVED if event.by.surface is Surface.RELAY:
            return [announcement]  # it had served
        case ChannelFate.ARCHIVED | ChannelFate.DELETED | ChannelFate.LOST | ChannelFate.SHARED:
            return [notice, announcement]
        case ChannelFate.MADE_PUBLIC:
            # What is private needs another one, and takes back what everybody reads now.
            withdraw = Withdraw(incident_id=id, entry_id=entry_id)
            return [withdraw, OpenChannel(incident_id=id), notice, announcement]
        case ChannelFate.UNARCHIVED | ChannelFate.REGAINED:
            return [InvitePeople(incident_id=id), RefreshAlerts(incident_id=id), *shown_anew(id)]
        case _:
            return [announcement]


def shown_anew(id: IncidentId) -> list[Effect]:
    """All that says how the incident is, wherever it is shown."""
    return [
        RefreshCard(incident_id=id),
        RefreshAnnouncement(incident_id=id),
        RefreshTopic(incident_id=id),
    ]
