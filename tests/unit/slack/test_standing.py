"""What is said of how an incident stands: where it goes on, until when it is left alone."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.languages import catalogue_of
from bot.slack.blocks import notice
from bot.slack.text import moment
from bot.slack.views.announcement import announcement
from bot.slack.views.card import incident_card
from bot.slack.views.home_incidents import IncidentSight, incident_blocks
from bot.slack.views.likenesses import going_on
from bot.slack.views.lists import incident_list, which_incident
from bot.slack.views.notices import lasting
from bot.slack.views.topic import topic
from core.domain.actor import Actor, Surface
from core.domain.events import IncidentResolved
from core.domain.ids import EntryId, IncidentId
from core.domain.particulars import Mode
from core.domain.state import Phase, State
from core.language import speaking
from core.views import IncidentCard, LikenessRow, Neighbour, TimelineEntry
from tests.unit.slack.cards import THEN, a_card, a_page, a_row, an_incident

INTO = IncidentId("inc_6")
SIX = Neighbour(id=INTO, number=6, title="The database is slow")
UNTIL = THEN + timedelta(hours=2)


def merged(into: Neighbour | None = SIX) -> IncidentCard:
    incident = an_incident(state=State.CANCELED, merged_into=INTO, canceled_at=THEN)
    return a_card(incident, merged_into=into)


def snoozed(**changes: Any) -> IncidentCard:
    return a_card(an_incident(state=State.SNOOZED, **{"snoozed_until": UNTIL, **changes}))


def test_what_was_merged_says_into_which_wherever_it_is_shown() -> None:
    shown = merged()

    assert "🔀 Merged into INC-6" in str(incident_card(shown).blocks)
    assert "🔀 Merged into INC-6" in str(announcement(shown).blocks)
    assert "is merged into INC-6" in incident_card(shown).text
    assert "ancel" not in str((incident_card(shown), announcement(shown), topic(shown)))


def test_what_was_merged_into_one_that_the_reader_may_not_know_of_names_none() -> None:
    shown = merged(None)

    assert "🔀 Merged" in str(incident_card(shown).blocks)
    assert "is merged into another incident" in incident_card(shown).text
    assert "INC-6" not in str((incident_card(shown), announcement(shown), topic(shown)))


def test_a_topic_which_stays_in_the_history_of_the_channel_names_no_other() -> None:
    assert "| Merged |" in topic(merged())


def test_what_was_merged_is_called_so_in_a_list() -> None:
    row = replace(a_row(7, "Checkout is down"), state=State.CANCELED, merged_into=INTO)

    shown = str(incident_list(a_page(row), "All").blocks)

    assert "🔀 Merged ·" in shown
    assert "Canceled" not in shown


def test_what_is_snoozed_says_until_when_on_the_clock_of_the_reader() -> None:
    row = replace(a_row(7, "Checkout is down"), state=State.SNOOZED, snoozed_until=UNTIL)

    assert f"💤 Snoozed until {moment(UNTIL)} · Investigating" in str(
        incident_card(snoozed()).blocks
    )
    assert f"is snoozed until {moment(UNTIL)}:" in incident_card(snoozed()).text
    assert f"💤 Snoozed until {moment(UNTIL)}" in str(incident_list(a_page(row), "All").blocks)


def test_what_is_snoozed_for_good_says_no_time() -> None:
    shown = snoozed(snoozed_until=None, phase=Phase.MONITORING)

    assert "💤 Snoozed · Monitoring" in str(incident_card(shown).blocks)


def test_where_it_goes_on_is_said_in_the_language_of_the_organisation() -> None:
    with speaking(catalogue_of("de")):
        shown = incident_card(merged())

    assert "🔀 Zusammengeführt mit INC-6" in str(shown.blocks)


def test_where_nobody_promised_news_the_card_says_when_its_severity_asks_for_it() -> None:
    shown = a_card(news_due=UNTIL)

    assert f"*Next update*\\ndue by {moment(UNTIL)}" in str(incident_card(shown).blocks)
    assert f"due by {moment(UNTIL)}" in str(announcement(shown).blocks)


def test_a_promise_is_shown_before_what_the_severity_asks() -> None:
    shown = a_card(an_incident(update_due_at=UNTIL), news_due=THEN)

    assert f"*Next update*\\n{moment(UNTIL)}" in str(incident_card(shown).blocks)


def test_what_is_a_test_or_private_is_marked_wherever_several_are_shown() -> None:
    row = replace(a_row(7, "Checkout is down"), mode=Mode.TEST, private=True)
    sight = IncidentSight(others=[row], total=1)

    lists = (
        incident_list(a_page(row), "All").blocks,
        which_incident(a_page(row), "ack", "").blocks,
        incident_blocks(sight),
        going_on([LikenessRow.of_incident(row)]),
    )

    assert all("*INC-7* [TEST] 🔒 Private · Checkout is down" in str(one) for one in lists)


def test_how_long_it_lasted_is_the_same_on_the_card_and_in_the_news() -> None:
    """It was published an hour after it was drafted, and over two hours after that."""
    begun = an_incident(created_at=THEN, published_at=THEN + timedelta(hours=1))
    over = replace(begun, state=State.RESOLVED, resolved_at=THEN + timedelta(hours=3))
    at = THEN + timedelta(hours=5)
    event = IncidentResolved(incident_id=over.id, by=Actor(surface=Surface.SLACK, name="A"), at=at)
    entry = TimelineEntry(id=EntryId("ent_1"), at=at, event=event)

    news = lasting(notice("Over."), entry, over)

    assert "It lasted 2 h." in news.text
    assert "*Lasted*\\n2 h" in str(incident_card(a_card(over)).blocks)
