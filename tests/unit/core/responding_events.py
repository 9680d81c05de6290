"""One event of every kind about working on an incident together, with its sentence and effects."""

from typing import Any

from core.domain import events as e
from core.domain.actor import Actor, Surface
from core.domain.channel_fate import ChannelFate
from core.domain.ids import IncidentId, UserId
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
    RefreshMentions,
    RefreshTasks,
    RefreshTopic,
    RetellLines,
    TellRole,
    Withdraw,
)
from tests.fakes.moment import NOON

ALICE = Actor(surface=Surface.SLACK, name="Alice Archer", user_id=UserId("usr_alice"))
TOCSIN = Actor(surface=Surface.SCHEDULER, name="Tocsin")
_OF: dict[str, Any] = {"by": ALICE, "at": NOON, "incident_id": IncidentId("inc_7")}
_OTHER = IncidentId("inc_9")
_ANEW: list[type[Effect]] = [RefreshCard, RefreshAnnouncement, RefreshTopic]


def _fell(what: ChannelFate, before: str = "") -> e.ChannelChanged:
    return e.ChannelChanged(**_OF, what=what, channel_name="inc-7", before=before)


def _due(reminder: Reminder, name: str = "") -> e.ReminderDue:
    return e.ReminderDue(**_OF, reminder=reminder, count=1, since=NOON, name=name)


# What happened, how it is told, and what has to be shown of it.
RESPONDING: list[tuple[e.RespondingFact, str, list[type[Effect]]]] = [
    (
        e.RoleGiven(
            **_OF,
            role_id="rol_1",
            role="Scribe",
            user_id=UserId("usr_bob"),
            user_name="Bob Brook",
        ),
        "Alice Archer gave the role Scribe to Bob Brook.",
        [InvitePeople, PostNotice, TellRole, *_ANEW],
    ),
    (
        e.RoleGiven(**_OF, role_id="rol_1", role="Scribe", user_id=None),
        "Alice Archer left the role Scribe to nobody.",
        [InvitePeople, PostNotice, *_ANEW],
    ),
    (
        e.IncidentMerged(**_OF, into_id=_OTHER, into="INC-9"),
        "Alice Archer merged the incident into INC-9.",
        [PostNotice, RefreshAlerts, RefreshTasks, *_ANEW],
    ),
    (
        e.IncidentMerged(**_OF, into_id=IncidentId(""), into=""),
        "Alice Archer merged the incident into another one.",
        [PostNotice, RefreshAlerts, RefreshTasks, *_ANEW],
    ),
    (
        e.IncidentAbsorbed(**_OF, other_id=_OTHER, other="INC-9"),
        "Alice Archer merged INC-9 into this incident.",
        [InvitePeople, RefreshAlerts, PostNotice, *_ANEW],
    ),
    (
        e.IncidentRelated(**_OF, other_id=_OTHER, other="INC-9"),
        "Alice Archer linked INC-9 to the incident.",
        [PostNotice, RefreshCard],
    ),
    (
        e.IncidentUnrelated(**_OF, other_id=_OTHER, other="INC-9"),
        "Alice Archer took away the link to INC-9.",
        [PostNotice, RefreshCard],
    ),
    (
        e.MembersChanged(**_OF, private=True, turned=True),
        "Alice Archer made the incident private.",
        [Withdraw, OpenChannel, InvitePeople, PostNotice, *_ANEW],
    ),
    (
        e.MembersChanged(**_OF, private=False, turned=True, beside=(_OTHER,)),
        "Alice Archer made the incident visible to everybody.",
        [InvitePeople, PostNotice, *_ANEW, RefreshMentions, RetellLines],
    ),
    (
        e.MembersChanged(**_OF, private=True, added=("Bob Brook", "Carol Cole")),
        "Alice Archer let Bob Brook and Carol Cole in.",
        [OpenChannel, InvitePeople, PostNotice, *_ANEW, RefreshMentions, RetellLines],
    ),
    (
        e.MembersChanged(**_OF, private=True, removed=("Bob Brook",)),
        "Alice Archer shut Bob Brook out.",
        [OpenChannel, InvitePeople, PostNotice, *_ANEW],
    ),
    (
        e.MessageKept(
            **_OF, message_id="kmg_1", author="Bob Brook", text="It is the index", said_at=NOON
        ),
        "Bob Brook wrote: It is the index",
        [],
    ),
    (
        e.MessageDropped(**_OF, message_id="kmg_1", author="Bob Brook"),
        "Alice Archer took a message of Bob Brook out of the timeline.",
        [],
    ),
    (
        e.EntryRevised(**_OF, line_id="ent_1", text="It was the index"),
        "Alice Archer corrected a line of the timeline.",
        [],
    ),
    (_due(Reminder.LEAD), "Nobody leads the incident yet.", [PostReminder]),
    (
        _due(Reminder.UPDATE),
        "An update is due; the last news is from 2030-01-01 12:00 UTC.",
        [PostReminder],
    ),
    (
        _due(Reminder.STALE),
        "Nothing was heard of the incident since 2030-01-01 12:00 UTC. Does it go on?",
        [PostReminder],
    ),
    (_due(Reminder.TASK, "Call them"), "The task “Call them” is due.", [PostReminder]),
    (
        _due(Reminder.TASKS_LEFT),
        "The incident is over, and tasks of it are still open.",
        [PostReminder],
    ),
    (
        e.ReminderPutOff(**_OF, reminder=Reminder.UPDATE, until=NOON),
        "Alice Archer put off a reminder until 2030-01-01 12:00 UTC.",
        [RefreshCard, RefreshAnnouncement],
    ),
    (
        e.ReminderPutOff(**_OF, reminder=Reminder.STALE, until=NOON),
        "Alice Archer put off a reminder until 2030-01-01 12:00 UTC.",
        [RefreshCard],
    ),
    (
        e.ChannelArchiveDue(**_OF),
        "The incident has been over for long enough; its channel can be archived.",
        [ArchiveChannel],
    ),
    (
        _fell(ChannelFate.RENAMED, before="inc-six"),
        "Alice Archer renamed the channel #inc-six to #inc-7.",
        [RefreshAnnouncement],
    ),
    (
        _fell(ChannelFate.ARCHIVED),
        "Alice Archer archived the channel #inc-7.",
        [PostNotice, RefreshAnnouncement],
    ),
    (
        _fell(ChannelFate.UNARCHIVED),
        "Alice Archer brought the channel #inc-7 back.",
        [InvitePeople, RefreshAlerts, *_ANEW],
    ),
    (
        _fell(ChannelFate.LOST),
        "Tocsin was taken out of the channel #inc-7.",
        [PostNotice, RefreshAnnouncement],
    ),
]
