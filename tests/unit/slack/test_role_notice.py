"""What is said of roles is short enough for Slack, however much there is to say."""

import pytest

from bot.slack.text import units
from bot.slack.views.card import incident_card
from bot.slack.views.role_notice import role_notice
from core.domain.ids import UserId
from core.domain.incident_role import IncidentRole
from core.views import Person, Player
from sandbox.validation.blocks import message_problems
from tests.unit.slack.cards import THEN, a_card, an_incident


@pytest.mark.parametrize("text", ["x" * 10_000, "<&>" * 3_000, "🦗" * 5_000])
def test_a_role_with_long_words_is_told_in_a_message_that_slack_takes(text: str) -> None:
    role = IncidentRole(
        id="rol_1",
        created_at=THEN,
        updated_at=THEN,
        name="Scribe",
        description=text,
        instructions=text,
    )

    message = role_notice(an_incident(), role, "Bob Brook")

    said = [block["text"]["text"] for block in message.blocks if block["type"] == "section"]
    assert sum(map(units, [*said, message.text])) < 10_000
    assert len(said) == 4


@pytest.mark.parametrize("name", ["x" * 200, "&" * 200, "🦗" * 100])
def test_many_people_with_long_names_fit_on_the_card(name: str) -> None:
    players = tuple(
        Player(
            role_id=f"rol_{n}",
            role="Scribe" * 20,
            person=Person(id=UserId(f"usr_{n}"), name=name, email="b@x.org"),
        )
        for n in range(10)
    )

    message = incident_card(a_card(players=players))

    assert list(message_problems(list(message.blocks))) == []
