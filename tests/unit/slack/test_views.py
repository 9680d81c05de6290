"""How incidents look, and that no text in them can do anything."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack import blocks as b
from bot.slack.views import help as help_view
from bot.slack.views.announcement import announcement
from bot.slack.views.card import incident_card
from bot.slack.views.declare_modal import declare_modal
from bot.slack.views.lists import incident_list, which_incident
from bot.slack.views.notices import timeline_notice, trouble_notice, update_notice
from bot.slack.views.resolve_modal import resolve_modal
from bot.slack.views.subject import Subject
from bot.slack.views.topic import MAX_TOPIC, topic
from bot.slack.views.update_modal import update_modal
from core.domain import events as e
from core.domain.actor import Actor, Surface
from core.domain.ids import IncidentId, ServiceId
from core.domain.service import Service
from core.domain.state import State
from sandbox.validation.blocks import message_problems
from sandbox.validation.views import view_problems
from tests.unit.slack.cards import (
    ALICE,
    THEN,
    a_card,
    a_page,
    a_row,
    an_entry,
    an_incident,
    an_update,
    hostile_card,
)
from tests.unit.slack.hostile import CORPUS, active, require_harmless


def labels(message: b.Message) -> list[str]:
    return [
        element["text"]["text"]
        for block in message.blocks
        if block["type"] == "actions"
        for element in block["elements"]
    ]


def words(message: b.Message) -> str:
    return str(list(message.blocks))


@pytest.mark.parametrize(
    ("state", "buttons"),
    [
        (State.OPEN, ["Acknowledge", "Assign me", "Update", "Resolve"]),
        (State.ACKNOWLEDGED, ["Assign me", "Update", "Resolve"]),
        (State.SNOOZED, ["Acknowledge", "Assign me", "Update", "Resolve"]),
        (State.RESOLVED, ["Reopen"]),
        (State.CLOSED, ["Reopen"]),
        (State.CANCELED, []),
    ],
)
def test_a_card_offers_what_is_possible(state: State, buttons: list[str]) -> None:
    card = a_card(an_incident(state=state))

    assert labels(incident_card(card)) == buttons
    assert labels(announcement(card)) == buttons


def test_resolving_asks_before_it_does() -> None:
    [resolve] = [
        element
        for block in incident_card(a_card()).blocks
        if block["type"] == "actions"
        for element in block["elements"]
        if element["text"]["text"] == "Resolve"
    ]

    assert resolve["confirm"]["title"]["text"] == "Resolve INC-7?"


def test_a_card_says_everything_in_words() -> None:
    card = a_card(
        an_incident(state=State.RESOLVED, resolved_at=THEN + timedelta(hours=2)),
        assignee=ALICE,
        services={"svc_1": "Checkout", "svc_2": "Payments"},
        alerts=3,
        firing=1,
    )

    shown = words(incident_card(card))

    assert "INC-7 · Checkout is down" in shown
    assert "*Status*\\n✅ Resolved" in shown
    assert "*Assignee*\\n<@U0ALICE>" in shown
    assert "*Services*\\nCheckout, Payments" in shown
    assert "*Alerts*\\n1 of 3 firing" in shown
    assert "*Lasted*\\n2 h" in shown


def test_the_fallback_is_a_sentence() -> None:
    assert incident_card(a_card(assignee=ALICE)).text == (
        "INC-7 “Checkout is down” is open: High (SEV2), assigned to Alice Archer."
    )


def test_a_deleted_incident_shows_nothing_of_what_it_was() -> None:
    card = a_card(an_incident(deleted_at=THEN))

    for message in (incident_card(card), announcement(card)):
        assert message.text == "INC-7 was deleted."
        assert "Checkout" not in words(message)
        assert labels(message) == []


def test_a_topic_says_severity_phase_and_assignee() -> None:
    assert topic(a_card(assignee=ALICE)) == (
        "High (SEV2) | Open · Investigating | Assignee: Alice Archer | INC-7 Checkout is down"
    )


def messages(text: str) -> list[b.Message]:
    """Everything that is ever posted, with that text in it."""
    by = Actor(surface=Surface.WEBHOOK, name=text[:200])
    id = IncidentId("inc_7")
    card = hostile_card(text)
    resolved = e.IncidentResolved(incident_id=id, by=by, at=THEN, summary=text)
    buried = e.EffectBuried(incident_id=id, by=by, at=THEN, effect="X", reason=text)
    page = a_page(*(a_row(n, text[:500], text[:200]) for n in range(1, 21)))
    return [
        incident_card(card),
        announcement(card),
        timeline_notice(an_entry(resolved)),
        trouble_notice(an_entry(buried), card),
        update_notice(an_update(text, by=text[:200]), "INC-7"),
        incident_list(page, "20 incidents"),
        which_incident(page, "update", text),
        b.notice(text),
    ]


def require_text(text: str) -> None:
    require_harmless(messages(text))
    assert active({"text": topic(hostile_card(text))}) == []
    assert len(topic(hostile_card(text))) <= MAX_TOPIC


@pytest.mark.parametrize("text", CORPUS)
def test_hostile_text_stays_text(text: str) -> None:
    require_text(text)


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_any_text_stays_text(text: str) -> None:
    require_text(text)


def a_service(name: str, number: int) -> Service:
    return Service(id=ServiceId(f"svc_{number}"), name=name, created_at=THEN)


@pytest.mark.parametrize("text", CORPUS)
@pytest.mark.parametrize("count", [0, 3, 100, 101])
def test_forms_are_valid_whatever_they_show(text: str, count: int) -> None:
    services = [a_service(text[:200], number) for number in range(count)]
    rows = [a_row(number, text[:500]) for number in range(1, 16)]
    subjects = [Subject(incident=an_incident(title=text[:500])), Subject(candidates=rows)]

    views = [
        declare_modal(services, "{}"),
        *(update_modal(subject, "{}") for subject in subjects),
        *(resolve_modal(subject, "{}") for subject in subjects),
    ]

    assert [list(view_problems(view, "modal")) for view in views] == [[] for _ in views]


def test_help_knows_every_command() -> None:
    everything = help_view.MANUAL.on("").text

    assert all(usage in everything for usage, _ in help_view.TOPICS.values())
    assert list(message_problems(list(help_view.MANUAL.on("").blocks))) == []
