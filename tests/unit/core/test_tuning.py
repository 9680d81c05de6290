"""How the settings of a source change what its alerts mean."""

from dataclasses import replace

import pytest

from core.domain.alert import Alert
from core.domain.severity import Severity
from core.domain.source_settings import SourceSettings
from core.domain.tuning import regrouped, service_named, tuned, tunes
from tests.unit.core.alerts import firing


def labelled(**labels: str) -> Alert:
    return replace(firing(), labels=labels)


@pytest.mark.parametrize(
    ("word", "severity"),
    [("P1", Severity.CRITICAL), (" p1 ", Severity.CRITICAL), ("p9", Severity.HIGH)],
)
def test_a_word_of_the_source_means_what_its_settings_say(word: str, severity: Severity) -> None:
    settings = SourceSettings(severities={"p1": "critical", "p9": "no word of ours"})

    assert tuned(replace(firing(), severity_word=word), settings).severity is severity


def test_without_settings_an_alert_stays_as_it_is() -> None:
    alert = replace(firing(), severity_word="P1")

    assert tuned(alert, SourceSettings()) is alert
    assert not tunes(SourceSettings())


def test_alerts_with_the_same_labels_are_one_group() -> None:
    settings = SourceSettings(group_by=("team", "zone"))

    one, same, other = (
        tuned(labelled(team=team, zone="a", instance=instance), settings)
        for team, instance in (("x", "1"), ("x", "2"), ("y", "3"))
    )

    assert one.group == same.group != other.group
    assert one.group_title == "Several alerts: team x, zone a"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"a": "1", "b": "2"}, {"a": "12", "b": ""}),
        ({"a": "", "b": "x"}, {"a": "x", "b": ""}),
        ({"a": "x" * 500, "b": "1"}, {"a": "x" * 500, "b": "2"}),
    ],
)
def test_different_values_are_never_one_group(left: dict[str, str], right: dict[str, str]) -> None:
    first, second = (regrouped(labelled(**labels), ("a", "b")) for labels in (left, right))

    assert first.group != second.group
    assert len(first.group) <= 500


def test_groups_of_different_rules_stay_apart() -> None:
    alert = labelled(a="1")

    assert regrouped(alert, ("a",), "rule 1").group != regrouped(alert, ("a",), "rule 2").group


def test_an_alert_without_any_of_the_labels_keeps_its_title() -> None:
    assert regrouped(labelled(), ("a",)).group_title == "Several alerts: latency"


def test_a_label_names_the_service_unless_it_is_not_to() -> None:
    labels = {"service": " Checkout ", "app": "shop"}

    assert service_named(labels, SourceSettings()) == "Checkout"
    assert service_named(labels, SourceSettings(service_label="app")) == "shop"
    assert service_named(labels, SourceSettings(service_label="")) == ""
    assert service_named({}, SourceSettings()) == ""
