"""`/api/v1/silences` and `/api/v1/alerts`: what is quiet, why, and what people do about it."""

from dataclasses import replace
from typing import Any

import pytest

from core.domain.timer import TimerKind
from tests.integration.api.alerting.conftest import Watch, fates, in_an_hour
from tests.integration.api.doorstep import a_doorstep
from tests.unit.core.alerts import ended, firing

SILENCES, ALERTS = "/api/v1/silences", "/api/v1/alerts"


async def silenced(watch: Watch, **wish: Any) -> Any:
    given = {"matchers": ["instance=a"], "seconds": 3_600, "reason": "Known.", **wish}
    return await watch.ask("POST", SILENCES, given)


async def the_alert(watch: Watch, name: str = "Alert a") -> Any:
    return next(one for one in await watch.alerts() if one["name"] == name)


async def test_a_silence_is_made_listed_and_ended(watch: Watch) -> None:
    made = await silenced(watch)
    listed = await watch.ask("GET", f"{SILENCES}?state=active")
    over = await watch.ask("POST", f"{SILENCES}/{made['id']}/end")
    after = await watch.ask("GET", f"{SILENCES}?state=active")
    every = await watch.ask("GET", SILENCES)

    assert (made["state"], made["matchers"]) == ("active", ['instance="a"'])
    assert made["ends_at"] == "2030-01-01T13:00:00.000Z"
    assert listed["data"] == [made["data"]]
    assert over["state"] == "over"
    assert (after["data"], [one["id"] for one in every["data"]]) == ([], [made["id"]])


async def test_a_silence_may_say_when_it_ends(watch: Watch) -> None:
    made = await watch.ask(
        "POST", SILENCES, {"matchers": ["instance=a"], "ends_at": in_an_hour(watch)}
    )

    assert made["ends_at"] == "2030-01-01T13:00:00.000Z"
    assert await watch.ask("GET", f"{SILENCES}/{made['id']}") == made


async def test_a_silence_is_over_at_its_end_whoever_has_dealt_with_it(watch: Watch) -> None:
    made = await silenced(watch, seconds=60)

    watch.passes(seconds=60)

    assert (await watch.ask("GET", f"{SILENCES}/{made['id']}"))["state"] == "over"
    assert (await watch.ask("GET", f"{SILENCES}?state=active"))["data"] == []


async def test_silences_in_force_are_walked_and_searched(watch: Watch) -> None:
    for number in range(5):
        await silenced(watch, reason=f"Known, {number}.")
        watch.passes(seconds=1)
    active = f"{SILENCES}?state=active"

    first = await watch.ask("GET", f"{active}&limit=3")
    second = await watch.ask("GET", f"{active}&limit=3&cursor={first['next_cursor']}")
    paged = await watch.ask("GET", f"{active}&limit=3&page=2")
    found = await watch.ask("GET", f"{active}&search=KNOWN,%203")

    reasons = [one["reason"][-2] for one in first["data"] + second["data"]]
    assert (reasons, second["next_cursor"]) == (list("43210"), None)
    assert paged["data"] == second["data"]
    assert [one["reason"] for one in found["data"]] == ["Known, 3."]
    assert (first["meta"]["total"], found["meta"]["total"]) == (5, 1)


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"matchers": []}, "matchers"),
        ({"matchers": ["a!=b"]}, "matchers"),
        ({"seconds": None}, "ends_at"),
        ({"seconds": 0}, "seconds"),
        ({"seconds": 10**30}, "seconds"),
        ({"ends_at": "2031-01-01T00:00:00Z"}, "seconds"),
        ({"seconds": None, "ends_at": "2029-01-01T00:00:00Z"}, "ends_at"),
        ({"seconds": None, "ends_at": "2030-01-01T13:00:00"}, "ends_at"),
        ({"integration_id": "int_none"}, "integration_id"),
        ({"alert_id": "alr_none"}, "alert_id"),
        ({"alert_id": "alr_none", "matchers": None}, "alert_id"),
    ],
)
async def test_a_silence_that_cannot_be_names_the_field(
    guard: Watch, wish: dict[str, Any], field: str
) -> None:
    given = {"matchers": ["instance=a"], "seconds": 3_600, **wish}

    assert await guard.refused("POST", SILENCES, given) == (422, field)


async def test_what_is_silenced_says_by_whom_and_why(watch: Watch) -> None:
    made = await silenced(watch)

    await watch.rings(firing("a"), firing("b"))

    alerts = await watch.alerts()
    of_silence = await watch.alerts(f"?kept_by={made['id']}")
    assert "Known." in fates(alerts)["Alert a"]
    assert fates(alerts)["Alert b"] == "INC-1 was declared for it"
    assert fates(of_silence).keys() == {"Alert a"}


async def test_the_end_of_a_silence_calls_for_what_still_fires(watch: Watch) -> None:
    made = await silenced(watch)
    await watch.rings(firing("a"))

    await watch.ask("POST", f"{SILENCES}/{made['id']}/end")
    await watch.clock_rings(TimerKind.SILENCE, made["id"])

    assert fates(await watch.alerts()) == {"Alert a": "INC-1 was declared for it"}


async def test_alerts_are_filtered_by_what_became_of_them(watch: Watch) -> None:
    await silenced(watch)
    await watch.rings(firing("a"), firing("b"), firing("c", group="other"))
    watch.passes(minutes=10)
    await watch.rings(ended("c", group="other"))

    async def found(query: str) -> set[str]:
        return {one["name"][-1] for one in await watch.alerts(query)}

    assert await found("?fate=silenced") == {"a"}
    assert await found("?fate=declared,grouped") == {"b", "c"}
    assert await found("?status=resolved") == {"c"}
    assert await found("?status=Firing&fate=declared") == {"b"}
    assert await found("?incident_id=INC-2") == {"c"}
    assert await found(f"?integration_id={watch.source.id}") == {"a", "b", "c"}
    assert await found("?integration_id=int_none") == set()
    assert await found("?service_id=svc_none") == set()
    assert await found("?deduplication_key=b") == {"b"}
    assert await watch.refused("GET", f"{ALERTS}?fate=lost") == (422, "fate")
    assert await watch.refused("GET", f"{ALERTS}?status=lost") == (422, "status")
    assert await watch.refused("GET", f"{ALERTS}?incident_id=INC-99") == (422, "incident_id")


async def test_alerts_are_walked_by_cursor(watch: Watch) -> None:
    await watch.rings(*(firing(name, since) for since, name in enumerate("abcde")))

    first = await watch.ask("GET", f"{ALERTS}?limit=3")
    second = await watch.ask("GET", f"{ALERTS}?limit=3&cursor={first['next_cursor']}")

    names = [one["name"][-1] for one in first["items"] + second["items"]]
    assert names == list("edcba")
    assert second["next_cursor"] is None
    assert await watch.refused("GET", f"{ALERTS}?offset=1") == (422, "page")


async def test_an_alert_shows_how_often_it_fired_before(watch: Watch) -> None:
    await watch.rings(firing("a", 0))
    watch.passes(minutes=10)
    await watch.rings(ended("a", 0, 1))
    watch.passes(minutes=50)
    await watch.rings(firing("a", 60))

    newest = (await watch.alerts())[0]
    shown = await watch.ask("GET", f"{ALERTS}/{newest['id']}")

    assert [one["status"] for one in shown["history"]] == ["firing", "resolved"]
    assert shown["history"][0]["id"] == newest["id"]
    assert shown["notes"] == []
    assert shown["data"]["incident"]["reference"] == "INC-2"
    assert await watch.refused("GET", f"{ALERTS}/alr_none") == (404, None)


async def test_alerts_like_one_are_silenced(watch: Watch) -> None:
    labels = {"alertname": "DiskFull", "cluster": "eu", "instance": "db-1"}
    await watch.rings(replace(firing("a"), labels=labels))
    alert = await the_alert(watch)

    made = await watch.ask("POST", f"{ALERTS}/{alert['id']}/silence", {"reason": "Known."})
    same = await watch.ask("POST", SILENCES, {"alert_id": alert["id"], "seconds": 60})
    await watch.rings(
        replace(firing("b", group="other"), labels={**labels, "instance": "db-2"}),
        replace(firing("c", group="third"), labels={**labels, "cluster": "us"}),
    )

    became = {one["name"]: one["fate"] for one in await watch.alerts()}
    assert set(made["matchers"]) == {'alertname="DiskFull"', 'cluster="eu"'}
    assert (made["ends_at"], made["reason"]) == ("2030-01-01T13:00:00.000Z", "Known.")
    assert same["matchers"] == made["matchers"]
    assert became == {"Alert a": "declared", "Alert b": "silenced", "Alert c": "declared"}


async def test_an_alert_that_is_no_incident_leaves_it(watch: Watch) -> None:
    await watch.rings(firing("a"))
    alert = await the_alert(watch)

    after = await watch.ask("POST", f"{ALERTS}/{alert['id']}/dismiss")

    incident = await watch.ask("GET", "/api/v1/incidents/INC-1")
    assert (after["fate"], after["incident"]) == ("dismissed", None)
    assert incident["status"] in ("canceled", "resolved", "closed")


async def test_an_alert_gets_an_incident_of_its_own(watch: Watch) -> None:
    await watch.rings(firing("a"), firing("b"))
    alert = await the_alert(watch, "Alert b")

    split = f"{ALERTS}/{alert['id']}/split"
    after = await watch.ask("POST", split, Idempotency_Key="one")
    again = await watch.ask("POST", split, Idempotency_Key="one")

    assert again == after
    assert (after["fate"], after["incident"]["reference"]) == ("split", "INC-2")
    assert await watch.refused("POST", split) == (409, None)
    assert (await the_alert(watch))["incident"]["reference"] == "INC-1"


@pytest.mark.parametrize("act", ["silence", "dismiss", "split"])
async def test_what_is_done_to_an_alert_that_is_not_there_is_refused(
    guard: Watch, act: str
) -> None:
    status, _ = await guard.refused("POST", f"{ALERTS}/alr_none/{act}")

    assert status == 404


@pytest.mark.parametrize("seconds", [0, -1, 10**9, "soon"])
async def test_an_alert_is_silenced_for_a_while(guard: Watch, seconds: object) -> None:
    await guard.rings(firing("a"))
    alert = await the_alert(guard)

    refused = await guard.refused("POST", f"{ALERTS}/{alert['id']}/silence", {"seconds": seconds})

    assert refused == (422, "seconds")


async def test_events_about_an_alert_that_is_quiet_are_answered_as_it_is(watch: Watch) -> None:
    """It fires, though nobody was called and there is no incident to acknowledge."""
    service = await watch.ask("POST", "/api/v1/services", {"name": "Checkout"})
    await silenced(watch, matchers=["alertname=~.+"])

    actions = ("trigger", "trigger", "acknowledge", "resolve", "resolve")

    answers = [await watch.event(action, service["id"]) for action in actions]

    assert answers == ["triggered", "deduplicated", "ignored", "resolved", "ignored"]


async def test_another_process_knows_that_an_alert_fires_though_nobody_was_called(
    watch: Watch,
) -> None:
    """It has not heard the first event itself; the database has it."""
    service = await watch.ask("POST", "/api/v1/services", {"name": "Checkout"})
    await silenced(watch, matchers=["alertname=~.+"])
    await watch.event("trigger", service["id"])

    async with a_doorstep(watch.door.storage, watch.door.clock) as door:
        other = replace(watch, door=door)
        answer = await other.event("trigger", service["id"])

    assert answer == "deduplicated"
