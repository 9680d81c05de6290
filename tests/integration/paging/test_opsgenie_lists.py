"""Lists and counts of alerts, as clients of Opsgenie ask for them."""

import pytest

from tests.integration.paging.ground import BY_ALIAS, Ground


@pytest.fixture
async def three(og: Ground) -> Ground:
    """`a` is closed, `b` is open, `c` is open and acknowledged; each a minute after the other."""
    for alias, priority in (("a", "P1"), ("b", "P2"), ("c", "P3")):
        await og.create(alias=alias, message=f"Alert {alias}", priority=priority, tags=[alias])
        await og.triage()
        og.clock.advance(minutes=1)
    await og.act("close", alias="a")
    await og.act("acknowledge", alias="c")
    await og.triage()
    return og


async def _found(og: Ground, **query: str) -> list[str]:
    return [alert["alias"] for alert in (await og.get("", query))["data"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "cba"),
        ("status: open", "cb"),
        ("status=closed", "a"),
        ("status: open AND NOT acknowledged: true", "b"),
        ("priority: (P1 OR P3)", "ca"),
        ("tag: a OR tag: b", "ba"),
        ("alert", "cba"),
        ('message: "alert b"', "b"),
        ("details.region: EU", "cba"),
        ("createdAt > 01-01-2030T12:00:30", "cb"),
        ("alias: x*", ""),
    ],
)
async def test_a_query_finds_what_fits(three: Ground, query: str, found: str) -> None:
    aliases = await _found(three, query=query)
    count = await three.get("/count", {"query": query})

    assert aliases == list(found)
    assert count["data"] == {"count": len(found)}


async def test_pages_lead_to_each_other(three: Ground) -> None:
    first = await three.get("", {"limit": "2"})
    second = await three.get("", {"limit": "2", "offset": "2"})

    assert [alert["alias"] for alert in first["data"]] == ["c", "b"]
    assert [alert["alias"] for alert in second["data"]] == ["a"]
    assert "offset=2" in first["paging"]["next"]
    assert "next" not in second["paging"]
    assert "offset=0" in second["paging"]["prev"]


async def test_another_order_may_be_asked_for(three: Ground) -> None:
    assert await _found(three, sort="priority", order="asc") == ["a", "b", "c"]
    assert await _found(three, order="asc") == ["a", "b", "c"]
    assert await _found(three, sort="snoozedUntil") == ["c", "b", "a"]


@pytest.mark.parametrize(
    "wish",
    [
        {"query": "colour: red"},
        {"query": "status:"},
        {"query": "(status: open"},
        {"query": "count > many"},
        {"query": "alias > x"},
        {"query": "createdAt > soon"},
        {"query": "(" * 60 + "x" + ")" * 60},
        {"query": "x " * 300},
        {"limit": "0"},
        {"limit": "ten"},
        {"limit": "²"},
        {"query": "createdAt > ²"},
        {"offset": "-1"},
        {"limit": "101"},
        {"offset": "99999"},
        {"sort": "colour"},
        {"order": "up"},
    ],
)
async def test_a_list_that_cannot_be_understood_is_422(three: Ground, wish: dict[str, str]) -> None:
    body = await three.get("", wish, status=422)

    assert next(iter(wish)) in body["errors"]


async def test_a_close_of_what_was_never_heard_of_is_not_shown(og: Ground) -> None:
    await og.done(await og.act("close", alias="ghost"))

    assert (await og.get("/count"))["data"] == {"count": 0}
    assert (await og.get("/ghost", BY_ALIAS, status=404))["message"]


async def test_the_alerts_of_another_source_are_not_counted(og: Ground, pd: Ground) -> None:
    await pd.enqueue()
    await pd.triage()

    assert (await og.get("/count"))["data"] == {"count": 0}
