"""The demo's five steps lead through one incident, and each can be done as it says."""

import re

from bot.demo_tour import TOUR


def test_the_tour_goes_from_declaring_an_incident_to_its_timeline() -> None:
    assert [step.title.split()[0] for step in TOUR] == [
        "Declare",
        "Acknowledge",
        "Post",
        "Resolve",
        "Look",
    ]


def test_typing_what_a_step_suggests_does_the_step() -> None:
    for step in TOUR:
        if step.type:
            assert re.search(step.done["command"], step.type, re.IGNORECASE)


def test_pressing_the_cards_buttons_does_their_steps() -> None:
    pressed = {"Acknowledge": TOUR[1], "Resolve": TOUR[3]}

    for label, step in pressed.items():
        assert re.search(step.done["button"], label, re.IGNORECASE)
