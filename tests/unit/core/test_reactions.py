"""What must be shown because of each event."""

from dataclasses import replace

import pytest

from core.domain.events import (
    AlertsFired,
    EffectBuried,
    Event,
    IncidentAssigned,
    IncidentDeclared,
    IncidentEdited,
    IncidentEvent,
    IncidentResolved,
    MaintenanceCompleted,
    MaintenanceEvent,
    MaintenanceFact,
    MaintenanceScheduled,
    MaintenanceStarted,
    MembersChanged,
    NoteAdded,
    RecordCreated,
    RespondingEvent,
    UpdatePosted,
)
from core.domain.ids import EntryId, IncidentId
from core.effects import (
    COLLAPSIBLE,
    KINDS,
    AddBookmarks,
    Effect,
    FanOutWebhooks,
    FindLikenesses,
    IndexIncident,
    IndexRecord,
    InvitePeople,
    OpenChannel,
    PostAlertNotice,
    PostExecution,
    PostMaintenanceNotice,
    PostNotice,
    PostUpdate,
    RefreshAlerts,
    RefreshAnnouncement,
    RefreshCard,
    RefreshLikenesses,
    RefreshMaintenanceCard,
    RefreshTasks,
    RefreshTopic,
    SendWebhook,
    TellDeclarer,
    TellMaintenanceOwner,
    TellRole,
    TellSubscribers,
    UnarchiveChannel,
    Withdraw,
)
from core.reactions import effects_of, indexed_by, shown_by
from core.responding_reactions import FOLLOWED, followed_by
from tests.unit.core.events import BELONGING, EVENTS
from tests.unit.core.responding_events import RESPONDING

ENTRY = EntryId("ent_1")
SHOWN_ANEW: list[type[Effect]] = [RefreshCard, RefreshAnnouncement, RefreshTopic]
NOTICE: list[type[Effect]] = [PostNotice, *SHOWN_ANEW]
COUNTED: list[type[Effect]] = [RefreshAlerts, RefreshCard, RefreshAnnouncement]
WITH_ALERTS: list[type[Effect]] = [PostNotice, RefreshAlerts, *SHOWN_ANEW]
ANNOUNCED: list[type[Effect]] = [
    RefreshMaintenanceCard,
    PostMaintenanceNotice,
    FanOutWebhooks,
]
POLICY: dict[str, list[type[Effect]]] = {
    "IncidentDeclared": [RefreshAnnouncement, OpenChannel, FindLikenesses],
    "IncidentPublished": [RefreshAnnouncement, OpenChannel, FindLikenesses],
    "IncidentAcknowledged": NOTICE,
    "IncidentReopened": [UnarchiveChannel, OpenChannel, *WITH_ALERTS],
    "IncidentSnoozed": NOTICE,
    "IncidentSuppressed": NOTICE,
    "IncidentResolved": WITH_ALERTS,
    "IncidentClosed": NOTICE,
    "IncidentCanceled": WITH_ALERTS,
    "IncidentDeleted": WITH_ALERTS,
    "IncidentEdited": NOTICE,
    "SeverityChanged": [InvitePeople, *NOTICE],
    "IncidentAssigned": [InvitePeople, PostNotice, TellRole, *SHOWN_ANEW],
    "UpdatePosted": [PostUpdate, *SHOWN_ANEW],
    "NoteAdded": [PostNotice],
    "ChannelLinked": [
        RefreshCard,
        RefreshAnnouncement,
        InvitePeople,
        RefreshTopic,
        AddBookmarks,
        RefreshLikenesses,
        RefreshAlerts,
        RefreshTasks,
    ],
    "AlertsFired": COUNTED,
    "AlertsCleared": COUNTED,
    "AlertsFlapping": [PostNotice, *COUNTED],
    "AlertsSteady": [PostNotice, *COUNTED],
    "AlertDismissed": [PostNotice, *COUNTED],
    "AlertSplit": [PostNotice, *COUNTED],
    "IntegrationQuiet": [PostAlertNotice],
    "AlertsNotified": [PostAlertNotice],
    "WebhookSwitchedOff": [PostAlertNotice],
    "LikenessesFound": [RefreshLikenesses],
    "LikenessJudged": [RefreshLikenesses],
    "ProcedureRun": [PostExecution],
    "EffectBuried": [TellDeclarer],
    **dict.fromkeys(
        (
            "MaintenanceEdited",
            "MaintenanceStartingSoon",
            "MaintenanceDue",
            "MaintenanceLapsed",
            "MaintenanceStarted",
            "MaintenanceExtended",
            "MaintenanceEndingSoon",
            "MaintenanceOverran",
            "MaintenanceCompleted",
            "MaintenanceCanceled",
            "OccurrenceSkipped",
            "ProgressPosted",
            "SuppressedAlertsRaised",
        ),
        ANNOUNCED,
    ),
    "MaintenanceScheduled": [RefreshMaintenanceCard, FanOutWebhooks],
    "MaintenanceEffectBuried": [TellMaintenanceOwner],
}
QUIET = IncidentDeclared | IncidentEdited | IncidentResolved | NoteAdded | UpdatePosted


INDEXED: dict[str, list[Effect]] = {
    **{
        name: [IndexIncident(incident_id=IncidentId("inc_7"))]
        for name in (
            "IncidentDeclared",
            "IncidentEdited",
            "UpdatePosted",
            "IncidentResolved",
            "IncidentDeleted",
        )
    },
    **{
        name: [IndexRecord(record_id="prc_1")]
        for name in ("RecordCreated", "RecordChanged", "RecordDeleted")
    },
}
"""What search has to hear of; the record is a procedure."""


LANES = ("index", "likenesses", "webhooks", "subscribers", "withdraw", "lines")
"""What has lanes of its own of an incident."""


def _draft(event: Event) -> bool:
    return bool(getattr(event, "draft", False))


def _apart(event: Event) -> bool:
    """Those that have a test of their own."""
    missed = isinstance(event, MaintenanceStarted | MaintenanceScheduled) and event.missed
    over = isinstance(event, IncidentDeclared) and event.over
    calls = isinstance(event, AlertsFired) and event.calls
    others = isinstance(event, IncidentEdited) and event.concerns_others
    return (
        _draft(event)
        or isinstance(event, RespondingEvent)
        or (isinstance(event, IncidentAssigned) and event.assignee_id is None)
        or any(event == one for one, *_ in BELONGING)
        or over
        or calls
        or others
        or bool(missed)
        or bool(getattr(event, "past", False))
    )


@pytest.mark.parametrize("event", [event for event in EVENTS if not _apart(event)])
def test_an_event_has_its_effects_in_order(event: Event) -> None:
    kinds = [type(effect) for effect in shown_by(event, ENTRY)]

    assert kinds == POLICY.get(type(event).__name__, [])


@pytest.mark.parametrize(
    ("event", "expected"), [(event, kinds) for event, _, kinds in (*RESPONDING, *BELONGING)]
)
def test_working_together_has_its_effects_in_order(
    event: Event, expected: list[type[Effect]]
) -> None:
    kinds = [type(effect) for effect in shown_by(event, ENTRY)]

    assert kinds == expected


@pytest.mark.parametrize("event", [event for event in EVENTS if isinstance(event, FOLLOWED)])
def test_followers_hear_of_what_everybody_is_told(event: Event) -> None:
    told = [TellSubscribers(incident_id=IncidentId("inc_7"), entry_id=ENTRY)]

    assert followed_by(event, ENTRY) == ([] if _draft(event) else told)


def test_what_became_private_is_taken_back_whoever_follows_it() -> None:
    turned = [one for one in EVENTS if isinstance(one, MembersChanged) and one.turned]

    withdrawn = {
        event.private: [one for one in shown_by(event, ENTRY) if isinstance(one, Withdraw)]
        for event in turned
    }

    once = Withdraw(incident_id=IncidentId("inc_7"), entry_id=ENTRY)
    assert withdrawn == {True: [once], False: []}


@pytest.mark.parametrize("event", EVENTS)
def test_search_hears_of_new_words_and_of_what_was_deleted(event: Event) -> None:
    effects = indexed_by(event)

    plain = getattr(event, "noun", "procedure") == "procedure"
    assert effects == (INDEXED.get(type(event).__name__, []) if plain else [])


def test_search_does_not_hear_of_nouns_that_are_not_found() -> None:
    [created, *_] = [event for event in EVENTS if isinstance(event, RecordCreated)]

    assert indexed_by(replace(created, noun="follow-up")) == []


def test_nothing_is_sought_for_what_is_over_when_it_is_declared() -> None:
    [over] = [event for event in EVENTS if isinstance(event, IncidentDeclared) and event.over]

    kinds = [type(effect) for effect in shown_by(over, ENTRY)]

    assert kinds == [RefreshAnnouncement, OpenChannel]


@pytest.mark.parametrize("event", [event for event in EVENTS if isinstance(event, IncidentEvent)])
def test_effects_concern_the_incident_and_the_entry_of_the_event(event: Event) -> None:
    effects = effects_of(event, ENTRY)

    beside = getattr(event, "beside", ())
    lanes = {"inc_7", *(f"{lane}:inc_7" for lane in LANES), *beside}
    lanes |= {f"lines:{id}" for id in beside}
    assert {effect.subject_id for effect in effects} <= lanes
    assert {e.entry_id for e in effects if isinstance(e, PostNotice | TellDeclarer)} <= {ENTRY}


def test_nothing_is_shown_of_a_draft() -> None:
    [draft] = filter(_draft, EVENTS)

    assert shown_by(draft, ENTRY) == []


@pytest.mark.parametrize("event", EVENTS)
def test_nothing_is_shown_of_what_happens_quietly(event: Event) -> None:
    if isinstance(event, QUIET):
        assert shown_by(replace(event, quietly=True), ENTRY) == []


def test_a_burial_asks_nothing_of_the_channel_that_failed() -> None:
    [buried] = [event for event in EVENTS if isinstance(event, EffectBuried)]

    assert effects_of(buried, ENTRY) == [
        TellDeclarer(incident_id=buried.incident_id, entry_id=ENTRY)
    ]


def test_who_takes_care_of_it_is_told_of_alerts_that_call() -> None:
    [calling] = [event for event in EVENTS if isinstance(event, AlertsFired) and event.calls]

    kinds = [type(effect) for effect in shown_by(calling, ENTRY)]

    assert kinds == [PostNotice, *COUNTED]


def test_who_belongs_in_the_channel_is_looked_at_where_nobody_is_assigned() -> None:
    [nobodys] = [
        event
        for event in EVENTS
        if isinstance(event, IncidentAssigned) and event.assignee_id is None
    ]

    kinds = [type(effect) for effect in shown_by(nobodys, ENTRY)]

    assert kinds == [InvitePeople, *NOTICE]


def test_whose_roles_are_edited_quietly_comes_into_the_channel_or_leaves_it() -> None:
    edited, *_ = [one for one in EVENTS if isinstance(one, IncidentEdited) and one.concerns_others]
    quietly = replace(edited, fields=("roles",), quietly=True)

    kinds = [type(effect) for effect in shown_by(quietly, ENTRY)]

    assert kinds == [InvitePeople]


def test_owners_of_other_services_are_invited() -> None:
    edited, *_ = [one for one in EVENTS if isinstance(one, IncidentEdited) and one.concerns_others]

    kinds = [type(effect) for effect in shown_by(edited, ENTRY)]

    assert kinds == [InvitePeople, *NOTICE]


def test_the_alerts_of_an_incident_that_gets_no_channel_are_shown_all_the_same() -> None:
    [buried] = [event for event in EVENTS if isinstance(event, EffectBuried)]

    effects = effects_of(replace(buried, effect="OpenChannel"), ENTRY)

    assert RefreshAlerts(incident_id=buried.incident_id) in effects


def test_work_that_is_only_written_down_is_shown_nowhere() -> None:
    [past] = [event for event in EVENTS if isinstance(event, MaintenanceScheduled) and event.past]

    assert effects_of(past, ENTRY) == [
        FanOutWebhooks(maintenance_id=past.maintenance_id, entry_id=ENTRY)
    ]


def test_occurrences_that_passed_unseen_are_told_below_the_next_card() -> None:
    [late] = [event for event in EVENTS if isinstance(event, MaintenanceScheduled) and event.missed]

    kinds = [type(effect) for effect in effects_of(late, ENTRY)]

    assert kinds == [RefreshMaintenanceCard, PostMaintenanceNotice, FanOutWebhooks]


def test_a_window_that_was_missed_whole_is_announced_once_when_it_is_over() -> None:
    missed = [event for event in EVENTS if getattr(event, "missed", 0) is True]

    notices = [
        type(event)
        for event in missed
        for effect in effects_of(event, ENTRY)
        if isinstance(effect, PostMaintenanceNotice)
    ]

    assert {type(event) for event in missed} == {MaintenanceStarted, MaintenanceCompleted}
    assert notices == [MaintenanceCompleted]


@pytest.mark.parametrize(
    "event", [event for event in EVENTS if isinstance(event, MaintenanceEvent)]
)
def test_effects_concern_the_window_and_the_entry_of_the_event(event: MaintenanceFact) -> None:
    effects = effects_of(event, ENTRY)

    assert {getattr(effect, "maintenance_id", "") for effect in effects} == {event.maintenance_id}
    assert {getattr(effect, "entry_id", ENTRY) for effect in effects} == {ENTRY}


def test_every_effect_follows_from_something_and_can_be_stored_by_name() -> None:
    wanted = {type(effect) for event in EVENTS for effect in effects_of(event, ENTRY)}

    assert wanted | {SendWebhook} == set(KINDS.values())  # which follows from a fan-out
    assert wanted >= COLLAPSIBLE


def test_what_is_said_once_never_collapses() -> None:
    said = {
        OpenChannel,
        PostUpdate,
        PostNotice,
        TellDeclarer,
        PostMaintenanceNotice,
        PostAlertNotice,
    }
    assert COLLAPSIBLE.isdisjoint(said | {TellMaintenanceOwner, FanOutWebhooks, SendWebhook})
