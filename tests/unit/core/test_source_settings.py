"""Settings of alert sources: known by name and within bounds, or refused with the mend."""

from typing import Any

import pytest

from core.domain.source_settings import SourceSettings
from core.errors import InvalidInput
from core.usecases.source_settings_checks import BOUNDS, changed_settings

USUAL = SourceSettings()


@pytest.mark.parametrize(
    ("name", "given", "kept"),
    [
        ("severities", {" Page ": "SEV1", "info": "low"}, {"page": "critical", "info": "low"}),
        ("service_label", " app ", "app"),
        ("service_label", "", ""),
        ("group_by", ["service", "cluster", "service"], ("service", "cluster")),
        ("hold", 30, 30),
        ("flap_count", 0, 0),
        ("quiet_after", 60, 60),
        ("check_url", "https://alerts.example.com", "https://alerts.example.com"),
        ("check_url", "", ""),
        ("mapping", {"title": "alert.name"}, {"title": "alert.name"}),
        ("values", {"OK": "Resolved"}, {"ok": "resolved"}),
        ("topics", ["arn:aws:sns:eu-west-1:1:ops"], ("arn:aws:sns:eu-west-1:1:ops",)),
    ],
)
def test_a_setting_is_kept_as_it_is_meant(name: str, given: Any, kept: Any) -> None:
    changed = changed_settings(USUAL, {name: given})

    assert getattr(changed, name) == kept


def test_what_is_not_given_stays() -> None:
    before = changed_settings(USUAL, {"hold": 30, "grace": 60})

    after = changed_settings(before, {"grace": 0})

    assert (after.hold, after.grace) == (30, 0)


@pytest.mark.parametrize(("name", "bounds"), BOUNDS.items())
def test_a_number_is_within_its_bounds(name: str, bounds: tuple[int, int]) -> None:
    least, most = bounds
    for wrong in (least - 1, most + 1, "3", 1.5, True, None):
        with pytest.raises(InvalidInput, match="whole number") as refusal:
            changed_settings(USUAL, {name: wrong})
        assert refusal.value.field == f"settings.{name}"

    assert getattr(changed_settings(USUAL, {name: most}), name) == most


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"hld": 3}, "settings.hld"),
        ({"quiet_after": 5}, "settings.quiet_after"),
        ({"flap_count": 1}, "settings.flap_count"),
        ({"severities": {"page": "loud"}}, "settings.severities.page"),
        ({"severities": ["page"]}, "settings.severities"),
        ({"severities": {"page": 1}}, "settings.severities.page"),
        ({"severities": {f"s{n}": "low" for n in range(101)}}, "settings.severities"),
        ({"group_by": "service"}, "settings.group_by"),
        ({"group_by": [" "]}, "settings.group_by"),
        ({"group_by": [f"l{n}" for n in range(21)]}, "settings.group_by"),
        ({"service_label": 3}, "settings.service_label"),
        ({"service_label": "x" * 201}, "settings.service_label"),
        ({"check_url": "ftp://example.com"}, "settings.check_url"),
        ({"mapping": {"titel": "a"}}, "settings.mapping.titel"),
        ({"mapping": {"title": "a[["}}, "settings.mapping.title"),
        ({"values": {"OK": "fine"}}, "settings.values.ok"),
        ({"topics": [1]}, "settings.topics"),
    ],
)
def test_a_setting_that_cannot_be_is_named(given: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        changed_settings(USUAL, given)

    assert refusal.value.field == field


def test_everything_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(InvalidInput) as refusal:
        changed_settings(USUAL, {"hold": -1, "grace": -1, "nothing": 0})

    assert [field for field, _ in refusal.value.flaws] == [
        "settings.hold",
        "settings.grace",
        "settings.nothing",
    ]
