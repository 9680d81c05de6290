"""How incidents look, and that no text in them can do anything."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack import blocks as b
from bot.slack.grammar import Either
from bot.slack.slash import VERBS, parse
from bot.slack.views import help as help_view
from bot.slack.views.announcement import announcement
from bot.slack.views.cancel_modal import cancel_modal
from bot.slack.views.card import incident_card
from bot.slack.views.declare_modal import Declared, Offered, declare_modal
from bot.slack.views.edit_modal import edit_modal
from bot.slack.views.lists import LABELS, incident_list, number_or_text, which_incident
from bot.slack.views.notices import timeline_notice, trouble_notice, update_notice
from bot.slack.views.offers import everything_else
from bot.slack.views.own_fields import OwnField
from bot.slack.views.resolve_modal import resolve_modal
from bot.slack.views.roles_modal import MOST_ROLES, Part, roles_modal
from bot.slack.views.severities import severity_modal
from bot.slack.views.subject import Subject
from bot.slack.views.topic import MAX_TOPIC, topic
from bot.slack.views.update_modal import update_modal
from core.domain import events as e
from core.domain.actor import Actor, Surface
from core.domain.custom_field import CustomField, FieldOption, FieldType
from core.domain.ids import IncidentId, ServiceId, UserId
from core.domain.incident_role import IncidentRole
from core.domain.incident_settings import IncidentSettings, SeveritySettings, usual_settings
from core.domain.particulars import Mode
from core.domain.service import Service
from core.domain.severity import Severity
from core.domain.state import State
from core.views import Player
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
        if element["type"] == "button"
    ]


def menu(message: b.Message) -> list[str]:
    return [
        option["text"]["text"]
        for block in message.blocks
        if block["type"] == "actions"
        for element in block["elements"]
        if element["type"] == "overflow"
        for option in element["options"]
    ]


def words(message: b.Message) -> str:
    return str(list(message.blocks))


@pytest.mark.parametrize(
    ("state", "buttons"),
    [
        (State.OPEN, ["Acknowledge", "Update", "Assign me", "Severity", "Resolve"]),
        (State.ACKNOWLEDGED, ["Update", "Assign me", "Severity", "Resolve"]),
        (State.SNOOZED, ["Acknowledge", "Update", "Assign me", "Severity", "Resolve"]),
        (State.RESOLVED, ["Reopen"]),
        (State.CLOSED, ["Reopen"]),
        (State.CANCELED, []),
    ],
)
def test_a_card_offers_what_is_possible(state: State, buttons: list[str]) -> None:
    card = a_card(an_incident(state=state))

    assert labels(incident_card(card)) == buttons
    assert labels(announcement(card)) == buttons


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        (State.OPEN, ["Roles", "Edit details", "Add a task", "Add a note", "More…"]),
        (State.RESOLVED, ["Postmortem", "Timeline", "Tasks", "Edit details", "More…"]),
        (State.CANCELED, []),
    ],
)
def test_a_menu_holds_what_is_needed_less_often(state: State, offered: list[str]) -> None:
    assert menu(incident_card(a_card(an_incident(state=state)))) == offered


def test_everything_else_is_offered_on_request() -> None:
    going_on, over = (
        labels(everything_else(an_incident(state=state))) for state in (State.OPEN, State.RESOLVED)
    )

    assert {"Snooze", "Merge into another incident", "Cancel the incident"} <= {*going_on}
    assert {*going_on} - {*over} == {
        "Snooze",
        "Merge into another incident",
        "Cancel the incident",
    }


@pytest.mark.parametrize("state", [State.OPEN, State.RESOLVED])
def test_everything_that_is_offered_can_be_typed(state: State) -> None:
    incident = an_incident(state=state)
    values = [
        value
        for message in (incident_card(a_card(incident)), everything_else(incident))
        for value in commands(message)
    ]

    wishes = [parse(value) for value in values]

    assert len(wishes) >= 10
    assert {getattr(wish, "reference", "") for wish in wishes} == {"INC-7"}


def test_a_test_says_in_words_that_it_is_one() -> None:
    card = a_card(an_incident(mode=Mode.TEST, private=True), assignee=ALICE)

    for message in (incident_card(card), announcement(card)):
        assert "[TEST] INC-7 · Checkout is down" in words(message)
        assert "nobody is affected" in words(message)
        assert "only its members know of it" in words(message)
        assert message.text.startswith("This is a test: INC-7")
    assert topic(card).startswith("[TEST] High (SEV2)")


def test_a_card_says_who_plays_which_role_and_when_news_is_promised() -> None:
    bob = replace(ALICE, id=UserId("usr_2"), name="Bob <Brook>", slack_user_id=None)
    card = a_card(
        an_incident(update_due_at=THEN),
        players=(
            Player(role_id="role_communications", role="Communications Lead", person=ALICE),
            Player(role_id="rol_1", role="Runner", person=bob),
        ),
    )

    shown = words(incident_card(card))

    assert "*Roles*\\nCommunications Lead: <@U0ALICE>\\nRunner: Bob &lt;Brook&gt;" in shown
    assert f"*Next update*\\n<!date^{int(THEN.timestamp())}^" in shown


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
    assert "*Lead*\\n<@U0ALICE>" in shown
    assert "*Services*\\nCheckout, Payments" in shown
    assert "*Alerts*\\n1 of 3 firing" in shown
    assert "*Lasted*\\n2 h" in shown


def test_the_fallback_is_a_sentence() -> None:
    assert incident_card(a_card(assignee=ALICE)).text == (
        "INC-7 “Checkout is down” is open: High (SEV2), led by Alice Archer."
    )


def test_a_deleted_incident_shows_nothing_of_what_it_was() -> None:
    card = a_card(an_incident(deleted_at=THEN))

    for message in (incident_card(card), announcement(card)):
        assert message.text == "INC-7 was deleted."
        assert "Checkout" not in words(message)
        assert labels(message) == []


def test_a_topic_says_severity_phase_and_lead() -> None:
    assert topic(a_card(assignee=ALICE)) == (
        "High (SEV2) | Open · Investigating | Lead: Alice Archer | INC-7 Checkout is down"
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
        number_or_text(
            Either(reference="INC-7", named=f"note INC-7 {text}", told=f"note “{text}”")
        ),
        b.notice(text),
    ]


def test_a_text_that_is_too_long_for_a_button_can_be_copied_from_the_question() -> None:
    text = "pods are gone " * 200
    either = Either(reference="INC-7", named=f"note INC-7 {text}", told=f"note “7 {text}”")

    asked = number_or_text(either)

    shown = "".join(str(block.get("text", {}).get("text", "")) for block in asked.blocks)
    assert text.strip() in shown
    [offered] = [block for block in asked.blocks if block["type"] == "actions"]
    assert [button["value"] for button in offered["elements"]] == ["note INC-7", "note"]


def test_every_command_that_asks_which_incident_has_words_for_its_button() -> None:
    assert {*LABELS} == {*VERBS} - {"declare", "list", "settings", "help"}


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


def commands(message: b.Message) -> list[str]:
    """The command lines that its buttons and menus carry."""
    elements = [e for one in message.blocks if one["type"] == "actions" for e in one["elements"]]
    options = [option for element in elements for option in element.get("options", ())]
    values = [str(one["value"]) for one in [*elements, *options] if "value" in one]
    return [value for value in values if " INC-7" in value]


def said(text: str) -> IncidentSettings:
    """Settings with that text in them."""
    severities = tuple(SeveritySettings(severity=one, meaning=text[:75]) for one in Severity)
    return replace(usual_settings(THEN), severities=severities)


def own_fields(text: str, count: int) -> list[OwnField]:
    """One of each type, with so many options."""
    dates: dict[str, Any] = {"created_at": THEN, "updated_at": THEN}
    options = [
        FieldOption(id=f"opt_{number}", field_id="fld_1", value=text[:200], **dates)
        for number in range(count)
    ]
    return [
        OwnField(
            custom=CustomField(
                id=f"fld_{type}", name=text[:50], description=text, type=type, **dates
            ),
            options=options if type.selects else (),
            required=True,
        )
        for type in FieldType
    ]


def parts(text: str, count: int) -> list[Part]:
    dates: dict[str, Any] = {"created_at": THEN, "updated_at": THEN}
    return [
        Part(
            role=IncidentRole(id=f"rol_{number}", name=text[:100], description=text, **dates),
            name=text[:200],
        )
        for number in range(min(count, MOST_ROLES))
    ]


def a_service(name: str, number: int) -> Service:
    return Service(id=ServiceId(f"svc_{number}"), name=name, created_at=THEN)


@pytest.mark.parametrize("text", CORPUS)
@pytest.mark.parametrize("count", [0, 3, 100, 101])
def test_forms_are_valid_whatever_they_show(text: str, count: int) -> None:
    services = [a_service(text[:200], number) for number in range(count)]
    fields = own_fields(text, count)
    offered = Offered(services=services, settings=said(text), fields=fields)
    rows = [a_row(number, text[:500]) for number in range(1, 16)]
    subjects = [Subject(incident=an_incident(title=text[:500])), Subject(candidates=rows)]

    views = [
        declare_modal(offered, "{}", Declared(title=text, description=text)),
        *(update_modal(subject, said(text), "{}") for subject in subjects),
        *(resolve_modal(subject, "{}") for subject in subjects),
        *(severity_modal(subject, said(text), "{}") for subject in subjects),
        *(cancel_modal(subject, "{}") for subject in subjects),
        edit_modal(an_incident(title=text[:500], description=text), services, fields, "{}"),
        roles_modal(an_incident(title=text[:500]), parts(text, count), "{}"),
    ]

    assert [list(view_problems(view, "modal")) for view in views] == [[] for _ in views]


def test_help_knows_every_command() -> None:
    everything = help_view.MANUAL.on("").text

    topics = [one for group in help_view.MANUAL.groups() for one in group.topics.values()]
    assert all(topic.usage in everything for topic in topics)
    assert list(message_problems(list(help_view.MANUAL.on("").blocks))) == []
