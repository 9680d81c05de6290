"""Parts of the week as people write them, read and told again."""

from typing import Any

import pytest

from core.domain.routing_hours import hours_from, hours_in_words
from core.domain.routing_rule import Hours
from core.errors import InvalidInput


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({}, "00:00 to 24:00 UTC"),
        ({"start": "9:05", "end": "17:00"}, "09:05 to 17:00 UTC"),
        ({"start": "22:00", "end": "06:00"}, "22:00 to 06:00 UTC"),
        ({"days": ["Monday", "tue", 3]}, "Mon to Wed, 00:00 to 24:00 UTC"),
        ({"days": [7, 6, 6]}, "Sat, Sun, 00:00 to 24:00 UTC"),
        ({"days": [1, 3, 5]}, "Mon, Wed, Fri, 00:00 to 24:00 UTC"),
        ({"time_zone": "asia/kolkata"}, "00:00 to 24:00 Asia/Kolkata"),
        ({"start": None, "end": None, "days": None, "time_zone": None}, "00:00 to 24:00 UTC"),
    ],
)
def test_hours_are_read_and_told(body: dict[str, Any], told: str) -> None:
    assert hours_in_words(hours_from(body)) == told


def test_the_end_of_the_day_is_no_beginning() -> None:
    with pytest.raises(InvalidInput) as refused:
        hours_from({"start": "24:00", "end": "06:00"})

    assert refused.value.field == "hours.end"


def test_every_day_may_be_named() -> None:
    days = hours_from({"days": ["sun", "SAT", "Fri", "thu", "wed", "tuesday", "mon"]}).days

    assert days == (1, 2, 3, 4, 5, 6, 7)
    assert hours_from({"start": "00:00", "end": "00:01"}) == Hours(time_zone="UTC", start=0, end=1)


@pytest.mark.parametrize("start", ["9", "09.00", "09:60", "24:01", "-1:00", 540, True, ["09:00"]])
def test_what_is_no_time_of_the_day_is_refused(start: object) -> None:
    with pytest.raises(InvalidInput, match="is no time of the day"):
        hours_from({"start": start, "end": "23:00"})
