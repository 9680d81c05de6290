"""The history of an incident is read and corrected over `/api/v1`."""

from asyncio import gather
from typing import Any

from core.commands import AddNote, PostUpdate
from tests.integration.api.checks.incident_io import Ground
from tests.integration.api.responding.declared import V1, declared


async def _noted(api: Ground) -> tuple[str, Any]:
    """The path of a timeline, and the line of its one note."""
    incident = await declared(api)
    api.clock.advance(minutes=5)
    await api.bus.execute(
        AddNote(caller=api.bob, incident_id=incident.id, text="The replica is back.")
    )
    path = f"{V1}/{incident.reference}/timeline"
    return path, (await api.get(path))["data"][-1]


async def test_it_is_read_oldest_first_and_a_page_at_a_time(api: Ground) -> None:
    path, note = await _noted(api)

    first = await api.get(path, ("limit", "1"))
    second = await api.get(path, ("limit", "1"), ("offset", "1"))

    assert first["data"][0]["text"].startswith("Alice Archer declared")
    assert first["meta"]["total"] == 2
    assert second["data"] == [note]
    assert (note["kind"], note["author"], note["edited"]) == ("note", "Bob Baker", False)
    assert "The replica is back." in note["text"]


async def test_a_line_gets_other_words_and_another_time_one_after_the_other(api: Ground) -> None:
    path, note = await _noted(api)
    early = "2026-11-20T11:59:00.000Z"

    await api.ask("PATCH", f"{path}/{note['id']}", {"text": "The replica came back."})
    moved = await api.ask("PATCH", f"{path}/{note['id']}", {"at": early})
    back = await api.ask("PATCH", f"{path}/{note['id']}", {"text": None})

    assert (moved["text"], moved["at"]) == ("The replica came back.", early)
    assert (moved["edited"], moved["original"]) == (True, note["text"])
    assert (back["text"], back["at"], back["original"]) == (note["text"], early, None)


async def test_a_line_that_was_left_out_is_read_by_who_asks_for_it(api: Ground) -> None:
    path, note = await _noted(api)

    hidden = await api.ask("PATCH", f"{path}/{note['id']}", {"hidden": True})

    assert hidden["hidden"]
    read = await api.get(path)
    everything = await api.get(path, ("hidden", "true"))
    assert note["id"] not in [line["id"] for line in read["data"]]
    assert note["id"] in [line["id"] for line in everything["data"]]


async def test_a_line_of_another_incident_is_not_there(api: Ground) -> None:
    _, note = await _noted(api)
    other = await declared(api)

    await api.ask("PATCH", f"{V1}/{other.id}/timeline/{note['id']}", {"hidden": True}, status=404)


async def test_no_line_stands_in_the_future(api: Ground) -> None:
    path, note = await _noted(api)

    wish = {"at": "2036-01-01T00:00:00Z"}
    refused = await api.ask("PATCH", f"{path}/{note['id']}", wish, status=422)

    assert refused["errors"][0]["source"]["field"] == "at"


async def test_a_message_promises_the_next_one(api: Ground) -> None:
    incident = await declared(api)
    soon = "2036-06-01T06:00:00.000Z"
    wish = {"type": "Identified", "description": "A full disk.", "next_update_at": soon}

    posted = await api.post(f"{V1}/{incident.id}/messages", wish, status=200)
    await api.bus.execute(PostUpdate(caller=api.bob, incident_id=incident.id, text="Mended."))

    assert posted["next_update_due"] == soon
    assert (await api.get(f"{V1}/{incident.id}"))["next_update_due"] is None


async def test_a_snoozed_incident_says_until_when(api: Ground) -> None:
    incident = await declared(api)
    until = "2036-06-01T06:00:00.000Z"

    snoozed = await api.post(f"{V1}/{incident.id}/snooze", {"until": until}, status=200)
    past = {"until": "2020-01-01T00:00:00Z"}
    refused = await api.post(f"{V1}/{incident.id}/snooze", past, status=422)

    assert (snoozed["status"], snoozed["snoozed_until"]) == ("active", until)
    assert refused["errors"][0]["source"]["field"] == "until"


async def test_what_two_people_correct_of_a_line_at_once_both_holds(api: Ground) -> None:
    path, note = await _noted(api)
    wishes: list[dict[str, Any]] = [
        {"text": "The replica came back."},
        {"at": "2026-11-20T11:59:00.000Z"},
        {"hidden": True},
    ]

    await gather(*(api.ask("PATCH", f"{path}/{note['id']}", wish) for wish in wishes))

    read = (await api.get(path, ("hidden", "true")))["data"]
    [line] = [line for line in read if line["id"] == note["id"]]
    assert {**line, **wishes[0], **wishes[1], **wishes[2]} == line


async def test_a_correction_promises_no_condition_that_it_does_not_keep(api: Ground) -> None:
    paths = (await api.get("/openapi.json"))["paths"]

    corrected = paths[f"{V1}/{{id}}/timeline/{{line_id}}"]["patch"]

    names = {parameter["name"] for parameter in corrected["parameters"]}
    assert "Idempotency-Key" in names
    assert "If-Match" not in names
    assert "412" not in corrected["responses"]
