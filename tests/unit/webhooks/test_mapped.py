"""Payloads of any shape become alerts, by a mapping or in the usual words."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.webhooks import apprise, elasticsearch, generic
from bot.webhooks.source import Heard, NotUnderstood
from core.domain.alert import Alert, AlertStatus, Dating
from core.domain.severity import Severity
from core.domain.source_settings import SourceSettings
from tests.fakes.moment import NOON


def heard(**settings: Any) -> Heard:
    return Heard(received_at=NOON, settings=SourceSettings(**settings))


def read(payload: Any, **settings: Any) -> Alert:
    [alert] = generic.parse(payload, heard(**settings))
    return alert


def test_a_title_is_enough() -> None:
    alert = read({"title": " Disk\nfull "})

    assert (alert.name, alert.fingerprint, alert.group) == ("Disk full", "Disk full", "Disk full")
    assert (alert.status, alert.severity) == (AlertStatus.FIRING, Severity.MEDIUM)
    assert (alert.starts_at, alert.dating) == (NOON, Dating.NONE)


def test_the_usual_words_are_found_where_most_tools_have_them() -> None:
    alert = read(
        {
            "title": "Disk full",
            "dedup_key": "disk-7",
            "state": "ALERTING",
            "priority": "P1",
            "service": "search",
            "message": "3 % left",
            "details": "on /var",
            "url": "https://monitoring.example.com/7",
            "timestamp": 1893495600,
            "labels": {"host": "db-1", "deep": {"not": "shown"}},
        }
    )

    assert (alert.fingerprint, alert.summary, alert.description) == (
        "disk-7",
        "Disk full",
        "3 % left\non /var",
    )
    assert (alert.severity, alert.severity_word) == (Severity.CRITICAL, "P1")
    assert alert.labels == {"host": "db-1", "service": "search"}
    assert alert.links == {"Source": "https://monitoring.example.com/7"}
    assert (alert.starts_at, alert.dating) == (datetime(2030, 1, 1, 11, tzinfo=UTC), Dating.MOMENT)


def test_what_else_there_is_becomes_labels_where_none_are_given() -> None:
    alert = read({"title": "Disk full", "host": "db-1", "free": 3, "essay": "x" * 300})

    assert alert.labels == {"title": "Disk full", "host": "db-1", "free": "3"}


def test_tags_with_a_colon_are_labels() -> None:
    assert read({"title": "x", "tags": ["env:prod", "urgent", 7]}).labels == {"env": "prod"}


def test_a_mapping_goes_before_the_usual_words() -> None:
    payload = {"title": "from a script", "check": {"name": "Queue grows", "ids": [4, 2]}}
    mapping = {"title": "check.name", "key": "check.ids[1]", "group": "'queues'"}

    alert = read(payload, mapping=mapping)

    assert (alert.name, alert.fingerprint, alert.group) == ("Queue grows", "2", "queues")


def test_what_a_mapping_does_not_find_is_not_guessed() -> None:
    with pytest.raises(NotUnderstood, match="says what it is about"):
        read({"title": "from a script"}, mapping={"title": "check.name"})


def test_an_expression_that_does_not_fit_names_its_field() -> None:
    with pytest.raises(NotUnderstood, match="mapping of “severity”"):
        read({"title": "x", "level": 7}, mapping={"severity": "join('-', level)"})


def test_a_list_may_stand_anywhere() -> None:
    payload = {"data": {"checks": [{"n": "a"}, {"n": "b", "state": "ok"}]}}
    mapping = {"alerts": "data.checks", "title": "n"}

    alerts = generic.parse(payload, heard(mapping=mapping))

    assert [(one.name, one.status) for one in alerts] == [
        ("a", AlertStatus.FIRING),
        ("b", AlertStatus.RESOLVED),
    ]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("triggered", AlertStatus.FIRING),
        ("DOWN", AlertStatus.FIRING),
        (True, AlertStatus.FIRING),
        (None, AlertStatus.FIRING),
        ("Recovered", AlertStatus.RESOLVED),
        ("closed", AlertStatus.RESOLVED),
        (False, AlertStatus.RESOLVED),
        ("ack", AlertStatus.ACKNOWLEDGED),
    ],
)
def test_a_status_is_read_in_the_words_of_most_tools(word: Any, status: AlertStatus) -> None:
    assert read({"title": "x", "status": word}).status is status


def test_a_word_of_their_own_means_what_somebody_says() -> None:
    values = {"Rot": "firing", "grün": "resolved", "gelb": "ignored", "down": "resolved"}
    told = [
        [one.status for one in generic.parse({"title": "x", "status": word}, heard(values=values))]
        for word in ("rot", "GRÜN", "gelb", "down")
    ]

    assert told == [[AlertStatus.FIRING], [AlertStatus.RESOLVED], [], [AlertStatus.RESOLVED]]


def test_a_word_that_nobody_explained_is_refused_with_the_mend() -> None:
    with pytest.raises(NotUnderstood, match=r"“perhaps” says neither .* “values”"):
        read({"title": "x", "status": "perhaps"})


def test_an_end_is_dated_where_it_says_when() -> None:
    dated = read({"title": "x", "status": "ok", "ends_at": "2030-01-01T10:00:00Z"})
    undated = read({"title": "x", "status": "ok", "starts_at": "2030-01-01T10:00:00Z"})

    assert (dated.ends_at, dated.dating) == (NOON - timedelta(hours=2), Dating.MOMENT)
    assert (undated.ends_at, undated.dating) == (NOON, Dating.NONE)


@pytest.mark.parametrize(
    ("payload", "settings", "field"),
    [
        ({"starts_at": "yesterday"}, {}, "starts_at"),
        ({"startsAt": ["2026-11-20T23:58:12Z"]}, {}, "starts_at"),
        ({"status": "ok", "ended_at": "soon"}, {}, "ends_at"),
        ({"when": "at noon"}, {"mapping": {"title": "title", "starts_at": "when"}}, "starts_at"),
    ],
)
def test_a_time_that_is_none_is_refused_with_its_field_and_the_mend(
    payload: dict[str, Any], settings: dict[str, Any], field: str
) -> None:
    with pytest.raises(NotUnderstood, match=f"“{field}” is no time") as refusal:
        read({"title": "x", **payload}, **settings)

    assert "2026-11-20T23:58:12Z" in str(refusal.value)
    assert "map" in str(refusal.value)


@pytest.mark.parametrize(
    "payload",
    [
        {"starts_at": ""},
        {"starts_at": None},
        {"starts_at": "0001-01-01T00:00:00Z"},
        {"ends_at": "later"},
        {"time": "12:30 h"},
    ],
)
def test_a_time_that_says_nothing_costs_no_alert(payload: dict[str, Any]) -> None:
    assert read({"title": "x", **payload}).starts_at == NOON


def test_the_label_of_the_service_is_the_one_that_is_looked_for() -> None:
    alert = read({"title": "x", "service": "search", "labels": {}}, service_label="app")

    assert alert.labels["app"] == "search"


def test_a_link_that_leads_nowhere_is_left_out() -> None:
    assert read({"title": "x", "link": "javascript:alert(1)"}).links == {}


def test_a_long_key_stands_for_itself_by_its_hash() -> None:
    one, other = (read({"title": "x", "key": "k" * size}) for size in (1_000, 1_001))

    assert one.fingerprint != other.fingerprint
    assert len(one.fingerprint) < 255


@pytest.mark.parametrize(
    ("kind", "status", "severity"),
    [
        ("failure", AlertStatus.FIRING, Severity.HIGH),
        ("warning", AlertStatus.FIRING, Severity.MEDIUM),
        ("info", AlertStatus.FIRING, Severity.LOW),
        ("success", AlertStatus.RESOLVED, Severity.LOW),
    ],
)
def test_a_kind_of_apprise_says_how_bad_it_is_and_whether_it_is_over(
    kind: str, status: AlertStatus, severity: Severity
) -> None:
    [alert] = apprise.parse({"title": "DB", "message": "no primary", "type": kind}, heard())

    assert (alert.status, alert.severity) == (status, severity)
    assert (alert.name, alert.summary, alert.description) == ("DB", "DB", "no primary")


def test_without_a_title_the_first_line_of_apprises_message_is_one() -> None:
    payload = {"title": "", "message": "no primary\nsince noon", "type": "failure"}

    [alert] = apprise.parse(payload, heard())

    assert (alert.name, alert.description) == ("no primary", "no primary\nsince noon")


def test_what_a_url_of_apprise_adds_says_more() -> None:
    payload = {"title": "DB is fine", "message": "", "type": "info", "key": "db", "status": "ok"}

    [alert] = apprise.parse(payload | {"severity": "critical", "env": "prod"}, heard())

    assert (alert.fingerprint, alert.status) == ("db", AlertStatus.RESOLVED)
    assert (alert.severity, alert.labels["env"]) == (Severity.CRITICAL, "prod")


RULE = {"rule_id": "r1", "alert_id": "host-1", "title": "CPU", "action_group": "threshold met"}


def test_only_recovery_ends_a_rule_of_kibana() -> None:
    groups = ("threshold met", "query matched", "recovered")
    told = [elasticsearch.parse(RULE | {"action_group": one}, heard())[0] for one in groups]

    assert [one.status for one in told] == [
        AlertStatus.FIRING,
        AlertStatus.FIRING,
        AlertStatus.RESOLVED,
    ]
    assert {one.fingerprint for one in told} == {"r1:host-1"}


def test_a_group_of_kibanas_can_be_said_to_mean_something_else() -> None:
    values = {"no data": "ignored"}

    assert elasticsearch.parse(RULE | {"action_group": "No data"}, heard(values=values)) == []


def test_variables_that_kibana_did_not_know_are_nothing() -> None:
    payload = RULE | {"link": "{{context.alertDetailsUrl}}", "date": "{{date}}"}

    [alert] = elasticsearch.parse(payload, heard())

    assert (alert.links, alert.dating) == ({}, Dating.NONE)
