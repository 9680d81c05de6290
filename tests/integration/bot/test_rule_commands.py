"""`tocsin rules`, `tocsin silences` and `tocsin services depend`, as people call them."""

import json

from tests.integration.bot.conftest import Called

DROP = ("rules", "add", "Tests", "drop", "--match", 'env="test"', "--reason", "They are tests.")
REFUSALS = [
    (("rules", "add", "x", "drop"), 1, "Say why these alerts are dropped"),
    (("rules", "add", "x", "forget"), 2, "invalid choice"),
    (("rules", "add", "x", "declare", "--hold", "soon"), 2, "write it as 90s"),
    (("rules", "add", "x", "declare", "--hours", "9"), 2, "write them as 09:00-17:00"),
    (("rules", "add", "x", "attach", "--incident", "INC-9"), 1, "There is no incident INC-9"),
    (("rules", "move", "rul_x", "0"), 2, "the first one is 1"),
    (("rules", "move", "rul_x", "1"), 1, "There is no routing rule rul_x."),
    (("rules", "try", "--label", "env"), 2, "write it as team=payments"),
    (("rules", "try", "--payload", "missing.json"), 1, "needs an --integration"),
    (("silences", "add", "--for", "1h"), 1, "Say which alerts are meant"),
    (("silences", "add", "a=b", "--for", "5s"), 1, "A silence lasts between"),
    (("silences", "end", "sil_x"), 1, "There is no silence sil_x."),
    (("services", "depend", "x", "--on-nothing"), 1, "There is no service “x”"),
]


def test_rules_are_added_tried_moved_and_deleted(called: Called) -> None:
    called.run("services", "add", "checkout")
    first = called.run(*DROP, "--json").object
    second = called.run(
        "rules", "add", "Nights", "notify", "--channel", "#ops-quiet", "--service", "Checkout",
        "--severity", "low", "--hours", "22:00-06:00", "--days", "mon,tue,wed",
        "--zone", "Europe/Berlin", "--json",
    ).object  # fmt: skip
    declares = called.run(
        "rules", "add", "Bad", "declare", "--as", "sev1", "--group-by", "cluster",
        "--window", "30m", "--hold", "90s", "--position", "1", "--source", "grafana", "--json",
    ).object  # fmt: skip
    tried = called.run("rules", "try", "Latency", "--label", "env=test", "--source", "zabbix")
    moved = called.run("rules", "move", second["id"], "1", "--json").object
    called.run("rules", "delete", declares["id"])
    listed = called.run("rules", "list")
    as_object = called.run("rules", "list", "--json").object["routing_rules"]

    assert (declares["severity"], declares["group_by"]) == ("critical", ["cluster"])
    assert (declares["group_window"], declares["hold"]) == (1_800, 90)
    assert (second["channel"], second["hours"]["days"]) == ("ops-quiet", [1, 2, 3])
    assert tried.out.splitlines() == [
        "Latency (medium): Dropped by the rule “Tests”: They are tests.",
        "  1. Bad: It asks for grafana, and the alert is of zabbix.",
    ]
    assert moved["position"] == 1
    assert [(one["position"], one["id"]) for one in as_object] == [
        (1, second["id"]),
        (2, first["id"]),
    ]
    assert "checkout; low; Mon to Wed, 22:00 to 06:00 Europe/Berlin" in listed.out


def test_what_cannot_be_is_told_with_its_mend(called: Called) -> None:
    told = {words: called.run(*words) for words, _, _ in REFUSALS}

    assert {words: one.code for words, one in told.items()} == {
        words: code for words, code, _ in REFUSALS
    }
    assert [said for words, _, said in REFUSALS if said not in told[words].err] == []


def test_a_payload_is_tried_as_its_source_sends_it(called: Called) -> None:
    made = called.run("integrations", "create", "pagerduty", "--json").object
    called.run(*DROP)
    event = {
        "event_action": "trigger",
        "dedup_key": "disk",
        "payload": {
            "summary": "Disk full",
            "source": "db-1",
            "severity": "critical",
            "custom_details": {"env": "test"},
        },
    }
    (called.folder / "event.json").write_text(json.dumps(event))
    (called.folder / "broken.json").write_text("{")

    tried = called.run(
        "rules", "try", "--integration", made["id"], "--payload", "event.json", "--json"
    )
    broken = called.run("rules", "try", "--integration", made["id"], "--payload", "broken.json")

    [alert] = tried.object["alerts"]
    assert (alert["name"], alert["severity"]) == ("Disk full", "critical")
    assert alert["outcome"] == "drop"
    assert (broken.code, "cannot be read as JSON" in broken.err) == (1, True)


def test_silences_are_added_listed_and_ended(called: Called) -> None:
    made = called.run(
        "silences", "add", 'service="checkout"', "--for", "2h", "--reason", "Disks.", "--json"
    ).object
    listed = called.run("silences", "list")
    ended = called.run("silences", "end", made["id"])
    left = called.run("silences", "list", "--json").object
    every = called.run("silences", "list", "--all", "--json").object

    assert (made["state"], made["by"]) == ("active", "Administrator")
    assert made["id"] in listed.out
    assert "is over" in ended.out
    assert left == {"silences": []}
    assert [one["state"] for one in every["silences"]] == ["over"]


def test_services_depend_on_each_other_in_one_direction(called: Called) -> None:
    for name in ("checkout", "payments"):
        called.run("services", "add", name)

    depends = called.run("services", "depend", "checkout", "--on", "Payments")
    circle = called.run("services", "depend", "payments", "--on", "checkout")
    nothing = called.run("services", "depend", "checkout", "--on-nothing", "--json").object

    assert depends.out.strip() == "checkout depends on payments."
    assert circle.code == 1
    assert "payments → checkout → payments" in circle.err
    assert nothing["depends_on"] == []
