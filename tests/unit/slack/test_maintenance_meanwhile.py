"""A form that stayed open while others worked: nobody's change is lost, and none is undone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.slack.gesture import Memory, unpacked
from bot.slack.maintenance.meanwhile import put_together, seals_of
from bot.slack.maintenance.scheduling import filled_from
from bot.slack.views.maintenance_filled import Filled
from core.domain.ids import MaintenanceId, SlackUserId, UserId
from core.domain.maintenance import Maintenance
from core.errors import InvalidInput
from core.views import MaintenanceCard, Person

START = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
BERLIN = "Europe/Berlin"
FROM, TO = "scheduled_start_at", "scheduled_end_at"
CHANNELS, TILL = "notify_channels", {"t": "Till"}
BOB = Person(
    id=UserId("usr_2"), name="Bob Builder", email="b@x.org", slack_user_id=SlackUserId("U0BOB")
)
WINDOW = Maintenance(
    id=MaintenanceId("mnt_1"),
    number=1,
    title="New database",
    scheduled_start_at=START,
    scheduled_end_at=START + HOUR,
    created_at=START,
    updated_at=START,
    timezone=BERLIN,
    recurrence="FREQ=WEEKLY;BYDAY=TU",
)


def a_card(**changes: Any) -> MaintenanceCard:
    around = {name: changes.pop(name) for name in ("owner", "people", "services") & changes.keys()}
    return MaintenanceCard(maintenance=replace(WINDOW, **changes), **around)


def after(card: MaintenanceCard, **written: Any) -> Filled:
    """What is wanted when the form showed `WINDOW`, somebody wrote into it, and by then the
    window is as on the card."""
    shown = filled_from(a_card())
    filled = replace(shown, rule="", **written)
    return put_together(filled, filled_from(card), seals_of(shown), card, BERLIN)


def test_a_field_that_nobody_wrote_into_stays_as_it_is_by_now() -> None:
    card = a_card(title="Newer database", scheduled_end_at=START + 3 * HOUR)

    wanted = after(card, description="Orders wait.")

    assert wanted == replace(filled_from(card), description="Orders wait.")


def test_a_usual_repetition_stays_one_when_only_the_start_was_moved() -> None:
    card = a_card(title="Newer database")

    wanted = after(card, start=START + HOUR, all_following=True)

    assert (wanted.recurrence, wanted.title) == ("FREQ=WEEKLY;BYDAY=TU", "Newer database")


def test_both_having_written_the_same_is_no_quarrel() -> None:
    card = a_card(notify_channels=("C0AAAAAAA", "C0BBBBBBB"))

    wanted = after(card, channels=("C0BBBBBBB", "C0AAAAAAA"))

    assert {*wanted.channels} == {"C0AAAAAAA", "C0BBBBBBB"}


@pytest.mark.parametrize(
    ("written", "meanwhile", "place", "value"),
    [
        ({"title": "A"}, {"title": "B"}, "title", "title while this form was open, to “B”"),
        ({"description": "A"}, {"description": "B" * 4_000}, "description", "BBB…"),
        ({"runbook_url": "https://a.org/"}, {"runbook_url": "https://b.org/"}, "runbook_url", "b."),
        ({"start": START - HOUR}, {"scheduled_start_at": START + HOUR / 2}, FROM, "22:30 (Europe"),
        ({"end": START + 2 * HOUR}, {"scheduled_end_at": START + 3 * HOUR}, TO, "Wed 25 Nov 2026"),
        ({"timezone": "UTC"}, {"timezone": "Asia/Tokyo"}, "timezone", "“Asia/Tokyo”"),
        ({"reminders": (15,)}, {"reminders": (120, 30)}, "reminders", "30 min before and 2 h"),
        ({"matchers": ('a="1"',)}, {"matchers": ('b="2"',)}, "matchers", 'to b="2".'),
        (
            {"service_ids": ("s",)},
            {"service_ids": ("t",), "services": {"t": "Till"}},
            "service_ids",
            "to Till",
        ),
        (
            {"channels": ("C0AAAAAAA",)},
            {"notify_channels": ("C0BBBBBBB", "ops")},
            CHANNELS,
            "to C0BBBBBBB, #ops.",
        ),
        ({"channels": ("C0AAAAAAA",)}, {"notify_channels": ("ops",)}, CHANNELS, "to #ops."),
        ({"people": ("U0EVE",)}, {"people": (BOB,)}, "notify_user_ids", "to Bob Builder."),
        ({"owner": "U0EVE"}, {"owner": BOB}, "owner_id", "to Bob Builder."),
        ({"repeats": "daily"}, {"recurrence": ""}, "recurrence", "to never."),
    ],
)
def test_what_both_wrote_into_is_refused_there_with_what_it_is_now(
    written: dict[str, Any], meanwhile: dict[str, Any], place: str, value: str
) -> None:
    card = a_card(**meanwhile)

    with pytest.raises(InvalidInput) as refused:
        after(card, **written)

    assert value in str(refused.value)
    assert len(str(refused.value)) < 450
    assert refused.value.field == place


def test_everything_that_both_wrote_into_is_told_at_once() -> None:
    card = a_card(title="B", timezone="Asia/Tokyo")

    with pytest.raises(InvalidInput) as refused:
        after(card, title="A", timezone="UTC", description="Orders wait.")

    assert [field for field, _ in refused.value.flaws] == ["title", "timezone"]


def test_a_form_whose_memory_is_lost_changes_nothing_that_it_did_not_show() -> None:
    card = a_card()

    with pytest.raises(InvalidInput) as refused:
        put_together(replace(filled_from(card), title="A"), filled_from(card), {}, card, BERLIN)

    assert refused.value.field == "title"


def test_what_a_form_remembers_fits_into_it() -> None:
    shown = seals_of(replace(filled_from(a_card()), description="x" * 3_000))

    packed = Memory(maintenance_id="m" * 40, shown=shown, response_url="h" * 200).packed()

    assert len(packed) < 3_000
    assert unpacked(packed).shown == shown
