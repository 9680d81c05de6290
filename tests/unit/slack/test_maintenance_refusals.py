"""What the core refuses, told to somebody in Slack."""

from datetime import UTC, datetime

import pytest

from bot.slack.maintenance.refusals import in_zone, local_times
from core.domain.wording import minute
from core.errors import IllegalTransition, InvalidInput

AT = datetime(2026, 11, 21, 17, 58, tzinfo=UTC)
NEW_YORK = "America/New_York"
THERE = "Sat 21 Nov 2026, 12:58 (America/New_York)"


async def refusing(refusal: Exception) -> None:
    raise refusal


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", NEW_YORK])
def test_a_time_is_told_on_the_clock_of_the_reader(zone: str) -> None:
    told = local_times(f"The start, {minute(AT, zone)}, has passed.", NEW_YORK)

    assert told == f"The start, {THERE}, has passed."


@pytest.mark.parametrize(
    "words",
    ["At noon", "2026-99-99 17:58 UTC", "0001-01-01 00:00 UTC", "2026-11-21 17:58 Atlantis"],
)
def test_what_is_no_time_there_stays_as_it_is(words: str) -> None:
    assert local_times(words, NEW_YORK) == words


async def test_everything_that_is_wrong_with_a_form_is_retold_at_its_field() -> None:
    refusal = InvalidInput("No title.", field="title", others=[("until", f"{minute(AT)} passed.")])

    with pytest.raises(InvalidInput) as caught:
        await in_zone(refusing(refusal), NEW_YORK)

    assert caught.value.flaws == (("title", "No title."), ("until", f"{THERE} passed."))


async def test_a_step_that_is_not_possible_is_retold() -> None:
    with pytest.raises(IllegalTransition, match="12:58"):
        await in_zone(refusing(IllegalTransition(f"Planned until {minute(AT)}.")), NEW_YORK)
