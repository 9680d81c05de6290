"""Lines of the timeline as they are shown, pages of them, and what forms of it say."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.slack.listeners.messages import is_late
from bot.slack.text import moment, units
from bot.slack.timeline.pages import LISTED, page_of
from bot.slack.timeline.said import Said, said_in, unpacked
from bot.slack.views import timeline as view
from core.domain.actor import Surface
from core.domain.chronicle import Line, LineKind
from core.domain.ids import IncidentId
from core.domain.incident import Incident
from core.domain.severity import Severity
from core.domain.wording import minute
from sandbox.validation.blocks import message_problems
from tests.fakes.moment import NOON

MINUTE = timedelta(minutes=1)


def line(number: int = 1, text: str = "It is the index") -> Line:
    return Line(
        id=f"ent_{number}",
        at=NOON + number * MINUTE,
        kind=LineKind.CHANGE,
        text=text,
        author="Bob Brook",
    )


def incident() -> Incident:
    return Incident(
        id=IncidentId("inc_7"),
        number=7,
        title="Search is slow",
        severity=Severity.HIGH,
        created_at=NOON,
        updated_at=NOON,
        source=Surface.SLACK,
    )


def test_the_newest_page_ends_with_the_newest_line() -> None:
    lines = [line(n) for n in range(LISTED + 3)]

    page = page_of(lines)

    assert (page.before, page.after, page.lines[-1]) == (3, 0, lines[-1])


def test_the_page_before_ends_where_the_other_began() -> None:
    lines = [line(n) for n in range(2 * LISTED + 3)]
    newest = page_of(lines)

    earlier = page_of(lines, newest.lines[0].id)

    assert (earlier.before, earlier.after, len(earlier.lines)) == (3, LISTED, LISTED)
    assert earlier.lines[-1].id == f"ent_{LISTED + 2}"


def test_a_page_that_begins_nowhere_any_more_is_the_newest() -> None:
    lines = [line(n) for n in range(3)]

    assert page_of(lines, "ent_gone") == replace(page_of(lines), place="ent_gone")


def test_what_is_left_out_is_counted_and_not_shown() -> None:
    page = page_of([line(1), replace(line(2), hidden=True)])

    assert ([one.id for one in page.lines], page.left_out) == (["ent_1"], 1)


def shown(*lines: Line) -> list[dict[str, Any]]:
    """The blocks of the lines, without the heading."""
    return [*view.timeline_page(incident(), page_of(lines), editable=False).blocks][1:]


def test_a_message_names_its_author_its_files_and_the_way_to_it() -> None:
    message = replace(
        line(),
        kind=LineKind.MESSAGE,
        files=("a.png", "b.log"),
        link="https://slack.example.com/p1",
    )

    [about, words] = shown(message)

    assert words["text"]["text"] == "📌 Bob Brook wrote: It is the index"
    assert about["elements"][0]["text"] == (
        f"{moment(message.at)} · Files: a.png, b.log · "
        "<https://slack.example.com/p1|Open the message>"
    )


@pytest.mark.parametrize("kind", LineKind)
def test_words_of_people_are_read_as_they_were_typed(kind: LineKind) -> None:
    typed = "run `rm *_tmp*` & see <#C1> ~/__init__"

    [_, words] = shown(replace(line(text=typed), kind=kind))

    assert words["text"]["type"] == "plain_text"
    assert typed in words["text"]["text"]


def test_a_line_that_says_when_is_on_the_clock_of_its_reader() -> None:
    until = NOON + 60 * MINUTE
    snoozed = replace(line(text=f"Bob snoozed it until {minute(until)}."), times=(until,))

    [_, words] = shown(snoozed)

    assert words["text"]["text"] == f"🔹 Bob snoozed it until {moment(until)}."


@pytest.mark.parametrize(
    "text", ["<!channel> <@U1> & *bold*", "x" * 20_000, "\u202egnp", "🦗" * 9_000]
)
def test_whatever_a_line_says_its_page_is_a_message_that_slack_takes(text: str) -> None:
    lines = [line(n, text) for n in range(30)]

    message = view.timeline_page(incident(), page_of(lines), editable=True)

    assert list(message_problems(list(message.blocks))) == []


def all_text(shown: Any) -> int:
    """Units of all text objects, wherever they are."""
    if isinstance(shown, list):
        return sum(map(all_text, shown))
    if not isinstance(shown, dict):
        return 0
    own = units(shown["text"]) if isinstance(shown.get("text"), str) else 0
    return own + sum(all_text(one) for one in shown.values())


@pytest.mark.parametrize("text", ["x" * 3_000, "<&>" * 1_000, "🦗" * 1_500])
@pytest.mark.parametrize("show", ["timeline", "left out"])
def test_a_page_of_long_lines_is_short_enough_for_slack(text: str, show: str) -> None:
    long = replace(
        line(),
        text=text,
        kind=LineKind.MESSAGE,
        author="Bob " * 100,
        files=tuple("f" * 100 for _ in range(9)),
        link="https://slack.example.com/archives/C0123456789/p1795324268653156",
        original="y",
    )
    page = page_of([replace(long, id=f"ent_{n}") for n in range(40)])

    message = (
        view.timeline_page(incident(), page, editable=True)
        if show == "timeline"
        else view.left_out_page(incident(), page)
    )

    assert all_text(list(message.blocks)) < 10_000


def test_short_lines_leave_their_room_to_the_long_ones() -> None:
    lines = [line(n) for n in range(11)]

    message = view.timeline_page(
        incident(), page_of([*lines, line(11, "x" * 3_000)]), editable=True
    )

    assert "x" * 1_100 in str(message.blocks[-1])


def test_what_is_left_out_can_be_leafed_through() -> None:
    page = page_of([line(n) for n in range(LISTED + 3)])

    message = view.left_out_page(incident(), page)

    [earlier] = message.blocks[-1]["elements"]
    assert view.pressed(earlier["value"]) == ("inc_7", "ent_3", "")


def test_words_that_are_too_long_for_a_field_keep_their_line_open_for_the_rest() -> None:
    form = view.line_form(incident(), line(1, "x" * 4_000), "")

    ids = [block.get("block_id") for block in form["blocks"]]
    assert ids == [None, None, view.AT, view.CHANGES]


def test_only_a_corrected_line_can_be_taken_back() -> None:
    plain = view.line_form(incident(), line(), "")
    corrected = view.line_form(incident(), replace(line(), original="It was"), "")

    assert len(plain["blocks"][3]["element"]["options"]) == 1
    assert len(corrected["blocks"][3]["element"]["options"]) == 2
    assert "It was written down as: It was" in str(corrected["blocks"][-1])


def test_a_form_remembers_a_message_within_what_slack_takes() -> None:
    said = Said(
        channel_id="C1",
        ts="1795324268.653156",
        text="é" * 5_000,
        user_id="U1",
        files=tuple("f" * 100 for _ in range(9)),
    )

    again = unpacked(said.packed())

    assert len(str(said.packed())) < 3_000
    assert (again.ts, again.user_id, again.at) == (said.ts, "U1", said.at)
    assert said.text.startswith(again.text.removesuffix("…"))


def test_what_is_no_message_of_anybody_is_none() -> None:
    assert said_in({}, "C1") is None
    assert said_in({"ts": "1.2"}, "") is None


def test_an_event_is_late_when_its_message_may_have_changed_since() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    fresh, old = now - timedelta(seconds=5), now - timedelta(minutes=1)

    assert not is_late({"event_ts": str(fresh.timestamp())}, now)
    assert is_late({"event_ts": str(old.timestamp())}, now)
    assert is_late({}, now)
