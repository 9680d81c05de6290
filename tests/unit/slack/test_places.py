"""A place between two incidents is carried by a button and found again to the microsecond."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.slack.places import named_by, place_behind, place_of
from tests.unit.slack.cards import a_row


@given(st.timedeltas(timedelta(0), timedelta(days=36_500)))
def test_a_place_leads_back_to_when_and_which(later: timedelta) -> None:
    at = datetime(2020, 1, 1, tzinfo=UTC) + later
    row = replace(a_row(7, "Search is slow"), created_at=at)

    typed, place = place_behind(f"mine all after {place_of(row)}")

    assert typed == "mine all"
    assert named_by(place) == (at, row.id)


def test_words_that_are_no_place_stay_what_was_typed() -> None:
    assert place_behind("service after party") == ("service after party", "")
