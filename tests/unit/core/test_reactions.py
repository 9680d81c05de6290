"""What must be shown because of each event."""

from dataclasses import replace

import pytest

from core.domain.events import (
    EffectBuried,
    Event,
    IncidentDeclared,
    IncidentEdited,
    IncidentEvent,
    IncidentResolved,
    NoteAdded,
    UpdatePosted,
)
from core.domain.ids import EntryId, IncidentId
from core.effects import (
    COLLAPSIBLE,
    KINDS,
    AddBookmarks,
    Effect,
    InvitePeople,
    OpenChannel,
    PostNotice,
    PostUpdate,
    RefreshAnnouncement,
    RefreshCard,
    RefreshTopic,
    TellDeclarer,
)
from core.reactions import effects_of
from tests.unit.core.events import EVENTS

ENTRY = EntryId("ent_1")
SHOWN_ANEW: list[type[Effect]] = [RefreshCard, RefreshAnnouncement, RefreshTopic]
NOTICE: list[type[Effect]] = [PostNotice, *SHOWN_ANEW]
POLICY: dict[str, list[type[Effect]]] = {
    "IncidentDeclared": [RefreshAnnouncement, OpenChannel],
    "IncidentPublished": [RefreshAnnouncement, OpenChannel],
    "IncidentAcknowledged": NOTICE,
    "IncidentReopened": [OpenChannel, *NOTICE],
    "IncidentSnoozed": NOTICE,
    "IncidentSuppressed": NOTICE,
    "IncidentResolved": NOTICE,
    "IncidentClosed": NOTICE,
    "IncidentCanceled": NOTICE,
    "IncidentDeleted": NOTICE,
    "IncidentEdited": NOTICE,
    "SeverityChanged": NOTICE,
    "IncidentAssigned": [InvitePeople, *NOTICE],
    "UpdatePosted": [PostUpdate, *SHOWN_ANEW],
    "NoteAdded": [PostNotice],
    "ChannelLinked": [RefreshCard, RefreshAnnouncement, InvitePeople, RefreshTopic, AddBookmarks],
    "AlertsFired": NOTICE,
    "AlertsCleared": NOTICE,
    "EffectBuried": [TellDeclarer],
}
QUIET = IncidentDeclared | IncidentEdited | IncidentResolved | NoteAdded | UpdatePosted


def _draft(event: Event) -> bool:
    return bool(getattr(event, "draft", False))


@pytest.mark.parametrize("event", [event for event in EVENTS if not _draft(event)])
def test_an_event_has_its_effects_in_order(event: Event) -> None:
    kinds = [type(effect) for effect in effects_of(event, ENTRY)]

    assert kinds == POLICY.get(type(event).__name__, [])


@pytest.mark.parametrize("event", [event for event in EVENTS if isinstance(event, IncidentEvent)])
def test_effects_concern_the_incident_and_the_entry_of_the_event(event: Event) -> None:
    effects = effects_of(event, ENTRY)

    assert {effect.incident_id for effect in effects} <= {IncidentId("inc_7")}
    assert {e.entry_id for e in effects if isinstance(e, PostNotice | TellDeclarer)} <= {ENTRY}


def test_nothing_is_shown_of_a_draft() -> None:
    [draft] = filter(_draft, EVENTS)

    assert effects_of(draft, ENTRY) == []


@pytest.mark.parametrize("event", EVENTS)
def test_nothing_is_shown_of_what_happens_quietly(event: Event) -> None:
    if isinstance(event, QUIET):
        assert effects_of(replace(event, quietly=True), ENTRY) == []


def test_a_burial_asks_nothing_of_the_channel_that_failed() -> None:
    [buried] = [event for event in EVENTS if isinstance(event, EffectBuried)]

    assert effects_of(buried, ENTRY) == [
        TellDeclarer(incident_id=buried.incident_id, entry_id=ENTRY)
    ]


def test_every_effect_follows_from_something_and_can_be_stored_by_name() -> None:
    wanted = {type(effect) for event in EVENTS for effect in effects_of(event, ENTRY)}

    assert wanted == set(KINDS.values())
    assert wanted >= COLLAPSIBLE


def test_what_is_said_once_never_collapses() -> None:
    assert COLLAPSIBLE.isdisjoint({OpenChannel, PostUpdate, PostNotice, TellDeclarer})
