"""Ids that sort in the order in which they were made."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from ulid import ULID

from bot.bootstrap.moment import ulids, utc_now


def test_ids_of_one_moment_sort_in_the_order_they_were_made() -> None:
    new_id = ulids()

    made = [new_id("alr") for _ in range(5_000)]

    assert made == sorted(set(made))


def test_an_id_tells_when_it_was_made() -> None:
    before = utc_now()

    prefix, _, rest = ulids()("inc").partition("_")

    assert prefix == "inc"
    told = ULID.from_str(rest.upper())
    assert str(told).lower() == rest
    assert before - timedelta(milliseconds=1) <= told.datetime <= utc_now()


def test_threads_never_get_the_same_id() -> None:
    new_id = ulids()

    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(new_id, ["alr"] * 4_000))

    assert len(set(made)) == 4_000
