"""Everything about an incident besides its state."""

from dataclasses import replace

import pytest

from core.domain.events import IncidentEdited, IncidentFact
from core.domain.ids import ChannelId, ServiceId, UpdateId, UserId
from core.domain.incident import Incident
from core.domain.severity import Severity
from core.domain.state import OVER, Phase, State
from tests.unit.core.incidents import ALICE, LATER, an_incident

BOB = UserId("usr_bob")
CHECKOUT = ServiceId("svc_checkout")


def _edit(
    incident: Incident, *, title: str = "", description: str = "", service: str = ""
) -> tuple[Incident, IncidentFact | None]:
    return incident.edit(
        title=title or incident.title,
        description=description or incident.description,
        service_ids=(ServiceId(service),) if service else incident.service_ids,
        by=ALICE,
        at=LATER,
    )


def test_it_is_called_by_its_number() -> None:
    assert an_incident().reference == "INC-7"


def test_an_edit_names_what_changed() -> None:
    edited, event = _edit(an_incident(), title="Checkout is down", service="svc_checkout")

    assert (edited.title, edited.service_ids) == ("Checkout is down", (CHECKOUT,))
    assert isinstance(event, IncidentEdited)
    assert event.fields == ("title", "service")
    assert event.title == "Checkout is down"


def test_an_edit_that_changes_nothing_is_none() -> None:
    incident = an_incident()

    assert _edit(incident) == (incident, None)


def test_a_severity_is_changed_with_the_word_people_used() -> None:
    changed, event = an_incident().change_severity(Severity.CRITICAL, "sev1", by=ALICE, at=LATER)

    assert (changed.severity, changed.severity_word) == (Severity.CRITICAL, "sev1")
    assert event is not None
    assert (event.before, event.after) == (Severity.HIGH, Severity.CRITICAL)


def test_the_same_severity_again_is_no_change() -> None:
    incident = an_incident()

    assert incident.change_severity(Severity.HIGH, "major", by=ALICE, at=LATER) == (incident, None)


def test_assigning_twice_is_once() -> None:
    assigned, event = an_incident().assign(BOB, "Bob Baker", by=ALICE, at=LATER)

    again = assigned.assign(BOB, "Bob Baker", by=ALICE, at=LATER)

    assert event is not None
    assert (event.assignee_id, event.assignee_name) == (BOB, "Bob Baker")
    assert again == (assigned, None)


def test_a_channel_is_linked_once() -> None:
    linked, event = an_incident().link_channel(ChannelId("C1"), "inc-7", by=ALICE, at=LATER)

    again = linked.link_channel(ChannelId("C1"), "inc-7", by=ALICE, at=LATER)

    assert event is not None
    assert (linked.channel_id, linked.channel_name) == ("C1", "inc-7")
    assert again == (linked, None)


def test_linking_a_channel_is_no_work_on_the_incident() -> None:
    incident = an_incident()

    linked, _ = incident.link_channel(ChannelId("C1"), "inc-7", by=ALICE, at=LATER)

    assert linked.updated_at == incident.updated_at


def test_deleting_twice_is_once() -> None:
    deleted, event = an_incident().delete(by=ALICE, at=LATER)

    assert event is not None
    assert deleted.delete(by=ALICE, at=LATER) == (deleted, None)


@pytest.mark.parametrize("state", sorted(set(State) - OVER))
def test_an_update_moves_the_phase_of_what_goes_on(state: State) -> None:
    updated, event = an_incident(state).post_update(
        UpdateId("upd_1"), Phase.IDENTIFIED, "It is the database.", by=ALICE, at=LATER
    )

    assert updated.phase is Phase.IDENTIFIED
    assert (event.phase, event.text) == (Phase.IDENTIFIED, "It is the database.")


@pytest.mark.parametrize("state", sorted(OVER))
def test_an_update_of_what_is_over_only_appends(state: State) -> None:
    incident = an_incident(state)

    updated, event = incident.post_update(
        UpdateId("upd_1"), Phase.MONITORING, "Still quiet.", by=ALICE, at=LATER
    )

    assert updated == replace(incident, updated_at=LATER)
    assert event.phase is Phase.MONITORING


def test_a_draft_says_so_when_it_is_declared() -> None:
    assert an_incident(State.DRAFT).declared(by=ALICE, at=LATER).draft
    assert not an_incident().declared(by=ALICE, at=LATER).draft
