"""Opsgenie's alert API: everything that is done to an alert, and what becomes of each request."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from yarl import URL

from core.commands import AcknowledgeIncident, ResolveIncident
from core.domain.severity import Severity
from core.domain.state import State
from tests.fakes.people import the_operator
from tests.integration.api.doors import Parts, application, served
from tests.integration.api.hostile import HOSTILE
from tests.integration.paging.ground import ALERTS, BY_ALIAS, Ground
from tests.integration.paging.test_pagerduty import FullInbox

ACTS = ["acknowledge", "unacknowledge", "close", "snooze", "notes", "tags", "details", "assign"]


async def test_an_alert_is_accepted_stored_and_becomes_an_incident(og: Ground) -> None:
    answer = await og.create()
    outcome = await og.done(answer)

    [incident] = og.incidents
    assert answer["result"] == "Request will be processed"
    assert answer.keys() == {"result", "took", "requestId"}
    assert (incident.title, incident.severity) == ("DB down", Severity.CRITICAL)
    assert outcome["isSuccess"] is True
    assert (outcome["action"], outcome["status"]) == ("Create", "Created alert")
    assert (outcome["alias"], outcome["alertId"]) == ("db-down", (await og.alert())["id"])


async def test_everything_that_was_said_of_an_alert_is_shown(og: Ground) -> None:
    await og.done(await og.create())

    alert = await og.alert()

    assert alert | {"id": 0, "tinyId": 0, "integration": 0} == {
        "id": 0,
        "tinyId": 0,
        "alias": "db-down",
        "message": "DB down",
        "status": "open",
        "acknowledged": False,
        "isSeen": False,
        "tags": ["db", "prod"],
        "snoozed": False,
        "snoozedUntil": None,
        "count": 1,
        "lastOccurredAt": "2030-01-01T12:00:00.000Z",
        "createdAt": "2030-01-01T12:00:00.000Z",
        "updatedAt": "2030-01-01T12:00:00.000Z",
        "source": "test",
        "owner": "",
        "priority": "P1",
        "responders": [],
        "integration": 0,
        "report": {},
        "actions": [],
        "entity": "db1",
        "description": "primary unreachable",
        "details": {"region": "eu"},
    }


async def test_an_alert_is_found_by_each_of_its_names(og: Ground) -> None:
    await og.done(await og.create())
    alert = await og.alert()

    by_id = await og.get(f"/{alert['id']}")
    by_tiny = await og.get(f"/{alert['tinyId']}", {"identifierType": "tiny"})

    assert by_id["data"] == by_tiny["data"] == alert


async def test_an_alert_of_another_source_is_not_there(og: Ground, pd: Ground) -> None:
    await pd.enqueue()
    await pd.triage()
    [id] = pd.store.rows.of(pd.organization_id).episodes

    body = await og.get(f"/{id}", status=404)

    assert body["message"] == f"Alert with id [{id}] does not exist."


async def test_what_is_said_again_is_counted(og: Ground) -> None:
    await og.done(await og.create())
    og.clock.advance(minutes=1)

    outcome = await og.done(await og.create(message="DB down again"))

    alert = await og.alert()
    assert outcome["status"] == "Alert count is increased"
    assert (alert["count"], alert["message"]) == (2, "DB down")
    assert alert["lastOccurredAt"] == "2030-01-01T12:01:00.000Z"
    assert len(og.incidents) == 1


async def test_an_alert_without_an_alias_is_named_by_its_request(og: Ground) -> None:
    answer = await og.create(alias=None)

    outcome = await og.done(answer)

    assert outcome["alias"] == answer["requestId"]


async def test_acknowledging_it_takes_its_incident(og: Ground) -> None:
    await og.done(await og.create())

    outcome = await og.done(await og.act("acknowledge", {"user": "a@example.com", "note": "on it"}))

    alert = await og.alert()
    assert outcome["status"] == "Acknowledged alert"
    assert og.incidents[0].state is State.ACKNOWLEDGED
    assert (alert["acknowledged"], alert["report"]["acknowledgedBy"]) == (True, "a@example.com")
    notes = await og.get("/db-down/notes", BY_ALIAS)
    assert [(n["note"], n["owner"]) for n in notes["data"]] == [("on it", "a@example.com")]


async def test_taking_that_back_opens_the_incident_again(og: Ground) -> None:
    await og.done(await og.create())
    await og.done(await og.act("acknowledge"))

    await og.done(await og.act("unacknowledge", {"user": "a@example.com"}))

    assert og.incidents[0].state is State.OPEN
    assert (await og.alert())["acknowledged"] is False


async def test_somebody_who_takes_the_incident_here_has_the_alert_there(og: Ground) -> None:
    await og.done(await og.create())
    operator = the_operator(og.organization_id)

    await og.bus.execute(AcknowledgeIncident(caller=operator, incident_id=og.incidents[0].id))

    assert (await og.alert())["acknowledged"] is True


async def test_closing_it_resolves_its_incident(og: Ground) -> None:
    await og.done(await og.create())
    og.clock.advance(minutes=2)

    outcome = await og.done(await og.act("close", {"note": "fixed"}))

    alert = await og.alert()
    assert outcome["isSuccess"] is True
    assert og.incidents[0].state is State.RESOLVED
    assert (alert["status"], alert["report"]["closeTime"]) == ("closed", 120_000)


async def test_an_alert_whose_incident_was_resolved_here_is_closed(og: Ground) -> None:
    await og.done(await og.create())
    operator = the_operator(og.organization_id)

    await og.bus.execute(ResolveIncident(caller=operator, incident_id=og.incidents[0].id))

    assert (await og.alert())["status"] == "closed"


async def test_a_closed_alert_that_comes_again_is_another(og: Ground) -> None:
    await og.done(await og.create())
    first = await og.alert()
    await og.done(await og.act("close"))
    og.clock.advance(hours=1)

    await og.done(await og.create())

    again = await og.alert()
    assert again["id"] != first["id"]
    assert (again["status"], again["count"]) == ("open", 1)


async def test_what_is_closed_before_it_was_ever_heard_of_may_fire_at_once(og: Ground) -> None:
    await og.done(await og.act("close"))
    og.clock.advance(seconds=10)

    await og.done(await og.create())

    assert (await og.alert())["status"] == "open"
    assert len(og.incidents) == 1


async def test_deleting_it_ends_it(og: Ground) -> None:
    await og.done(await og.create())

    outcome = await og.done(await og.act("", method="DELETE"))

    assert outcome["action"] == "Delete"
    assert (await og.alert())["status"] == "closed"


async def test_snoozing_it_snoozes_its_incident(og: Ground) -> None:
    await og.done(await og.create())
    until = og.clock() + timedelta(hours=2)

    await og.done(await og.act("snooze", {"endTime": until.isoformat()}))

    alert = await og.alert()
    assert (og.incidents[0].state, og.incidents[0].snoozed_until) == (State.SNOOZED, until)
    assert (alert["snoozed"], alert["snoozedUntil"]) == (True, "2030-01-01T14:00:00.000Z")


async def test_what_is_closed_is_snoozed_no_more(og: Ground) -> None:
    await og.done(await og.create())
    until = og.clock() + timedelta(hours=2)
    await og.done(await og.act("snooze", {"endTime": until.isoformat()}))

    await og.done(await og.act("close", {}))

    alert = await og.alert()
    assert (alert["status"], alert["snoozed"]) == ("closed", False)


async def test_a_note_is_kept_beside_it_and_told_to_its_incident(og: Ground) -> None:
    await og.done(await og.create())

    await og.done(await og.act("notes", {"note": "disk full", "user": "bob"}))

    notes = await og.get("/db-down/notes", BY_ALIAS)
    rows = og.store.rows.of(og.organization_id)
    assert [note["note"] for note in notes["data"]] == ["disk full"]
    assert [note.text for note in rows.notes.values()] == ["DB down: disk full"]


async def test_tags_and_details_come_and_go(og: Ground) -> None:
    await og.done(await og.create())

    await og.done(await og.act("tags", {"tags": ["eu", "db"]}))
    await og.done(await og.act("tags", method="DELETE", tags="prod,absent"))
    await og.done(await og.act("details", {"details": {"rack": "7", "priority": "P5"}}))
    await og.done(await og.act("details", method="DELETE", keys="region"))

    alert = await og.alert()
    assert alert["tags"] == ["db", "eu"]
    assert alert["details"] == {"rack": "7"}
    assert alert["priority"] == "P1"


async def test_its_texts_priority_and_owner_are_changed(og: Ground) -> None:
    await og.done(await og.create(priority="P4"))

    await og.done(await og.act("message", {"message": "DB is down"}, method="PUT"))
    await og.done(await og.act("description", {"description": "both"}, method="PUT"))
    await og.done(await og.act("priority", {"priority": "P2"}, method="PUT"))
    await og.done(await og.act("assign", {"owner": {"username": "a@example.com"}}))

    alert = await og.alert()
    told = [alert[name] for name in ("message", "description", "priority", "owner")]
    assert told == ["DB is down", "both", "P2", "a@example.com"]
    assert og.incidents[0].severity is Severity.HIGH


@pytest.mark.parametrize("query", [{"identifierType": "alias"}, {}])
async def test_what_is_done_to_an_unknown_alert_is_told_by_the_outcome(
    og: Ground, query: dict[str, str]
) -> None:
    answer = await og.ask("POST", f"{ALERTS}/nowhere/acknowledge", {}, query=query)

    outcome = await og.done(answer)

    assert outcome["isSuccess"] is False
    assert outcome["status"] == "Alert does not exist."


async def test_what_is_done_to_a_closed_alert_is_told_by_the_outcome(og: Ground) -> None:
    await og.done(await og.create())
    await og.done(await og.act("close"))
    og.clock.advance(seconds=1)

    outcome = await og.done(await og.act("acknowledge"))

    assert (outcome["isSuccess"], outcome["status"]) == (False, "Alert is closed")


async def test_an_outcome_that_is_not_there_yet_is_not_found(og: Ground) -> None:
    answer = await og.create()

    body = await og.outcome(answer, status=404)
    unknown = await og.get("/requests/nonsense", status=404)

    assert body["message"] == unknown["message"]
    assert body["message"] == "Request not found. It might not be processed, yet."


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({}, "message"),
        ({"message": "  "}, "message"),
        ({"message": "x", "priority": "P9"}, "priority"),
        ({"message": "x", "alias": "a" * 513}, "alias"),
    ],
)
async def test_what_is_no_alert_is_422_and_not_stored(
    og: Ground, wish: dict[str, Any], field: str
) -> None:
    body = await og.ask("POST", ALERTS, wish, status=422)

    assert body.keys() == {"message", "errors", "took", "requestId"}
    assert field in body["errors"]
    assert await og.store.inbox.waiting() == 0


@pytest.mark.parametrize(
    ("word", "wish"),
    [
        ("snooze", {"endTime": "soon"}),
        ("notes", {}),
        ("tags", {"tags": []}),
        ("details", {"details": []}),
        ("assign", {"owner": {}}),
        ("responders", {"responder": {"type": "team"}}),
        ("escalate", {}),
    ],
)
async def test_what_cannot_be_done_is_422(og: Ground, word: str, wish: Any) -> None:
    path = f"{ALERTS}/db-down/{word}"

    body = await og.ask("POST", path, wish, status=422, query=BY_ALIAS)

    assert body["message"].endswith((".", "…"))
    assert await og.store.inbox.waiting() == 0


@pytest.mark.parametrize("token", ["", "nonsense", "Müller"])
async def test_a_wrong_key_is_401(og: Ground, token: str) -> None:
    body = await og.ask("POST", ALERTS, {"message": "x"}, status=401, token=token)

    assert body.keys() == {"message", "took", "requestId"}
    assert body["message"].startswith("Could not authenticate")


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_body_is_refused_in_opsgenies_words(og: Ground, name: str) -> None:
    body, headers = HOSTILE[name]
    shown = {**headers, "Authorization": f"GenieKey {og.token}"}

    response = await og.client.post(ALERTS, data=BytesIO(body), headers=shown)

    answer = await response.json()
    assert response.status in {400, 413, 415, 422}
    assert {"message", "took", "requestId"} <= set(answer)
    assert await og.store.inbox.waiting() == 0


@pytest.mark.parametrize("word", ACTS)
async def test_every_act_refuses_what_is_no_json(og: Ground, word: str) -> None:
    path = f"{ALERTS}/db-down/{word}"
    headers = {"Authorization": f"GenieKey {og.token}"}

    response = await og.client.post(path, data=b"not json", headers=headers)

    assert response.status == 400
    assert "message" in await response.json()


async def test_overload_is_429_with_the_time_to_wait(og: Ground, parts: Parts) -> None:
    full = replace(parts, inbox=FullInbox())

    async with served(application(full)) as client:
        response = await client.post(
            ALERTS, json={"message": "x"}, headers={"Authorization": f"GenieKey {og.token}"}
        )
        body = await response.json()

    assert response.status == 429
    assert int(response.headers["Retry-After"]) >= 1
    assert {"message", "took", "requestId"} == set(body)


async def test_an_alert_of_five_megabytes_is_taken_and_cut(og: Ground) -> None:
    outcome = await og.done(await og.create(description="x" * 5_000_000))

    assert outcome["isSuccess"] is True
    assert len((await og.alert())["description"]) <= 2_000


async def test_what_nobody_knows_of_in_a_request_is_passed_over(og: Ground) -> None:
    await og.done(await og.create(visibleTo=[{"id": 1}], colour="red", actions=["Restart"]))

    assert (await og.alert())["details"] == {"region": "eu"}


@pytest.mark.parametrize(
    ("written", "alias"), [("Uptime%20Kuma%2F1", "Uptime Kuma/1"), ("M%C3%BCnchen", "München")]
)
async def test_an_alias_may_have_any_characters(og: Ground, written: str, alias: str) -> None:
    await og.done(await og.create(alias=alias))
    headers = {"Authorization": f"GenieKey {og.token}"}
    url = URL(f"{ALERTS}/{written}/close?identifierType=alias", encoded=True)

    response = await og.client.post(url, headers=headers)

    assert (await og.done(await response.json()))["isSuccess"] is True
    assert og.incidents[0].state is State.RESOLVED


@pytest.mark.parametrize("written", ["a%00b", "a" * 513])
async def test_an_alias_that_cannot_be_one_is_422(og: Ground, written: str) -> None:
    headers = {"Authorization": f"GenieKey {og.token}"}
    url = URL(f"{ALERTS}/{written}/close?identifierType=alias", encoded=True)

    response = await og.client.post(url, headers=headers)

    assert response.status == 422
    assert await og.store.inbox.waiting() == 0


async def test_bytes_that_are_no_text_in_a_path_break_nothing(og: Ground) -> None:
    headers = {"Authorization": f"GenieKey {og.token}"}

    for path in ("%FF%FE/close", "%ED%A0%80/notes", "%FF"):
        url = URL(f"{ALERTS}/{path}?identifierType=alias", encoded=True)
        posted = await og.client.post(url, json={"note": "x"}, headers=headers)
        got = await og.client.get(url, headers=headers)

        assert posted.status < 500
        assert got.status < 500
