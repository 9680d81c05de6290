"""What people type after `/maintenance`."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.grammar import Either, UsageError
from bot.slack.maintenance.slash import VERBS, parse
from bot.slack.maintenance.subcommands import as_typed
from bot.slack.maintenance.times import ClockTime, moment_of, period, span, when
from bot.slack.maintenance.wishes import (
    Cancel,
    Complete,
    Edit,
    Extend,
    Help,
    ListWindows,
    OnWindow,
    OpenForm,
    Progress,
    Show,
    Skip,
    Start,
    Wish,
)

FIVE = ClockTime(at=time(5))
NIGHT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("", OpenForm()),
        ("  ", OpenForm()),
        ("schedule", OpenForm()),
        ("new “New &amp; better database”", OpenForm(title="New & better database")),
        ("list", ListWindows()),
        ("list all", ListWindows(everything=True)),
        ("show", Show()),
        ("MNT-7", Show(reference="MNT-7")),
        ("show #mnt-07", Show(reference="MNT-7")),
        ("7", Show(reference="MNT-7")),
        ("start 7", Start(reference="MNT-7")),
        ("start MNT 7", Start(reference="MNT-7")),
        ("7 start", Start(reference="MNT-7")),
        ("cancel 7", Cancel(reference="MNT-7")),
        ("cancel #7 Not ready", Cancel(reference="MNT-7", reason="Not ready")),
        ("cancel “7 nodes are not ready”", Cancel(reason="7 nodes are not ready")),
        ("update 7", Progress(reference="MNT-7")),
        ("extend 7 30m", Extend(reference="MNT-7", by=timedelta(minutes=30))),
        ("extend 7 until 05:00", Extend(reference="MNT-7", until=FIVE)),
        ("extend 30 minutes", Extend(by=timedelta(minutes=30))),
        ("start MNT-7", Start(reference="MNT-7")),
        ("extend", Extend()),
        ("extend MNT-7", Extend(reference="MNT-7")),
        ("extend 30m", Extend(by=timedelta(minutes=30))),
        ("extend MNT-7 by 2h", Extend(reference="MNT-7", by=timedelta(hours=2))),
        ("extend 1 hour 30 minutes MNT-7", Extend(reference="MNT-7", by=timedelta(minutes=90))),
        ("extend until 05:00", Extend(until=FIVE)),
        ("extend till 5am", Extend(until=FIVE)),
        ("extend until 5:00 pm", Extend(until=ClockTime(at=time(17)))),
        ("extend until 12am", Extend(until=ClockTime(at=time(0)))),
        (
            "extend until 2026-11-24 05:00",
            Extend(until=ClockTime(at=time(5), day=date(2026, 11, 24))),
        ),
        ("complete", Complete()),
        ("end MNT-7", Complete(reference="MNT-7")),
        ("cancel", Cancel()),
        ("cancel MNT-7 Not ready", Cancel(reference="MNT-7", reason="Not ready")),
        ("cancel See MNT-7", Cancel(reason="See MNT-7")),
        ("skip MNT-7", Skip(reference="MNT-7")),
        ("edit MNT-7", Edit(reference="MNT-7")),
        ("update MNT-7: half done", Progress(reference="MNT-7", text="half done")),
        ("upd half done", Progress(text="half done")),
        ("help", Help()),
        ("help end", Help(topic="complete")),
    ],
)
def test_a_command_line_is_understood(typed: str, wish: Wish) -> None:
    assert parse(typed) == wish


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("cancle", "Did you mean “/maintenance cancel”?"),
        ("extnd 30m", "Did you mean “/maintenance extend”?"),
        ("database upgrade", "type “/maintenance”"),
        ("list everything", "/maintenance list all"),
        ("start tomorrow", "/maintenance start MNT-7"),
        ("extend 30", "“30” is no time"),
        ("extend a bit", "“/maintenance extend 30m”"),
        ("extend until late", "until 05:00"),
        ("extend until 25:00", "until 05:00"),
        ("extend until 5", "until 05:00"),
        ("extend until 13pm", "until 05:00"),
        ("extend 0m", "extend 2h"),
        ("extend until 2026-02-30 05:00", "until 05:00"),
        ("extend until 0001-01-01 00:00", "until 05:00"),
    ],
)
def test_what_is_not_understood_is_answered_with_what_would_be(typed: str, hint: str) -> None:
    with pytest.raises(UsageError) as refusal:
        parse(typed)

    assert hint in str(refusal.value)


@pytest.mark.parametrize("verb", ["cancel", "update"])
def test_a_number_before_a_text_may_be_either(verb: str) -> None:
    either = parse(f"{verb} 7 nodes are down")

    assert either == Either(
        reference="MNT-7",
        named=f"{verb} MNT-7 nodes are down",
        told=f"{verb} “7 nodes are down”",
    )


WORDS = st.sampled_from(
    [*VERBS, "MNT-1", "mnt-99999", "until", "05:00", "99:99", "30m", "99999w", "&lt;", "<", "|"]
)


@given(st.one_of(st.text(), st.lists(st.one_of(WORDS, st.text(max_size=8))).map(" ".join)))
def test_nothing_typed_ever_breaks_the_parser(typed: str) -> None:
    answer: Wish | UsageError
    try:
        answer = parse(typed)
    except UsageError as refusal:
        answer = refusal

    assert isinstance(answer, Wish) or str(answer).endswith(".")


@given(
    st.one_of(
        st.sampled_from([Show(), Start(), Complete(), Skip(), Edit(), Extend()]),
        st.builds(Cancel, reason=st.from_regex(r"[a-z<>&|@!]{1,30}", fullmatch=True)),
        st.builds(Progress, text=st.from_regex(r"[a-z<>&|@!]{1,30}", fullmatch=True)),
        st.integers(1, 3_660 * 24 * 60).map(lambda minutes: Extend(by=timedelta(minutes=minutes))),
        st.builds(
            Extend,
            until=st.builds(
                ClockTime,
                at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
                day=st.none() | st.dates(min_value=date(2000, 1, 1), max_value=date(2199, 12, 31)),
            ),
        ),
    )
)
def test_a_button_says_again_what_was_typed(wish: OnWindow) -> None:
    verb, rest = as_typed(wish)

    again = parse(f"{verb} MNT-7 {rest}".strip())

    assert again == type(wish)(
        **{name: getattr(wish, name) for name in wish.__slots__ if name != "reference"},
        reference="MNT-7",
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("30m", timedelta(minutes=30)),
        ("1h30m", timedelta(minutes=90)),
        ("2 days and 1 hour", timedelta(hours=49)),
        ("1w", timedelta(weeks=1)),
        ("30", None),
        ("m", None),
        ("0h", None),
        ("9999999w" * 20, None),
        ("1m  " * 200 + "x", None),
        ("1 h ,  30 m", None),
        ("1 h, 30  mins", timedelta(minutes=90)),
        ("100000m", timedelta(minutes=100_000)),
    ],
)
def test_a_span_is_numbers_with_their_units(typed: str, meant: timedelta | None) -> None:
    assert span(typed) == meant


@pytest.mark.parametrize(
    ("zone", "meant"),
    [
        ("UTC", datetime(2026, 11, 24, 5, 0, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 11, 24, 4, 0, tzinfo=UTC)),
        ("Asia/Kolkata", None),
    ],
)
def test_a_time_of_day_is_the_next_one_on_that_clock(zone: str, meant: datetime | None) -> None:
    if meant:
        assert moment_of(FIVE, zone, after=NIGHT) == meant
    else:
        with pytest.raises(UsageError, match="Say the day as well, like “until 2026-11-25 05:00”"):
            moment_of(FIVE, zone, after=NIGHT)


def test_with_its_day_a_time_may_be_as_far_off_as_it_likes() -> None:
    far = ClockTime(at=time(5), day=date(2026, 12, 24))

    assert moment_of(far, BERLIN, after=NIGHT) == datetime(2026, 12, 24, 4, 0, tzinfo=UTC)


def test_times_are_read_on_the_readers_clock_with_its_zone() -> None:
    start = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)

    assert when(start, BERLIN) == "Tue 24 Nov 2026, 23:30 (Europe/Berlin)"
    assert period(start, start + timedelta(minutes=20), BERLIN) == (
        "Tue 24 Nov 2026, 23:30–23:50 (Europe/Berlin)"
    )
    assert period(start, start + timedelta(hours=2), BERLIN) == (
        "Tue 24 Nov 2026, 23:30 – Wed 25 Nov 2026, 01:30 (Europe/Berlin)"
    )
