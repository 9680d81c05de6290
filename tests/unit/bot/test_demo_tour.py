"""The demo's five steps lead through one incident, and each can be done as it says."""

import re

from bot.demo_tour import TOUR
from bot.slack.views import declare_modal, resolve_modal, update_modal


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


def test_pressing_the_cards_button_takes_the_lead() -> None:
    assert re.search(TOUR[1].done["button"], "Assign me", re.IGNORECASE)


def test_the_forms_that_are_sent_do_their_steps() -> None:
    sent = {declare_modal.CALLBACK: TOUR[0], update_modal.CALLBACK: TOUR[2]}

    for callback, step in {**sent, resolve_modal.CALLBACK: TOUR[3]}.items():
        assert re.search(step.done["submit"], callback)


def test_the_lead_is_taken_by_naming_oneself() -> None:
    command = TOUR[1].done["command"]
    taken = (
        "/incident assign me",
        "/incident assign INC-1 me",
        "/incident take me",
        "/incident lead me",
    )

    assert all(re.search(command, typed, re.IGNORECASE) for typed in taken)
    assert not re.search(command, "/incident assign", re.IGNORECASE)
    assert not re.search(command, "/incident assign @mercedes", re.IGNORECASE)


def test_acknowledging_is_not_yet_taking_the_lead() -> None:
    assert not re.search(TOUR[1].done["button"], "Acknowledge", re.IGNORECASE)
