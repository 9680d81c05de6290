"""Requests are named by random UUIDs."""

from uuid import UUID

from bot.web.edge import request_id_of
from bot.web.request_ids import request_ids


def test_every_name_is_a_uuid_of_version_four_and_no_two_are_alike() -> None:
    new_request_id = request_ids()

    names = [new_request_id() for _ in range(1_000)]

    assert len(set(names)) == 1_000
    assert {UUID(name).version for name in names} == {4}
    assert [str(UUID(name)) for name in names] == names


def test_a_line_break_cannot_be_smuggled_into_the_logs() -> None:
    assert request_id_of("a\r\nb", lambda: "fresh") == "fresh"
    assert request_id_of("", lambda: "fresh") == "fresh"
    assert request_id_of(None, lambda: "fresh") == "fresh"
