"""What a form remembers of a message, in whatever script it is written."""

import json

import pytest

from bot.slack.gesture import Memory, unpacked
from bot.slack.text import units
from bot.slack.timeline import said
from bot.slack.timeline.said import Said

HOOK = "https://hooks.slack.example/actions/T0123456789/1234567890123/" + "x" * 48


def message(text: str) -> Said:
    files = tuple("ф" * 100 for _ in range(9))
    return Said(channel_id="C0123456789", ts="1795324268.653156", text=text, files=files)


def remembered(text: str) -> tuple[str, Said]:
    """As it is packed, and as it is read again."""
    memory = Memory(incident_id="inc_7", shown=message(text).packed(), response_url=HOOK)
    return memory.packed(), said.unpacked(unpacked(memory.packed()).shown)


@pytest.mark.parametrize("letter", ["x", "ж", "障", "🦗", '"', "\\", "\n", "\x01", "\ud83e"])
def test_a_long_message_fits_into_the_memory_of_a_form(letter: str) -> None:
    packed, again = remembered(letter * 5_000)

    assert units(packed) <= 3_000
    assert packed.encode()
    assert again.text.endswith("…")


def test_a_short_message_is_remembered_as_it_is() -> None:
    text = "Поиск не отвечает с <@U1> & “всем” остальным\n" * 5

    assert remembered(text)[1].text == text


@pytest.mark.parametrize("token", ["<@U0123456789>", "&amp;", "<https://example.com/|a link>"])
def test_what_is_cut_off_is_cut_off_between_words_of_slack(token: str) -> None:
    cut = remembered("x" + token * 500)[1].text.removesuffix("…")

    assert (len(cut) - 1) % len(token) == 0
    assert cut == "x" + token * (len(cut) // len(token))


def test_other_scripts_are_not_written_as_numbers() -> None:
    packed = Memory(shown={"text": "障害"}).packed()

    assert json.loads(packed)["shown"] == {"text": "障害"}
    assert "障害" in packed
