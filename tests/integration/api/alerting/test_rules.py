"""`/api/v1/routing-rules`: rules are kept in an order, and show what they would do."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.commands import AddService, CreateIntegration, DeclareIncident, ScheduleMaintenance
from core.domain.ids import ServiceId
from core.domain.severity import Severity
from tests.fakes.people import the_operator
from tests.integration.api.alerting.conftest import Watch, fates
from tests.unit.core.alerts import firing

RULES = "/api/v1/routing-rules"
TRY = "/api/v1/routing-dry-run"
DROP = {"name": "Tests", "routing": "drop", "reason": "They are tests.", "matchers": ["env=test"]}


async def added(watch: Watch, **wish: Any) -> Any:
    return await watch.ask("POST", RULES, {**DROP, **wish})


async def tried(watch: Watch, **wish: Any) -> Any:
    [line] = (await watch.ask("POST", TRY, wish))["alerts"]
    return line


async def test_a_rule_is_made_shown_changed_and_deleted(watch: Watch) -> None:
    hours = {"time_zone": "Europe/Berlin", "days": ["mon", 5], "start": "9:00", "end": "17:30"}

    made = await added(watch, severities=["SEV1"], sources=["New Relic"], hours=hours)
    one = f"{RULES}/{made['id']}"
    shown = await watch.ask("GET", one)
    changed = await watch.ask("PATCH", one, {"hours": None, "name": None, "enabled": False})
    await watch.ask("DELETE", one)

    assert shown == made
    assert (made["severities"], made["sources"]) == (["critical"], ["newrelic"])
    assert made["matchers"] == ['env="test"']
    assert made["hours"] == {**hours, "days": [1, 5], "start": "09:00"}
    assert (changed["hours"], changed["name"], changed["enabled"]) == (None, "Tests", False)
    assert await watch.refused("GET", one) == (404, None)


async def test_rules_are_listed_in_the_order_in_which_they_are_asked(watch: Watch) -> None:
    first = await added(watch, name="a")
    await added(watch, name="b")
    await added(watch, name="c", position=1)

    await watch.ask("PATCH", f"{RULES}/{first['id']}", {"position": 3})

    page = await watch.ask("GET", f"{RULES}?limit=2")
    assert [(one["position"], one["name"]) for one in page["data"]] == [(1, "c"), (2, "b")]
    assert (page["meta"]["total"], page["items"]) == (3, page["data"])
    assert await watch.refused("GET", f"{RULES}?cursor=MjAzMC0wMS0wMVQxMjowMDowMFogYQ") == (
        422,
        "cursor",
    )


async def test_the_same_request_again_is_the_same_rule(watch: Watch) -> None:
    once = await watch.ask("POST", RULES, DROP, Idempotency_Key="one")
    again = await watch.ask("POST", RULES, DROP, Idempotency_Key="one")

    assert again["id"] == once["id"]
    assert (await watch.ask("GET", RULES))["meta"]["total"] == 1


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"routing": "forget"}, "routing"),
        ({"routing": None}, "routing"),
        ({"reason": None}, "reason"),
        ({"hold": "soon"}, "hold"),
        ({"hours": {"start": "noon"}}, "hours.start"),
        ({"routing": "attach", "incident_id": "INC-99"}, "incident_id"),
        ({"matchers": ["no matcher"]}, "matchers"),
        ({"sources": ["abacus"]}, "sources"),
        ({"name": ""}, "name"),
    ],
)
async def test_what_a_rule_cannot_have_names_the_field(
    guard: Watch, wish: dict[str, Any], field: str
) -> None:
    assert await guard.refused("POST", RULES, {**DROP, **wish}) == (422, field)


async def test_an_incident_is_named_by_its_reference(watch: Watch) -> None:
    made = await watch.ask("POST", "/api/v1/incidents", {"title": "Slow", "severity": "high"})

    rule = await added(watch, routing="attach", incident_id="inc-1", matchers=[])

    met = await tried(watch, alert={"name": "Latency"})
    assert rule["incident_id"] == made["id"]
    assert (met["outcome"], met["sentence"]) == ("attach", "Put into INC-1 by the rule “Tests”.")


async def test_a_dry_run_says_which_rule_decides_and_why_the_earlier_ones_do_not(
    watch: Watch,
) -> None:
    await added(watch, name="Bad ones", severities=["critical"], matchers=[])
    await added(watch, name="Grafana's", sources=["grafana"], matchers=[])
    last = await added(watch)

    met = await tried(
        watch,
        alert={
            "name": "HighLatency",
            "severity": "warning",
            "labels": {"env": "test"},
            "source": "alertmanager",
        },
    )

    assert met["rule"] == {"rule_id": last["id"], "name": "Tests", "position": 3}
    assert (met["outcome"], met["severity"]) == ("drop", "medium")
    assert met["sentence"] == "Dropped by the rule “Tests”: They are tests."
    bad, grafana = met["passed"]
    assert bad["because"] == "It asks for critical, and the alert is medium."
    assert grafana["name"] == "Grafana's"
    assert "grafana" in grafana["because"]


async def test_what_no_rule_fits_calls_somebody(watch: Watch) -> None:
    met = await tried(watch, alert={"name": "HighLatency"})

    assert (met["outcome"], met["rule"], met["passed"]) == ("declare", None, [])
    assert met["sentence"].startswith("No rule fits: somebody is called")


async def test_a_rule_shows_what_it_says_of_what_it_declares(watch: Watch) -> None:
    await added(watch, routing="declare", severity="low", hold=90, matchers=[])

    met = await tried(watch, alert={"name": "HighLatency"})

    assert "as low, once it has fired for 1 min 30 s" in met["sentence"]


async def test_the_hour_can_be_chosen(watch: Watch) -> None:
    hours = {"days": ["sat", "sun"], "start": "00:00", "end": "24:00"}
    await added(watch, matchers=[], hours=hours)
    alert = {"name": "HighLatency"}

    sunday = await tried(watch, alert=alert, at="2030-01-06T10:00:00Z")
    monday = await tried(watch, alert=alert, at="2030-01-07T10:00:00+00:00")

    assert (sunday["outcome"], monday["outcome"]) == ("drop", "declare")
    assert "Monday 10:00" in monday["passed"][0]["because"]


async def test_a_payload_is_tried_as_its_source_sends_it(watch: Watch) -> None:
    await added(watch, matchers=["env=test"], sources=[watch.source.id])
    labels = {"alertname": "DiskFull", "env": "test", "severity": "critical"}
    alert = {
        "status": "firing",
        "labels": labels,
        "annotations": {},
        "startsAt": "2030-01-01T11:00:00Z",
        "endsAt": "0001-01-01T00:00:00Z",
        "generatorURL": "",
        "fingerprint": "f1",
    }
    payload = {
        "version": "4",
        "groupKey": "{}:{}",
        "truncatedAlerts": 0,
        "status": "firing",
        "receiver": "tocsin",
        "groupLabels": {},
        "commonLabels": {},
        "commonAnnotations": {},
        "externalURL": "",
        "alerts": [alert, {**alert, "status": "resolved", "endsAt": "2030-01-01T11:30:00Z"}],
    }

    answered = await watch.ask("POST", TRY, {"payload": payload, "integration_id": watch.source.id})

    fires, ends = answered["alerts"]
    assert (fires["name"], fires["severity"], fires["outcome"]) == ("DiskFull", "critical", "drop")
    assert (ends["status"], ends["outcome"]) == ("resolved", "none")


async def test_a_dry_run_keeps_nothing(watch: Watch) -> None:
    await tried(watch, alert={"name": "HighLatency"}, integration_id=watch.source.id)

    assert await watch.alerts() == []
    assert (await watch.ask("GET", "/api/v1/incidents"))["meta"]["total"] == 0


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({}, "alert"),
        ({"alert": {}, "payload": {}}, "alert"),
        ({"payload": {}}, "integration_id"),
        ({"payload": {}, "integration_id": "int_none"}, "integration_id"),
        ({"alert": {"source": "abacus"}}, "alert.source"),
        ({"alert": {"labels": {"a": 1}}}, "alert.labels.a"),
        ({"alert": {}, "at": "tomorrow"}, "at"),
    ],
)
async def test_what_cannot_be_tried_names_the_field(
    guard: Watch, wish: dict[str, Any], field: str
) -> None:
    assert await guard.refused("POST", TRY, wish) == (422, field)


async def test_a_payload_that_its_source_never_sends_is_refused(watch: Watch) -> None:
    wish = {"payload": ["?"], "integration_id": watch.source.id}

    assert await watch.refused("POST", TRY, wish) == (422, "payload")


async def test_a_silence_and_a_window_come_before_the_rules(watch: Watch) -> None:
    await added(watch, matchers=[])
    alert = {"name": "HighLatency", "labels": {"team": "payments"}}
    wish = {"matchers": ["team=payments"], "seconds": 600, "reason": "Known."}
    await watch.ask("POST", "/api/v1/silences", wish)

    silenced = await tried(watch, alert=alert)
    await watch.door.bus.execute(
        ScheduleMaintenance(
            caller=the_operator(watch.door.organization_id),
            title="Upgrade",
            start_now=True,
            scheduled_end_at=watch.door.clock() + timedelta(hours=1),
            matchers=("team=payments",),
        )
    )
    suppressed = await tried(watch, alert=alert)
    other = await tried(watch, alert={"name": "Other"})

    assert silenced["outcome"] == "silenced"
    assert silenced["sentence"].endswith("until 2030-01-01 12:10 UTC (Known.).")
    assert suppressed["sentence"] == "Suppressed by MNT-1, until that is over."
    assert other["outcome"] == "drop"


async def test_the_service_that_a_label_names_is_found(watch: Watch) -> None:
    made = await watch.ask("POST", "/api/v1/services", {"name": "Checkout"})
    await added(watch, matchers=[], service_ids=[made["id"]])

    named = await tried(watch, alert={"labels": {"service": "checkout"}})
    given = await tried(watch, alert={"service_id": made["id"]})
    other = await tried(watch, alert={"labels": {"service": "search"}})

    assert (named["outcome"], named["service_id"]) == ("drop", made["id"])
    assert given["outcome"] == "drop"
    assert (other["outcome"], other["service_id"]) == ("declare", None)


async def test_what_a_dry_run_says_is_what_becomes_of_the_alert(watch: Watch) -> None:
    """The two come to their decision on different ways; they must not part."""
    await added(watch, matchers=["instance=a"])
    await added(watch, name="Quiet", routing="notify", channel="#ops", matchers=["instance=b"])
    said = firing("a"), firing("b"), firing("c", group="other", severity=Severity.LOW)

    tries = [
        await tried(
            watch,
            alert={"name": one.name, "labels": dict(one.labels)},
            integration_id=watch.source.id,
        )
        for one in said
    ]
    await watch.rings(*said)

    became = {one["name"]: one["fate"] for one in await watch.alerts()}
    words = {"drop": "dropped", "notify": "notified", "declare": "declared"}
    assert became == {one["name"]: words[one["outcome"]] for one in tries}
    assert set(became.values()) == {"dropped", "notified", "declared"}


async def test_a_drop_tells_its_rule_and_its_reason_afterwards(watch: Watch) -> None:
    await added(watch, matchers=["env=test"])
    alert = replace(firing("a"), labels={"env": "test"})

    await watch.rings(alert)

    [sentence] = fates(await watch.alerts("?fate=dropped")).values()
    assert "“Tests”" in sentence
    assert "They are tests." in sentence


async def test_a_service_shows_what_it_depends_on(watch: Watch) -> None:
    services = "/api/v1/services"
    shop, cards = [
        (await watch.ask("POST", services, {"name": name}))["id"] for name in ("Shop", "Cards")
    ]

    changed = await watch.ask("PATCH", f"{services}/{shop}", {"depends_on": [cards]})
    unchanged = await watch.ask("PATCH", f"{services}/{shop}", {})
    shown = await watch.ask("GET", f"{services}/{shop}")
    circle = await watch.refused("PATCH", f"{services}/{cards}", {"depends_on": [shop]})
    listed = (await watch.ask("GET", services))["data"]

    assert changed == unchanged == shown
    assert shown["depends_on"] == [ServiceId(cards)]
    assert circle == (422, "depends_on")
    assert {one["name"]: one["depends_on"] for one in listed} == {"Shop": [cards], "Cards": []}
    assert await watch.refused("GET", f"{services}/svc_none") == (404, None)


async def test_what_another_organisation_has_is_not_there(guard: Watch) -> None:
    theirs = (await guard.door.storage.directory.ensure_organization("theirs", "Theirs")).id
    operator = the_operator(theirs)
    source = await guard.door.bus.execute(
        CreateIntegration(caller=operator, source="grafana", name="Theirs", token_hash="h")
    )
    service = await guard.door.bus.execute(AddService(caller=operator, name="Theirs"))
    incident = await guard.door.bus.execute(
        DeclareIncident(caller=operator, title="Theirs", severity=Severity.HIGH)
    )
    ours = await guard.ask("POST", "/api/v1/services", {"name": "Ours"})
    silence = {"matchers": ["a=b"], "seconds": 60, "integration_id": source.id}

    refused = {
        "sources": await guard.refused("POST", RULES, {**DROP, "sources": [source.id]}),
        "service_ids": await guard.refused("POST", RULES, {**DROP, "service_ids": [service.id]}),
        "incident_id": await guard.refused(
            "POST", RULES, {**DROP, "routing": "attach", "incident_id": incident.id}
        ),
        "alert": await guard.refused("POST", TRY, {"alert": {}, "integration_id": source.id}),
        "silence": await guard.refused("POST", "/api/v1/silences", silence),
        "depends_on": await guard.refused(
            "PATCH", f"/api/v1/services/{ours['id']}", {"depends_on": [service.id]}
        ),
    }

    assert refused == {
        "sources": (422, "sources"),
        "service_ids": (422, "service_ids"),
        "incident_id": (422, "incident_id"),
        "alert": (422, "integration_id"),
        "silence": (422, "integration_id"),
        "depends_on": (422, "depends_on"),
    }
