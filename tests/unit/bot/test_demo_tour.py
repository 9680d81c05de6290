"""The demo's five steps lead through one incident, and each can be done as it says."""

import re

from bot.demo_tour import TOUR


def test_the_tour_goes_from_declaring_an_incident_to_its_timeline() -> None:
    assert [step.title.split()[0] for step in TOUR] == [
        "Declare",
        "Take",
        "Post",
        "Resolve",
        "Look",
    ]


def test_typing_what_a_step_suggests_does_the_step() -> None:
    for step in TOUR:
        if step.type:
            assert re.search(step.done["command"], step.type, re.IGNORECASE)


def test_pressing_the_cards_buttons_does_their_steps() -> None:
    pressed = {"Assign me": TOUR[1], "Resolve": TOUR[3]}

    for label, step in pressed.items():
        assert re.search(step.done["button"], label, re.IGNORECASE)


def test_the_lead_is_taken_by_naming_oneself() -> None:
    command = TOUR[1].done["command"]
    taken = ("/incident assign me", "/incident assign INC-1 me", "/incident take me")

    assert all(re.search(command, typed, re.IGNORECASE) for typed in taken)
    assert not re.search(command, "/incident assign", re.IGNORECASE)
    assert not re.search(command, "/incident assign @mercedes", re.IGNORECASE)


def test_acknowledging_is_not_yet_taking_the_lead() -> None:
    assert not re.search(TOUR[1].done["button"], "Acknowledge", re.IGNORECASE)
