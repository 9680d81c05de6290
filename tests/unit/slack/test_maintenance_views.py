"""How windows look, what their lines say, and that no text in them can do anything."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack import blocks as b
from bot.slack.views.announcement import announcement
from bot.slack.views.card import incident_card
from bot.slack.views.maintenance_card import maintenance_card
from bot.slack.views.maintenance_lists import window_text
from bot.slack.views.maintenance_notices import (
    comes_too_late,
    for_everybody,
    maintenance_notice,
    maintenance_trouble,
)
from core.domain import events as e
from core.domain.maintenance import Maintenance
from core.ports import MaintenanceRow
from core.views import MaintenanceCard, WindowNote
from tests.unit.slack import cards
from tests.unit.slack.cards import an_entry
from tests.unit.slack.hostile import CORPUS, require_harmless
from tests.unit.slack.windows import (
    BY_ALICE,
    END,
    ID,
    START,
    a_card,
    a_window,
    an_overlap,
    fact,
    hostile_card,
    hostile_facts,
    running,
)

MINUTE = timedelta(minutes=1)
DONE = running(actual_end_at=END)
SERVICES = {"svc_1": "Checkout", "svc_2": "Search"}


def labels(message: b.Message) -> list[str]:
    return [
        element["text"]["text"]
        for block in message.blocks
        if block["type"] == "actions"
        for element in block["elements"]
    ]


def words(message: b.Message) -> str:
    return str(list(message.blocks))


def told(event: Any, card: MaintenanceCard | None = None) -> b.Message:
    return maintenance_notice(an_entry(event), card or a_card())


@pytest.mark.parametrize(
    ("window", "buttons"),
    [
        (a_window(), ["Start now", "Change", "Post progress", "Cancel maintenance"]),
        (a_window(told=("due", "lapse"), auto_start=False), ["Change", "Cancel maintenance"]),
        (running(), ["Complete", "Extend", "Post progress", "Cancel maintenance"]),
        (DONE, []),
        (a_window(canceled_at=START), []),
    ],
)
def test_a_card_offers_what_is_possible(window: Maintenance, buttons: list[str]) -> None:
    assert labels(maintenance_card(a_card(window))) == buttons


def test_a_card_says_everything_in_words() -> None:
    window = running(
        description="We move to version 18.",
        recurrence="FREQ=WEEKLY;BYDAY=TU",
        runbook_url="https://example.com/runbook?a=1&b=2",
        auto_complete=False,
        matchers=('job="db"', 'instance!~"web.*"'),
        customer_visible=False,
    )
    card = a_card(window, services=SERVICES, progress="Half way.")

    shown = words(maintenance_card(card))

    assert "MNT-7 · Database upgrade" in shown
    assert "*Status*\\n🛠️ In progress" in shown
    assert "*Owner*\\nBob Baker" in shown
    assert "*Services*\\nCheckout and Search" in shown
    assert "*In Europe/Berlin*\\n2026-06-01 22:00 – 2026-06-02 00:00 CEST" in shown
    assert "*Repeats*\\nevery Tuesday" in shown
    assert "*By hand*\\nSomebody has to complete it" in shown
    assert "We move to version 18." in shown
    assert """*Alerts with*\\njob="db" and instance!~"web.*\"""" in shown
    assert "Not shown to customers" in shown
    assert "Half way." in shown
    assert "<https://example.com/runbook?a=1&amp;b=2|Runbook>" in shown
    assert "Scheduled by Alice Archer" in shown


@pytest.mark.parametrize(
    ("window", "firing", "line"),
    [
        (
            running(updated_at=START),  # no card is written anew for each of them
            1,
            "*Suppressed alerts*\\n3 so far, 1 still firing (<!date^1780344000^",
        ),
        (DONE, 1, "*Suppressed alerts*\\n3, 1 still firing"),
        (DONE, 0, "*Suppressed alerts*\\n3'"),
    ],
)
def test_suppressed_alerts_are_counted(window: Maintenance, firing: int, line: str) -> None:
    shown = words(maintenance_card(a_card(window, suppressed=3, firing=firing)))

    assert line in shown


def test_alerts_that_are_counted_while_it_runs_are_so_at_the_time_of_looking() -> None:
    shown = words(maintenance_card(a_card(running(), suppressed=1), at=START + 30 * MINUTE))

    assert "*Suppressed alerts*\\n1 so far (<!date^1780345800^" in shown


def test_a_window_that_was_missed_whole_shows_when_it_was_planned() -> None:
    late = END + 90 * MINUTE

    message = maintenance_card(a_card(running(actual_start_at=late, actual_end_at=late)))

    assert "is completed; it was planned from 2026-06-01 22:00 Europe/Berlin to" in message.text
    shown = words(message)
    assert "✅ Completed · was planned while Tocsin was not running" in shown
    assert "2026-06-01 22:00 – 2026-06-02 00:00 CEST" in shown
    assert "Lasted" not in shown


def test_what_was_over_when_it_was_written_down_and_run_by_hand_was_not_missed() -> None:
    late = END + 90 * MINUTE
    window = running(armed_at=late, actual_start_at=late, actual_end_at=late)

    assert "not running" not in words(maintenance_card(a_card(window)))


def test_a_window_that_was_started_after_its_end_says_when_it_should_have_ended() -> None:
    late = END + 90 * MINUTE
    card = a_card(running(actual_start_at=late, updated_at=late, auto_complete=False))

    message = maintenance_card(card)

    assert message.text == (
        "MNT-7 “Database upgrade” is in progress, since 2026-06-02 01:30 Europe/Berlin; "
        "it should have ended at 2026-06-02 00:00 Europe/Berlin."
    )
    shown = words(message)
    assert "*Should have ended*\\n<!date" in shown
    assert "*Ends*" not in shown
    assert "since 2026-06-02 01:30 CEST; it should have ended at 2026-06-02 00:00 CEST" in shown


def test_a_line_of_a_window_that_was_started_after_its_end_does_not_run_backwards() -> None:
    window = running(actual_start_at=END + 90 * MINUTE, auto_complete=False)

    line = window_text(MaintenanceRow(maintenance=window))

    assert " – " not in line
    assert "since <!date" in line
    assert "it should have ended at <!date" in line


def test_times_are_the_readers_with_the_windows_zone_to_fall_back_on() -> None:
    shown = words(maintenance_card(a_card()))

    begin = int(START.timestamp())
    assert f"<!date^{begin}^{{date_short_pretty}} {{time}}|2026-06-01 22:00 Europe/Berlin>" in shown


def test_a_zone_that_nobody_knows_any_more_is_shown_as_utc() -> None:
    window = a_window(timezone="Europe/Atlantis", recurrence="FREQ=DAILY;UNTIL=20260901T000000Z")

    message = maintenance_card(a_card(window))

    assert "from 2026-06-01 20:00 UTC to 2026-06-01 22:00 UTC" in message.text


def test_a_span_over_the_change_of_clocks_names_both_offsets() -> None:
    start = START.replace(month=10, day=25, hour=0)

    shown = words(
        maintenance_card(
            a_card(a_window(scheduled_start_at=start, scheduled_end_at=start + timedelta(hours=2)))
        )
    )

    assert "2026-10-25 02:00 CEST – 2026-10-25 03:00 CET" in shown


@pytest.mark.parametrize(
    ("window", "sentence"),
    [
        (a_window(), "is scheduled from 2026-06-01 22:00 Europe/Berlin to"),
        (running(), "is in progress, from 2026-06-01 22:00 Europe/Berlin to"),
        (DONE, "is completed; it went on from 2026-06-01 22:00 Europe/Berlin to"),
        (a_window(canceled_at=START), "is canceled; it was planned from 2026-06-01 22:00"),
    ],
)
def test_the_fallback_is_a_sentence(window: Maintenance, sentence: str) -> None:
    text = maintenance_card(a_card(window, services=SERVICES)).text

    assert text.startswith(f"MNT-7 “Database upgrade” {sentence}")
    assert text.endswith("for Checkout and Search.")


def test_a_window_that_overlaps_warns_of_it() -> None:
    card = a_card(overlaps=tuple(an_overlap(number) for number in range(8, 13)))

    shown = words(maintenance_card(card))

    assert shown.count("⚠️ Overlaps on Checkout with MNT-") == 3
    assert "It overlaps with 2 more." in shown


def test_a_window_past_its_end_says_so() -> None:
    window = running(told=("ending", "overrun"), auto_complete=False)

    assert "In progress · past its end" in words(maintenance_card(a_card(window)))


def test_only_a_web_address_becomes_a_link() -> None:
    shown = words(maintenance_card(a_card(a_window(runbook_url="javascript:alert(1)"))))

    assert "Runbook" not in shown


def test_an_address_cannot_end_its_link_early() -> None:
    window = a_window(runbook_url="https://x.org/a|b><!channel>")

    shown = words(maintenance_card(a_card(window)))

    assert "<https://x.org/a%7Cb%3E%3C!channel%3E|Runbook>" in shown


@pytest.mark.parametrize(
    ("event", "text"),
    [
        (
            fact(e.MaintenanceStartingSoon, at=START - 60 * MINUTE, scheduled_start_at=START),
            "MNT-7 “Database upgrade” starts in 1 h, at 2026-06-01 22:00 Europe/Berlin.",
        ),
        (
            fact(e.MaintenanceDue, scheduled_start_at=START),
            "MNT-7 “Database upgrade” was to start at 2026-06-01 22:00 Europe/Berlin and does not "
            "start by itself: Bob Baker, please start it.",
        ),
        (
            fact(e.MaintenanceStarted, scheduled_start_at=START),
            "MNT-7 “Database upgrade” has started. "
            "Its end is planned for 2026-06-02 00:00 Europe/Berlin.",
        ),
        (
            fact(e.MaintenanceStarted, by=BY_ALICE, scheduled_start_at=START + 60 * MINUTE),
            "Alice Archer started MNT-7 “Database upgrade” early (it was planned for "
            "2026-06-01 23:00 Europe/Berlin). "
            "Its end is planned for 2026-06-02 00:00 Europe/Berlin.",
        ),
        (
            fact(e.MaintenanceStarted, by=BY_ALICE, at=END + MINUTE, scheduled_start_at=START),
            "Alice Archer started MNT-7 “Database upgrade” late (it was planned for "
            "2026-06-01 22:00 Europe/Berlin). "
            "It should have ended at 2026-06-02 00:00 Europe/Berlin.",
        ),
        (
            fact(e.MaintenanceEndingSoon, at=END - 15 * MINUTE, scheduled_end_at=END),
            "MNT-7 “Database upgrade” ends in 15 min, at 2026-06-02 00:00 Europe/Berlin.",
        ),
        (
            fact(e.MaintenanceExtended, by=BY_ALICE, scheduled_end_at=END),
            "Alice Archer extended MNT-7 “Database upgrade”: "
            "it ends at 2026-06-02 00:00 Europe/Berlin now.",
        ),
        (
            fact(e.MaintenanceCompleted, suppressed=1, names=("High CPU",)),
            "MNT-7 “Database upgrade” is completed. "
            "1 alert was suppressed; it has ended (High CPU).",
        ),
        (
            fact(e.MaintenanceCompleted, at=END + 5 * MINUTE, scheduled_end_at=END),
            "MNT-7 “Database upgrade” is completed late (its end was planned for "
            "2026-06-02 00:00 Europe/Berlin).",
        ),
        (
            fact(e.MaintenanceCompleted, by=BY_ALICE, suppressed=3, firing=2),
            "Alice Archer completed MNT-7 “Database upgrade”. "
            "3 alerts were suppressed; 2 still fire and are raised now; 1 has ended.",
        ),
        (
            fact(e.MaintenanceCompleted, by=BY_ALICE, suppressed=1, firing=1),
            "Alice Archer completed MNT-7 “Database upgrade”. "
            "1 alert was suppressed; 1 still fires and is raised now.",
        ),
        (
            fact(e.MaintenanceCompleted, by=BY_ALICE, suppressed=1, firing=1, handed=1),
            "Alice Archer completed MNT-7 “Database upgrade”. "
            "1 alert was suppressed; "
            "1 still fires and stays suppressed by other running maintenance.",
        ),
        (
            fact(e.MaintenanceCompleted, by=BY_ALICE, suppressed=50, names=("a", "b <&")),
            "Alice Archer completed MNT-7 “Database upgrade”. "
            "50 alerts were suppressed; all have ended (a, b &lt;&amp; and 48 more).",
        ),
        (
            fact(e.MaintenanceCompleted, scheduled_end_at=END, missed=True),
            "MNT-7 “Database upgrade” was planned from 2026-06-01 22:00 Europe/Berlin to "
            "2026-06-02 00:00 Europe/Berlin, when Tocsin was not running; "
            "it counts as completed now.",
        ),
        (
            fact(e.MaintenanceCanceled, by=BY_ALICE, reason="Too risky"),
            "Alice Archer canceled MNT-7 “Database upgrade”. Too risky",
        ),
        (
            fact(e.MaintenanceEdited, by=BY_ALICE, fields=("start",), scheduled_start_at=START),
            "Alice Archer moved MNT-7 “Database upgrade”: it is planned from "
            "2026-06-01 22:00 Europe/Berlin to 2026-06-02 00:00 Europe/Berlin now.",
        ),
        (
            fact(e.MaintenanceEdited, by=BY_ALICE, fields=("title", "services")),
            "Alice Archer changed the title and the services of MNT-7 “Database upgrade”.",
        ),
        (
            fact(e.SuppressedAlertsRaised, count=2, incidents=("INC-4", "INC-5")),
            "2 alerts outlived MNT-7 “Database upgrade”: see INC-4 and INC-5.",
        ),
        (
            fact(e.SuppressedAlertsRaised, count=0, incidents=(), handed=1, handed_to=("MNT-8",)),
            "1 alert of MNT-7 “Database upgrade” stays suppressed by MNT-8.",
        ),
        (
            fact(e.SuppressedAlertsRaised, count=0, incidents=(), handed=2, handed_to=("MNT-8",)),
            "2 alerts of MNT-7 “Database upgrade” stay suppressed by MNT-8.",
        ),
        (
            fact(
                e.MaintenanceScheduled,
                scheduled_start_at=START,
                scheduled_end_at=END,
                follows="MNT-6",
                missed=3,
            ),
            "3 occurrences between MNT-6 and MNT-7 “Database upgrade” passed while Tocsin was not "
            "running.",
        ),
        (
            fact(e.ProgressPosted, by=BY_ALICE, text="Half way."),
            "Alice Archer about MNT-7 “Database upgrade”: Half way.",
        ),
    ],
)
def test_each_line_is_a_sentence(event: Any, text: str) -> None:
    assert told(event).text == text


def test_a_clock_that_was_late_by_a_moment_does_not_count_seconds() -> None:
    late = START - 60 * MINUTE + timedelta(milliseconds=40)

    line = told(fact(e.MaintenanceStartingSoon, at=late, scheduled_start_at=START))

    assert "starts in 1 h," in line.text


@pytest.mark.parametrize(
    "event",
    [
        fact(e.MaintenanceDue, scheduled_start_at=START),
        fact(e.MaintenanceLapsed, scheduled_end_at=END),
        fact(e.MaintenanceOverran, scheduled_end_at=END),
    ],
)
def test_the_owner_is_called_where_a_hand_is_missing(event: Any) -> None:
    assert "<@U0BOB>" in words(told(event))
    assert "somebody, please" in told(event, a_card(owner=None)).text


def test_two_hundred_incidents_are_not_all_named() -> None:
    incidents = tuple(f"INC-{number}" for number in range(1, 201))

    line = told(fact(e.SuppressedAlertsRaised, count=200, incidents=incidents))

    assert "INC-10 and 190 more" in line.text


def test_everybody_notices_what_changes_their_plans() -> None:
    moved = fact(e.MaintenanceEdited, by=BY_ALICE, fields=("start",), scheduled_start_at=START)
    renamed = fact(e.MaintenanceEdited, by=BY_ALICE, fields=("title",))

    assert for_everybody(moved)
    assert not for_everybody(renamed)
    assert not for_everybody(fact(e.ProgressPosted, text="Half way."))


@pytest.mark.parametrize(
    ("event", "window"),
    [
        (fact(e.MaintenanceStartingSoon, scheduled_start_at=START), running()),
        (fact(e.MaintenanceDue, scheduled_start_at=START), a_window(canceled_at=START)),
        (fact(e.MaintenanceEndingSoon, scheduled_end_at=END), DONE),
        (fact(e.MaintenanceOverran, scheduled_end_at=END), DONE),
    ],
)
def test_what_nobody_can_use_any_more_comes_too_late(event: Any, window: Maintenance) -> None:
    assert comes_too_late(event, window)
    assert not comes_too_late(fact(e.MaintenanceCompleted), window)


ALLOWED = frozenset({"<@U0ALICE>"})


def messages(text: str) -> list[b.Message]:
    """Everything that is ever posted about a window, with that text in it."""
    card = hostile_card(text)
    buried = fact(e.MaintenanceEffectBuried, effect="X", reason=text)
    return [
        maintenance_card(card),
        maintenance_trouble(an_entry(buried), card),
        *(told(event, card) for event in hostile_facts(text)),
        *incidents(text),
    ]


def incidents(text: str) -> list[b.Message]:
    """Declared while windows with that text ran."""
    note = WindowNote(id=ID, reference="MNT-7", title=text[:500], ends_at=END, running=True)
    card = cards.a_card(windows=(note,) * 9)
    return [incident_card(card), announcement(card)]


@pytest.mark.parametrize("text", CORPUS)
def test_hostile_text_stays_text(text: str) -> None:
    require_harmless(messages(text), ALLOWED)


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_any_text_stays_text(text: str) -> None:
    require_harmless(messages(text), ALLOWED)


def test_an_incident_names_the_window_it_began_in() -> None:
    note = WindowNote(id=ID, reference="MNT-7", title="Upgrade", ends_at=END, running=True)
    card = cards.a_card(windows=(note,))

    for message in (incident_card(card), announcement(card)):
        assert "🛠️ During maintenance MNT-7 “Upgrade”, until <!date^" in words(message)
