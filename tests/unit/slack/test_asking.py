"""What people write to Tocsin, as command lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.asking import asked_for, form_offer


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("<@UBOT> ack INC-7", ("incident", "ack INC-7")),
        ("<@UBOT|tocsin>: ack", ("incident", "ack")),
        ("Hey <@UBOT> list mine", ("incident", "list mine")),
        ("assign INC-7 me <@UBOT>", ("incident", "assign INC-7 me")),
        ("<@UBOT> assign <@U2|bob>", ("incident", "assign <@U2|bob>")),
        ("<@UBOT> /incident resolve It is over", ("incident", "resolve It is over")),
        ("incident list", ("incident", "list")),
        ("incidents: list", ("incident", "list")),
        ("maintenance", ("maintenance", "help")),
        ("Maintenance show MNT-3", ("maintenance", "show MNT-3")),
        ("<@UBOT>", ("incident", "help")),
        ("Hi!", ("incident", "help")),
        ("", ("incident", "help")),
        ("<@UBOT> thank you", ("incident", "help")),
    ],
)
def test_what_is_written_is_the_command_that_would_be_typed(
    written: str, meant: tuple[str, str]
) -> None:
    assert asked_for(written, "UBOT") == meant


@given(st.text())
def test_whatever_is_written_is_some_command_line(written: str) -> None:
    command, line = asked_for(written, "UBOT")

    assert command in ("incident", "maintenance")
    assert line


@pytest.mark.parametrize(
    ("line", "carried"),
    [("update INC-7", "update INC-7"), ("", "declare"), ("x" * 3_000, "declare")],
)
def test_the_button_for_a_form_carries_the_line_as_far_as_it_can(line: str, carried: str) -> None:
    button = form_offer("incident", line).blocks[-1]["elements"][0]

    assert (button["action_id"], button["value"]) == ("incident.run", carried)
