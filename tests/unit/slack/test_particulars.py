"""What was filled in about an incident fits into a card, whatever it is."""

from bot.slack.text import units
from bot.slack.views.card import incident_card
from bot.slack.views.particulars import blocks, call
from tests.unit.slack.cards import a_card, an_incident


def test_nothing_is_said_where_nothing_was_filled_in() -> None:
    shown = incident_card(a_card())

    assert blocks(a_card()) == []
    assert "Call" not in str(shown.blocks)


def test_a_call_is_a_link_that_its_address_cannot_break() -> None:
    shown = call("https://meet.example.com/a|b>c?x=1&y=2")

    assert shown == "<https://meet.example.com/a%7Cb%3Ec?x=1&amp;y=2|Join the call>"


def test_an_address_that_grows_too_long_when_escaped_is_cut_and_no_link() -> None:
    shown = call("https://meet.example.com/" + "&" * 1_500)

    assert shown.startswith("https://meet.example.com/&amp;")
    assert shown.endswith("…")
    assert units(shown) <= 250


def test_many_long_links_and_fields_stay_within_a_section_and_say_how_many_more() -> None:
    links = tuple(f"https://graphs.example.com/{n}/" + "x" * 1_500 for n in range(9))
    fields = {f"Field {n} " + "<" * 60: ("&" * 2_000,) * 3 for n in range(40)}
    card = a_card(an_incident(links=links), own_fields=fields)

    said, linked = blocks(card)

    assert units(said["text"]["text"]) <= 3_000
    assert units(linked["text"]["text"]) <= 3_000
    assert said["text"]["text"].endswith("and 32 more")
    assert linked["text"]["text"].endswith("and 8 more")


def test_a_field_of_several_lines_takes_one_and_a_link_in_it_can_be_followed() -> None:
    fields = {"Impact": ("two\nlines",), "Dashboard": ("https://graphs.example.com/",)}

    (said,) = blocks(a_card(own_fields=fields))

    assert said["text"]["text"] == (
        "Impact: two lines\nDashboard: <https://graphs.example.com/|graphs.example.com>"
    )
