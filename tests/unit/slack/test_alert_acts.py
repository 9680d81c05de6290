"""What became of an alert stands beside it, and what can be done with a single one is a button."""

from typing import Any

import pytest

from bot.slack import blocks as b
from bot.slack.views.alerts import alert_list, alerts_message, chosen
from core.domain.alert import Fate
from core.domain.ids import IncidentId
from core.domain.state import Phase, State
from core.ports import AlertedIncident, AlertPage, AlertRow
from tests.unit.slack.cards import a_card, an_incident
from tests.unit.slack.hostile import CORPUS, require_harmless
from tests.unit.slack.test_alert_views import an_episode

IN = AlertedIncident(
    id=IncidentId("inc_7"),
    number=7,
    title="Latency",
    description="",
    state=State.OPEN,
    phase=Phase.INVESTIGATING,
)


def a_row(number: int = 1, **fields: Any) -> AlertRow:
    return AlertRow(episode=an_episode(number, **fields), incident=IN)


def a_list(*rows: AlertRow, total: int) -> b.Message:
    page = AlertPage(rows=rows, more=False)
    return alert_list(a_card(alerts=total, firing=total), page, firing=False, after=None)


def a_message(*rows: AlertRow, total: int) -> b.Message:
    return alerts_message(a_card(alerts=total, firing=total), rows)


def buttons(message: b.Message) -> list[dict[str, Any]]:
    found = [block for block in message.blocks if block.get("block_id") == "alert.acts"]
    return [element for block in found for element in block["elements"]]


@pytest.mark.parametrize("show", [a_list, a_message])
@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"fate": Fate.GROUPED}, "↳ Grouped into INC-7"),
        ({"fate": Fate.STORM}, "↳ Part of the storm INC-7"),
        ({"fate": Fate.DECLARED}, "↳ INC-7 was declared for it"),
        (
            {"fate": Fate.SPLIT, "fate_note": "by <@U1> & co"},
            "↳ Split off into INC-7 by &lt;@U1&gt; &amp; co",
        ),
    ],
)
def test_each_alert_says_what_became_of_it(show: Any, fields: dict[str, Any], told: str) -> None:
    message = show(a_row(1, **fields), a_row(2), total=2)

    assert message.blocks[1]["text"]["text"].splitlines()[-1] == told


@pytest.mark.parametrize("show", [a_list, a_message])
def test_the_only_alert_shown_has_buttons_beside_its_menu(show: Any) -> None:
    message = show(a_row(5), total=9)

    assert [(one["text"]["text"], chosen(one["value"])) for one in buttons(message)] == [
        ("Not an incident", ("dismiss", "alt_5")),
        ("Silence 1 h", ("silence", "alt_5")),
        ("Split off", ("split", "alt_5")),
    ]
    assert len({one["action_id"] for one in buttons(message)}) == 3
    assert "accessory" in message.blocks[1]


def test_the_buttons_say_which_alert_they_are_about() -> None:
    message = a_list(a_row(name="High latency"), total=2)

    assert [one["accessibility_label"] for one in buttons(message)] == [
        "High latency: not an incident",
        "High latency: silence 1 h",
        "High latency: split off",
    ]


def test_the_only_alert_of_an_incident_has_no_button_to_split_it_off() -> None:
    message = a_message(a_row(), total=1)

    assert [one["text"]["text"] for one in buttons(message)] == ["Not an incident", "Silence 1 h"]


def test_several_alerts_have_their_menus_alone() -> None:
    assert buttons(a_list(a_row(1), a_row(2), total=2)) == []


def test_what_is_over_has_no_buttons() -> None:
    card = a_card(an_incident(state=State.RESOLVED), alerts=1)

    assert buttons(alerts_message(card, [a_row()])) == []


@pytest.mark.parametrize("text", CORPUS)
def test_whatever_an_alert_says_its_fate_and_buttons_do_nothing(text: str) -> None:
    row = a_row(name=text[:200], fate=Fate.DROPPED, fate_note=text[:300])

    require_harmless([a_list(row, total=2), a_message(row, total=2)])
