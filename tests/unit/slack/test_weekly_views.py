"""The week in words and in a picture, which say the same."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.slack.views.weekly import chart_words, picture_block, weekly_facts, weekly_summary
from bot.weekly_chart import weekly_chart
from core.domain.severity import Severity
from core.domain.weekly import Week
from sandbox.validation.blocks import message_problems

MONDAY = datetime(2026, 6, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
QUIET = Week(
    since=MONDAY,
    until=MONDAY + timedelta(days=7),
    timezone="UTC",
    declared=0,
    before=1,
    going_on=0,
    by_severity={},
    days=({},) * 7,
    resolved=0,
    resolved_in=None,
    taken_in=None,
    services=(),
    longest_took=timedelta(),
)
BUSY = replace(
    QUIET,
    declared=3,
    before=2,
    going_on=1,
    by_severity={Severity.CRITICAL: 1, Severity.LOW: 2},
    days=({Severity.CRITICAL: 1}, {}, {Severity.LOW: 2}, {}, {}, {}, {}),
    resolved=2,
    resolved_in=2 * HOUR,
    longest_took=3 * HOUR,
    taken_in=HOUR / 12,
    services=(("Check<out>", 2), ("Search", 1)),
)


def test_a_quiet_week_is_told_in_three_sentences() -> None:
    assert weekly_facts(QUIET) == [
        "No incident was declared.",
        "1 was declared in the week before.",
        "Nothing goes on now.",
    ]


def test_a_busy_week_is_told_in_whole_sentences() -> None:
    assert weekly_facts(BUSY) == [
        "3 incidents were declared: 1 Critical (SEV1), 2 Low (SEV4).",
        "2 were declared in the week before.",
        "2 were resolved, half of them within 2 h.",
        "The longest of them took 3 h.",
        "Half of those declared were acknowledged within 5 min.",
        "Most often affected: Check&lt;out&gt; (2), Search (1).",
        "1 incident goes on.",
    ]


def test_the_picture_says_day_by_day_what_it_shows() -> None:
    said = chart_words(BUSY)

    assert said == (
        "Incidents declared on each day. Mon: 1 Critical (SEV1); Tue: none; Wed: 2 Low (SEV4); "
        "Thu: none; Fri: none; Sat: none; Sun: none."
    )


def test_the_summary_is_a_message_that_slack_takes() -> None:
    message = weekly_summary(BUSY, picture_block("F1", BUSY))

    assert list(message_problems(list(message.blocks))) == []
    assert "The week of incidents: 1 Jun 2026 to 7 Jun 2026." in message.text


def test_the_chart_is_a_picture_of_any_week() -> None:
    for week in (QUIET, BUSY):
        image = weekly_chart(week)

        assert image.startswith(b"\x89PNG\r\n\x1a\n")
        width, height = image[16:20], image[20:24]
        assert (int.from_bytes(width, "big"), int.from_bytes(height, "big")) == (880, 396)


def test_the_same_week_has_the_same_chart() -> None:
    assert weekly_chart(BUSY) == weekly_chart(BUSY)
