"""What real tools sent means what it meant before."""

import pytest

from tests.unit.webhooks.golden import alerts_of, captures, expected, plain, source_of

READ = [name for name in captures() if source_of(name)]


@pytest.mark.parametrize("name", READ)
def test_what_a_tool_sent_is_read_as_before(name: str) -> None:
    alerts = alerts_of(name)

    assert [plain(alert) for alert in alerts] == expected(name)


def test_every_capture_is_read_by_some_source() -> None:
    unread = [name for name in captures() if source_of(name) is None]

    assert unread == []
