"""Severities, phases, roles, sources and addresses: every word people may use for them."""

from collections.abc import Callable

import pytest

from core.domain.account import Role, email_address, role_named
from core.domain.integration import source_named
from core.domain.severity import Severity, alert_severity, severity_named
from core.domain.state import Phase, phase_named
from core.errors import InvalidInput


@pytest.mark.parametrize(
    ("severity", "rank", "label"),
    [
        (Severity.CRITICAL, 4, "Critical (SEV1)"),
        (Severity.HIGH, 3, "High (SEV2)"),
        (Severity.MEDIUM, 2, "Medium (SEV3)"),
        (Severity.LOW, 1, "Low (SEV4)"),
    ],
)
def test_each_severity_has_a_rank_and_a_label(severity: Severity, rank: int, label: str) -> None:
    assert (severity.rank, severity.label) == (rank, label)


@pytest.mark.parametrize(
    ("word", "severity"),
    [
        ("critical", Severity.CRITICAL),
        ("SEV1", Severity.CRITICAL),
        (" sev2 ", Severity.HIGH),
        ("major", Severity.HIGH),
        ("sev3", Severity.MEDIUM),
        ("Moderate", Severity.MEDIUM),
        ("sev4", Severity.LOW),
        ("minor", Severity.LOW),
    ],
)
def test_people_have_many_words_for_a_severity(word: str, severity: Severity) -> None:
    assert severity_named(word) is severity


@pytest.mark.parametrize("word", ["", "sev5", "warning", "kritisch"])
def test_any_other_word_is_refused_by_people(word: str) -> None:
    with pytest.raises(InvalidInput, match="critical, high, medium, low, major, minor") as refused:
        severity_named(word, field="level")

    assert refused.value.field == "level"


@pytest.mark.parametrize(
    ("word", "severity"),
    [
        ("page", Severity.CRITICAL),
        ("ERROR", Severity.HIGH),
        ("warning", Severity.MEDIUM),
        ("info", Severity.LOW),
        ("none", Severity.LOW),
        ("sev1", Severity.CRITICAL),
        ("banana", Severity.MEDIUM),
        ("", Severity.MEDIUM),
        (None, Severity.MEDIUM),
    ],
)
def test_an_alert_is_never_refused_for_its_word(word: str | None, severity: Severity) -> None:
    assert alert_severity(word) is severity


def test_a_phase_is_known_in_any_case() -> None:
    assert phase_named(" Monitoring ") is Phase.MONITORING


@pytest.mark.parametrize(
    ("word", "role"),
    [("owner", Role.OWNER), ("Responder", Role.ENGINEER), ("user", Role.VIEWER)],
)
def test_a_role_may_go_by_another_products_name(word: str, role: Role) -> None:
    assert role_named(word) is role


@pytest.mark.parametrize(
    ("named", "field"),
    [(phase_named, "phase"), (role_named, "role"), (source_named, "source")],
)
def test_an_unknown_word_is_refused_with_the_choices(
    named: Callable[[str], object], field: str
) -> None:
    with pytest.raises(InvalidInput, match=r"“nonsense” is not .*; use ") as refused:
        named("nonsense")

    assert refused.value.field == field


def test_an_address_is_kept_in_lower_case() -> None:
    assert email_address("  Alice@Example.COM ") == "alice@example.com"


@pytest.mark.parametrize("text", ["alice", "@example.com", "alice@", "a lice@example.com"])
def test_what_cannot_be_an_address_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="is not an e-mail address"):
        email_address(text)
