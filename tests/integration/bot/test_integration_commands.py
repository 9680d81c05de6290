"""`tocsin integrations` and `tocsin heartbeats`, as people call them."""

import json
from pathlib import Path

from tests.integration.bot.conftest import Called

REFUSALS = [
    (("integrations", "create", "fax"), 2, "is not a known alert source"),
    (("integrations", "create", "grafana", "--set", "hodl=1"), 1, "There is no setting “hodl”"),
    (("integrations", "create", "grafana", "--set", "hold"), 2, "write it as grace=2m"),
    (("integrations", "create", "grafana", "--set", "hold=soon"), 2, "write it as 90s"),
    (("integrations", "create", "generic", "--mapping", "missing.json"), 1, "cannot be read"),
    (("integrations", "show", "int_x"), 1, "There is no alert source “int_x”"),
    (("integrations", "replay", "x"), 2, "is not the number of a payload"),
    (("integrations", "replay", "99"), 1, "There is no payload 99."),
    (("heartbeats", "create", "x", "--every", "1s"), 1, "The interval is from 10"),
    (("heartbeats", "delete", "x"), 1, "There is no heartbeat “x”"),
]


def test_a_source_is_made_tuned_shown_and_deleted(called: Called, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"mapping": {"title": "what"}, "values": {"BAD": "firing"}}))
    called.run("services", "add", "checkout")
    made = called.run(
        "integrations", "create", "generic", "--name", "Checks", "--service", "checkout",
        "--mapping", str(mapping), "--set", "grace=2m", "--set", "group_by=service,cluster",
        "--json",
    ).object  # fmt: skip
    edited = called.run(
        "integrations", "edit", "checks", "--set", 'severities={"page": "sev1"}', "--json"
    ).object
    rotated = called.run("integrations", "rotate", "Checks", "--json").object
    shown = called.run("integrations", "show", made["id"])
    listed = called.run("integrations", "list").out
    sent = called.run("integrations", "payloads", "Checks").out
    called.run("integrations", "delete", "Checks")
    after = called.run("integrations", "list", "--json").object["integrations"]

    assert edited["settings"]["mapping"] == {"title": "what"}
    assert (edited["settings"]["grace"], edited["settings"]["severities"]) == (
        120,
        {"page": "critical"},
    )
    assert rotated["token"] not in (None, made["token"])
    assert 'group_by: ["service","cluster"]' in shown.out.splitlines()
    assert "Checks" in listed
    assert made["token"] not in f"{listed}{shown.out}"
    assert sent.strip() == "Checks has sent nothing yet."
    assert after == []


def test_a_heartbeat_is_made_listed_and_deleted(called: Called) -> None:
    made = called.run("heartbeats", "create", "Backup", "--every", "1d", "--grace", "30m", "--json")
    listed = called.run("heartbeats", "list").out
    called.run("heartbeats", "delete", "backup")
    after = called.run("heartbeats", "list").out

    assert made.object["url"].endswith(f"/v2/heartbeat/{made.object['id']}/ping")
    assert listed.splitlines()[1].split() == [
        made.object["id"], "Backup", "new", "never", "86400", "s", "1800", "s",
    ]  # fmt: skip
    assert "There is no heartbeat" in after


def test_what_cannot_be_is_told_with_its_mend(called: Called) -> None:
    told = {words: called.run(*words) for words, _, _ in REFUSALS}

    assert {words: one.code for words, one in told.items()} == {
        words: code for words, code, _ in REFUSALS
    }
    assert [said for words, _, said in REFUSALS if said not in told[words].err] == []
