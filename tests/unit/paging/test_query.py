"""Search queries of Opsgenie's: read, or refused with a sentence, and answered of any alert."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.paging.query import query_of
from bot.paging.query_terms import asks_for_open, fits
from core.errors import InvalidInput

ALERT: dict[str, Any] = {
    "id": "alr_1",
    "tinyId": "1",
    "alias": "db-down",
    "message": "Database is down",
    "description": "primary unreachable",
    "status": "open",
    "entity": "db1",
    "source": "probe",
    "owner": "",
    "priority": "P1",
    "acknowledged": False,
    "isSeen": False,
    "snoozed": False,
    "count": 3,
    "tags": ["prod", "EU west"],
    "details": {"Region": "eu"},
    "createdAt": "2030-01-01T12:00:00.000Z",
    "updatedAt": "2030-01-01T12:00:00.000Z",
    "lastOccurredAt": "2030-01-01T12:00:00.000Z",
    "snoozedUntil": None,
}


@pytest.mark.parametrize(
    "query",
    [
        "",
        "down",
        "database DOWN",
        "status: open",
        "status=open AND priority: (P1 OR P2)",
        "status: closed OR (tag: prod AND NOT acknowledged: true)",
        'tag: "eu west"',
        "alias: db-*",
        "details.region: eu",
        "count >= 3",
        "createdAt < 01-01-2030T13:00",
        "createdAt > 1893412800000",
        "NOT snoozedUntil > 0",
    ],
)
def test_a_query_is_met(query: str) -> None:
    assert fits(query_of(query), ALERT)


@pytest.mark.parametrize(
    "query",
    [
        "up",
        "status: closed",
        "NOT status: open",
        "priority: (P2 OR P3)",
        "tag: test",
        "alias: db",
        "details.rack: 7",
        "count < 3",
        "createdAt > 02-01-2030",
        "snoozed: true",
    ],
)
def test_a_query_is_not_met(query: str) -> None:
    assert not fits(query_of(query), ALERT)


@pytest.mark.parametrize(
    ("query", "so"),
    [
        ("status: open", True),
        ("status: open AND tag: x", True),
        ("status: open OR status: open", True),
        ("status: open OR tag: x", False),
        ("NOT status: open", False),
        ("", False),
    ],
)
def test_what_asks_for_nothing_but_open_alerts_is_known(query: str, so: bool) -> None:
    assert asks_for_open(query_of(query)) is so


PIECES = [
    "status",
    "count",
    "createdAt",
    ":",
    ">",
    "(",
    ")",
    "AND",
    "OR",
    "NOT",
    '"',
    "x",
    "*",
    "7",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join) | st.text(max_size=40))
def test_whatever_is_asked_is_answered_or_refused(query: str) -> None:
    try:
        node = query_of(query)
    except InvalidInput:
        return

    assert fits(node, ALERT) in (True, False)
