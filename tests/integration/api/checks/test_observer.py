"""Checks 51 to 59: Observer's incidents, from the draft to the last message."""

from typing import Any

import pytest

from core.bus import CommandBus
from core.commands import AddService
from core.domain.actor import Caller
from core.domain.service import Service
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.integration.api.checks.observer import (
    CHECKOUT,
    IDENTIFIED,
    INCIDENTS,
    ROLLED_BACK,
    Observer,
    of,
    rollup,
)
from tests.integration.api.doors import Client, bearer, json_of

UNKNOWN = f"{INCIDENTS}/inc_404"


@pytest.fixture
def o(client: Client, observer: str) -> Observer:
    return Observer(client, observer)


@pytest.fixture
async def checkout(bus: CommandBus, alice: Caller) -> Service:
    return await bus.execute(AddService(caller=alice, name="Checkout"))


async def _active(client: Client, key: str) -> list[str]:
    """The ids that Overwatch's list of active incidents has."""
    response = await client.get(f"{INCIDENTS}?status=active", headers=bearer(key))
    return [row["id"] for row in (await json_of(response))["data"]]


async def test_check_51_the_documented_incident_is_published_with_its_message(
    o: Observer, checkout: Service
) -> None:
    made = await o.incident(affected_services=[checkout.id])

    assert made["id"]
    assert (made["state"], made["severity"]) == ("published", "major")
    assert made["affected_services"] == rollup(checkout)
    [message] = made["messages"]
    assert {name: message[name] for name in ("type", "description")} == CHECKOUT["initial_message"]
    assert made["published_at"] == message["date"] == made["created_at"]


@pytest.mark.parametrize("publish", [{}, {"publish": False}])
async def test_check_52_without_publish_it_is_a_draft_and_not_active(
    o: Observer, client: Client, overwatch: str, publish: dict[str, bool]
) -> None:
    wish = {name: value for name, value in CHECKOUT.items() if name != "publish"}
    draft = await o.post(INCIDENTS, wish | publish)

    assert (draft["state"], draft["published_at"]) == ("draft", None)
    assert [message["type"] for message in draft["messages"]] == ["Investigating"]
    assert await _active(client, overwatch) == []


async def test_check_53_publishing_a_draft_sets_when(
    o: Observer, client: Client, overwatch: str, clock: FakeClock
) -> None:
    draft = await o.draft()
    clock.advance(minutes=1)

    published = await o.post(of(draft, "publish"))

    assert published["state"] == "published"
    assert published["published_at"] == "2030-01-01T12:01:00.000Z"
    assert await _active(client, overwatch) == [draft["id"]]


async def test_publishing_twice_changes_nothing(o: Observer, store: FakeStore) -> None:
    draft = await o.draft()
    first = await o.post(of(draft, "publish"))
    effects = store.effects

    assert await o.post(of(draft, "publish")) == first
    assert store.effects == effects


async def test_check_54_a_message_is_appended_in_order(o: Observer, clock: FakeClock) -> None:
    incident = await o.incident()
    clock.advance(minutes=1)

    await o.post(of(incident, "messages"), IDENTIFIED)

    shown = await o.get(of(incident))
    assert [message["type"] for message in shown["messages"]] == ["Investigating", "Identified"]
    assert shown["messages"][1]["description"] == IDENTIFIED["description"]
    assert shown["messages"][1]["date"] == "2030-01-01T12:01:00.000Z"
    listed = await o.get(of(incident, "messages"))
    assert listed["items"] == listed["data"] == shown["messages"]
    assert (listed["meta"]["total"], listed["next_cursor"]) == (2, None)


async def test_messages_are_listed_a_few_at_a_time(o: Observer) -> None:
    incident = await o.incident()
    await o.post(of(incident, "messages"), IDENTIFIED)

    page = await o.get(of(incident, "messages?limit=1&offset=1"))

    assert [message["type"] for message in page["items"]] == ["Identified"]
    assert page["meta"] == {"total": 2, "limit": 1, "offset": 1, "page": 2}


async def test_check_55_a_message_of_the_type_resolved_resolves(
    o: Observer, clock: FakeClock
) -> None:
    incident = await o.incident()
    clock.advance(minutes=5)

    await o.post(of(incident, "messages"), {"type": "Resolved", "description": "It is over."})

    shown = await o.get(of(incident))
    assert (shown["state"], shown["resolved_at"]) == ("resolved", "2030-01-01T12:05:00.000Z")
    assert shown["messages"][-1]["type"] == "Resolved"


async def test_check_56_resolving_appends_its_description(o: Observer) -> None:
    incident = await o.incident()

    resolved = await o.post(of(incident, "resolve"), ROLLED_BACK)

    assert resolved["state"] == "resolved"
    last = resolved["messages"][-1]
    assert (last["type"], last["description"]) == ("Resolved", ROLLED_BACK["description"])


@pytest.mark.parametrize("wish", [None, {}, {"description": None}, {"description": ""}])
async def test_resolving_needs_no_description(o: Observer, wish: Any) -> None:
    incident = await o.incident()

    resolved = await o.post(of(incident, "resolve"), wish)

    assert resolved["state"] == "resolved"
    assert len(resolved["messages"]) == 1


async def test_check_57_resolving_twice_is_told_once(
    o: Observer, store: FakeStore, clock: FakeClock
) -> None:
    incident = await o.incident()
    first = await o.post(of(incident, "resolve"), ROLLED_BACK)
    effects = store.effects
    clock.advance(minutes=1)

    second = await o.post(of(incident, "resolve"), ROLLED_BACK)

    assert second == first
    assert second["resolved_at"] == "2030-01-01T12:00:00.000Z"
    assert store.effects == effects


async def test_resolving_what_was_closed_leaves_it_as_it_is(
    o: Observer, client: Client, overwatch: str
) -> None:
    incident = await o.incident()
    await o.post(of(incident, "resolve"))
    closing = await client.patch(of(incident), json={"status": "closed"}, headers=bearer(overwatch))
    assert closing.status == 200

    again = await o.post(of(incident, "resolve"), ROLLED_BACK)

    assert (again["state"], again["status"]) == ("resolved", "closed")


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"description": "What is it?"}, "type"),
        ({"type": "Fixed", "description": "Fixed it."}, "type"),
        ({"type": None, "description": "Fixed it."}, "type"),
        ({"type": "Identified", "description": ""}, "description"),
        ({"type": "Identified", "description": " \n"}, "description"),
        ({"type": "Identified", "description": "\u200b"}, "description"),
        ({"type": "Identified", "description": "x" * 10_001}, "description"),
        ({"type": "Identified"}, "description"),
    ],
)
async def test_check_58_a_message_that_says_nothing_is_not_appended(
    o: Observer, wish: dict[str, Any], field: str
) -> None:
    incident = await o.incident()

    refusal = await o.post(of(incident, "messages"), wish, status=422)

    assert refusal["errors"][0]["source"]["field"] == field
    assert len((await o.get(of(incident)))["messages"]) == 1


@pytest.mark.parametrize(
    ("verb", "wish"), [("messages", IDENTIFIED), ("resolve", ROLLED_BACK), ("publish", None)]
)
async def test_check_58_of_an_unknown_incident_nothing_can_be_said(
    o: Observer, verb: str, wish: Any
) -> None:
    refusal = await o.post(f"{UNKNOWN}/{verb}", wish, status=404)

    assert refusal["status_code"] == 404


async def test_check_59_an_incident_is_changed_and_then_deleted(
    o: Observer, client: Client, overwatch: str
) -> None:
    incident = await o.incident()

    changed = await o.patch(of(incident), {"title": "Checkout is down", "severity": "critical"})
    await o.ask("DELETE", of(incident), status=204)

    assert (changed["title"], changed["severity"]) == ("Checkout is down", "critical")
    await o.get(of(incident), status=404)
    assert (await o.get(INCIDENTS))["items"] == []
    assert await _active(client, overwatch) == []
    await o.ask("DELETE", of(incident), status=404)
