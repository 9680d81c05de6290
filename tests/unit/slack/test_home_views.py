"""The App Home: what needs the reader comes first, and it is never too long for Slack."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.slack.views.calendar import Month, Slot
from bot.slack.views.home import HomeSight, home_saying, home_view
from bot.slack.views.home_alerts import AlertSight, QuietLine
from bot.slack.views.home_incidents import (
    MINE_ALL,
    OTHERS_ALL,
    IncidentSight,
    details,
    incident_blocks,
    list_view,
)
from bot.slack.views.home_search import LONGEST_QUESTION
from core.domain.follow_up import FollowUp
from core.domain.ids import ChannelId, IncidentId, MaintenanceId
from core.domain.maintenance import Maintenance
from core.domain.needs import Need, Wait
from core.domain.particulars import Mode
from core.domain.severity import Severity
from core.domain.silence import Silence
from core.domain.state import State
from core.ports import MaintenanceRow
from core.views import LikenessRow
from sandbox.validation.views import view_problems
from tests.unit.slack.cards import THEN, a_card, a_row, an_incident, hostile_card
from tests.unit.slack.hostile import CORPUS, active, texts_that_link
from tests.unit.slack.test_likeness_views import INCIDENT

BERLIN = "Europe/Berlin"
MOST_BLOCKS = 100
START = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)


def a_task(number: int, title: str, **changes: Any) -> FollowUp:
    task = FollowUp(
        id=f"fup_{number}",
        created_at=THEN,
        updated_at=THEN,
        incident_id=IncidentId("inc_1"),
        title=title,
    )
    return replace(task, **changes)


def a_need(wait: Wait, **changes: Any) -> Need:
    need = Need(wait=wait, at=THEN, incident_id=IncidentId("inc_1"), severity=Severity.HIGH)
    return replace(need, **changes)


def the_incidents(text: str = "Disks", **parts: Any) -> IncidentSight:
    """More of everything than can be shown."""
    rows = [a_row(n, text[:500], text[:200]) for n in range(1, 20)]
    rows = [replace(row, channel_id="C0ROOM", private=True, mode=Mode.TEST) for row in rows]
    task = a_task(1, text[:400])
    needs = [
        a_need(Wait.UPDATE),
        a_need(Wait.ACKNOWLEDGE, service=text[:200]),
        a_need(Wait.ACKNOWLEDGE),
        a_need(Wait.TASK_DUE, task=task),
        a_need(Wait.UPDATE_SOON),
        a_need(Wait.TASK, task=task, at=None),
        a_need(Wait.TASK, task=task),
    ]
    sight = IncidentSight(
        needs=needs,
        mine=rows[:9],
        others=rows[9:],
        total=500,
        roles={row.id: [text[:100], "Scribe"] for row in rows[:9]},
        references={IncidentId("inc_1"): "INC-1"},
    )
    return replace(sight, **parts)


def a_window(number: int, text: str) -> MaintenanceRow:
    window = Maintenance(
        id=MaintenanceId(f"mnt_{number}"),
        number=number,
        title=text,
        scheduled_start_at=START,
        scheduled_end_at=START + timedelta(hours=2),
        created_at=THEN,
        updated_at=THEN,
        actual_start_at=THEN,
        timezone=BERLIN,
    )
    return MaintenanceRow(maintenance=window, services=(("svc_1", text[:200]),))


def the_alerts(text: str) -> AlertSight:
    silences = [
        Silence(
            id=f"sil_{n}", created_at=THEN, updated_at=THEN, matchers=(text[:200],),
            ends_at=START, reason=text[:200], by=text[:100],
        )
        for n in range(9)
    ]  # fmt: skip
    quiet = [QuietLine(name=text[:200], since=THEN) for _ in range(9)]
    return AlertSight(quiet=quiet, silences=silences, total=50)


def a_sight(text: str = "Disks", **parts: Any) -> HomeSight:
    slots = [
        Slot(reference="MNT-1", title=text[:500], start=START, end=START + timedelta(days=n))
        for n in range(1, 60)
    ]
    sight = HomeSight(
        incidents=the_incidents(text),
        windows=[a_window(n, text[:500]) for n in range(1, 60)],
        slots=slots,
        month=Month(year=2026, month=11),
        today=START.date(),
        zone=BERLIN,
        notice=text,
        asked=text[:LONGEST_QUESTION],
        found=[a_found(text) for _ in range(10)],
        alerts=the_alerts(text),
        settings="Announced in <#C0ROOM>.",
    )
    return replace(sight, **parts)


def a_found(text: str) -> LikenessRow:
    return replace(INCIDENT, title=text[:500], resolution=text, reason=text, lead=text[:200])


def the_words(view: dict[str, Any]) -> Iterator[str]:
    for block in view["blocks"]:
        yield str(block.get("text", {}).get("text", "")) if "text" in block else ""


@pytest.mark.parametrize("text", CORPUS)
def test_it_is_valid_and_harmless_whatever_it_shows(text: str) -> None:
    for view in (home_view(a_sight(text)), home_saying(text)):
        assert list(view_problems(view, "home")) == []
        assert active(view["blocks"], frozenset({"<#None>", "<#C0ROOM>", "<#C0OLD>"})) == []
        assert texts_that_link(view["blocks"]) == []


def test_with_more_of_everything_than_fits_it_is_not_too_long() -> None:
    view = home_view(a_sight())

    assert len(view["blocks"]) <= MOST_BLOCKS


def test_what_needs_the_reader_stands_before_all_other_incidents() -> None:
    words = list(the_words(home_view(a_sight(found=(), asked="", notice=""))))

    order = ["What needs you", "My incidents", "Other active incidents", "Alerts", "Maintenance"]
    places = [words.index(heading) for heading in order]
    assert places == sorted(places)
    assert words[-2] == "Settings"


def test_an_empty_home_says_so() -> None:
    sight = a_sight(incidents=IncidentSight(), windows=(), slots=(), notice="")

    shown = str(home_view(sight))

    for sentence in (
        "Nothing waits for you.",
        "No incident is active.",
        "No maintenance is running or coming.",
        "No maintenance in November 2026.",
    ):
        assert sentence in shown


def test_whoever_may_only_look_is_offered_no_more() -> None:
    shown = str(home_view(a_sight(incidents=the_incidents(may_act=False), settings="")))

    assert "Details" in shown
    for label in ("'Acknowledge'", "'Update'", "'Done'", "Change settings"):
        assert label not in shown


def test_only_what_nobody_acknowledged_can_be_acknowledged() -> None:
    seen = replace(a_row(1, "Seen"), state=State.ACKNOWLEDGED)
    sight = IncidentSight(others=[seen, a_row(2, "New")], total=2)

    view = home_view(a_sight(incidents=sight))

    rows = {
        block["block_id"]: [one["text"]["text"] for one in block["elements"]]
        for block in view["blocks"]
        if str(block.get("block_id", "")).startswith("others.")
    }
    assert rows == {
        "others.inc_1": ["Update", "Details"],
        "others.inc_2": ["Acknowledge", "Update", "Details"],
    }


def test_a_test_and_a_private_incident_are_marked_in_words() -> None:
    row = replace(a_row(1, "Fire alarm"), mode=Mode.TEST, private=True)

    shown = str(home_view(a_sight(incidents=IncidentSight(others=[row], total=1))))

    assert "*INC-1* [TEST] 🔒 Private · Fire alarm" in shown


@pytest.mark.parametrize("text", CORPUS)
def test_details_are_valid_and_harmless_whatever_they_show(text: str) -> None:
    card = hostile_card(text)

    view = details(replace(card, incident=replace(card.incident, channel_id=ChannelId("C0ROOM"))))

    assert list(view_problems(view, "modal")) == []
    assert active(view["blocks"], frozenset({"<#C0ROOM>"})) == []


def test_details_offer_nothing_that_could_be_pressed() -> None:
    view = details(a_card(an_incident()))

    assert "actions" not in [block["type"] for block in view["blocks"]]
    assert view["title"]["text"] == "INC-7"


def test_what_is_not_shown_is_a_press_away_those_of_the_reader_by_themselves() -> None:
    shown = str(incident_blocks(the_incidents()))

    assert "Show all 9" in shown
    assert "Show all 491" in shown


@pytest.mark.parametrize("which", [MINE_ALL, OTHERS_ALL])
@pytest.mark.parametrize("text", CORPUS)
def test_all_of_them_are_a_view_that_slack_takes(text: str, which: str) -> None:
    sight = the_incidents(text)
    many = replace(sight, mine=[*sight.mine] * 60, others=[*sight.others] * 60, total=9_000)

    view = list_view(many, which)

    assert list(view_problems(view, "modal")) == []
    assert active(view["blocks"], frozenset({"<#C0ROOM>"})) == []
    assert "“/incident list”" in str(view["blocks"][-1])


def test_a_list_that_is_empty_by_now_says_so() -> None:
    assert "No incident is active." in str(list_view(IncidentSight(), OTHERS_ALL))


@pytest.mark.parametrize(
    ("mine", "which", "title"),
    [
        (0, OTHERS_ALL, "Active incidents"),
        (1, OTHERS_ALL, "Other active incidents"),
        (1, MINE_ALL, "My incidents"),
    ],
)
def test_a_list_is_called_what_it_is(mine: int, which: str, title: str) -> None:
    own = [a_row(n, "Mine") for n in range(mine)]
    sight = IncidentSight(mine=own, others=[a_row(9, "Theirs")], total=mine + 1)

    assert list_view(sight, which)["title"]["text"] == title
