"""Label matchers: what is read, how it is written, and which alerts are meant."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.matcher import MAX_MATCHERS, canonical_matchers, matches
from core.errors import InvalidInput

DB = {"alertname": "HighLatency", "instance": "db-12", "severity": "critical"}


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("service=checkout", ('service="checkout"',)),
        ('service = "checkout"', ('service="checkout"',)),
        ("service=“check out”", ('service="check out"',)),
        ("service=check out", ('service="check out"',)),
        (r'instance=~"web-\d+"', (r'instance=~"web-\\d+"',)),
        (r'path="C:\\temp \"x\""', (r'path="C:\\temp \"x\""',)),
        ('"my label"="x"', ('"my label"="x"',)),
        ('{alertname="Down", job!~"test.*",}', ('alertname="Down"', 'job!~"test.*"')),
        ("alertname=Down\njob!=test", ('alertname="Down"', 'job!="test"')),
        ('x=~"a{1,3}"', ('x=~"a{1,3}"',)),
        ("x=1, x=1", ('x="1"',)),
    ],
)
def test_a_matcher_is_written_in_one_way(text: str, canonical: tuple[str, ...]) -> None:
    assert canonical_matchers([text]) == canonical
    assert canonical_matchers(canonical) == canonical


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "A matcher is empty; write label="),
        (" \n", "A matcher is empty"),
        ("{ }", "A matcher is empty"),
        ("checkout", "“checkout” is not a matcher; write label="),
        ("service==checkout", "“service==checkout” is not a matcher"),
        ("service~=checkout", "is not a matcher"),
        ("service='checkout'", "is not a matcher"),
        ("a=b, , c=d", "is not a matcher"),
        ("=checkout", "is not a matcher"),
        ('service="checkout', "is not a matcher"),
        ('x=~"("', "“(” is not a pattern that RE2 reads: missing )"),
        (r"x=~(a)\1", "is not a pattern that RE2 reads"),
        ("x=~(?=a)", "is not a pattern that RE2 reads"),
        ("x=~((a{1000}){1000}){1000}", "is not a pattern that RE2 reads"),
        ("x=a\u202eb", "invisible characters"),
        ("x=~\ud800", "invisible characters"),
        ("x=" + "y" * 500, "A matcher has 504 characters; at most 500"),
        ("x=" + "y" * 20_000, "20,002 characters"),
        ("x!=a", "also fit alerts that have none of these labels"),
        ("x=, y=~.*", "also fit alerts that have none of these labels"),
    ],
)
def test_what_is_no_matcher_is_refused_at_its_field(text: str, reason: str) -> None:
    with pytest.raises(InvalidInput, match=re.escape(reason)) as refusal:
        canonical_matchers([text], field="quiet")

    assert refusal.value.field == "quiet"


def test_there_are_only_so_many_matchers() -> None:
    texts = [f"label_{n}=x" for n in range(MAX_MATCHERS + 1)]

    assert len(canonical_matchers(texts[:-1])) == MAX_MATCHERS
    with pytest.raises(InvalidInput, match="more than 20 matchers"):
        canonical_matchers(texts)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("instance=db-12", True),
        ("instance=db-1", False),
        ("instance=~db-[0-9]+", True),
        ("instance=~db", False),
        ("instance=~.*12", True),
        ("alertname=HighLatency, instance=web-1", False),
        ("alertname=HighLatency, instance!=web-1", True),
        ("alertname=HighLatency, instance!~web-.*", True),
        ("alertname=HighLatency, instance!~db-.*", False),
        ('alertname=HighLatency, team=""', True),
        ("alertname=HighLatency, team!=db", True),
        ("team=~.+", False),
    ],
)
def test_all_of_them_have_to_hold(text: str, meant: bool) -> None:
    assert matches(canonical_matchers([text]), DB) is meant


def test_no_matchers_mean_no_alert() -> None:
    assert not matches((), DB)


def test_matchers_that_cannot_be_read_any_more_suppress_nothing() -> None:
    assert not matches(('x="y"', "nonsense"), {"x": "y"})
    assert not matches(('x=~"("',), {"x": "("})


def test_labels_of_any_text_are_looked_at() -> None:
    any_value = canonical_matchers(["x=~.+"])

    assert matches(any_value, {"x": "\ud800"})
    assert matches(any_value, {"x": "Zürich 🚒"})


@given(
    label=st.text(min_size=1, max_size=40),
    operator=st.sampled_from(["=", "!=", "=~", "!~"]),
    value=st.text(max_size=40),
)
def test_what_is_written_is_read_again(label: str, operator: str, value: str) -> None:
    quoted = [part.replace("\\", "\\\\").replace('"', '\\"') for part in (label, value)]
    text = f'"{quoted[0]}"{operator}"{quoted[1]}"'

    try:
        canonical = canonical_matchers([text, "alertname=x"])
    except InvalidInput:
        return  # a pattern that is none, or what nobody can see

    assert canonical_matchers(canonical) == canonical
    if operator in ("=", "!="):
        assert matches(canonical, {"alertname": "x", label: value}) is _holds(
            label, value, operator
        )


def _holds(label: str, value: str, operator: str) -> bool:
    named = label != "alertname" or value == "x"
    return named and operator == "="


@given(st.text(max_size=200))
def test_no_text_is_too_strange(text: str) -> None:
    try:
        canonical = canonical_matchers([text])
    except InvalidInput:
        return

    assert canonical_matchers(canonical) == canonical
