"""Expressions of JMESPath are checked before they are kept, and bounded when they are used."""

from typing import Any

import pytest

from core.domain.payload_mapping import (
    LONGEST,
    MAPPED,
    Unselectable,
    require_mapping,
    require_meanings,
    selected,
)
from core.errors import InvalidInput


def test_every_field_can_be_mapped() -> None:
    mapping = dict.fromkeys(MAPPED, "a.b[0] || 'x'")

    assert require_mapping(mapping) == mapping


@pytest.mark.parametrize(
    ("mapping", "field", "words"),
    [
        ({"colour": "a"}, "mapping.colour", "cannot be mapped; use alerts, title"),
        ({"title": "a["}, "mapping.title", "is not an expression of JMESPath"),
        ({"title": ""}, "mapping.title", "is not an expression of JMESPath"),
        ({"title": "(" * 400}, "mapping.title", "is not an expression of JMESPath"),
        ({"title": "system('ls')"}, "mapping.title", r"has no function system\(\)"),
        ({"title": "a[].b.map(&evil(@), @)"}, "mapping.title", r"has no function evil\(\)"),
        ({"title": "a" * (LONGEST + 1)}, "mapping.title", "at most 500 characters"),
        ({"title": 7}, "mapping.title", "at most 500 characters"),
    ],
)
def test_what_cannot_be_read_names_its_field(mapping: Any, field: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words) as refused:
        require_mapping(mapping)

    assert refused.value.field == field


def test_a_status_means_one_of_ours() -> None:
    assert require_meanings({"rot": "firing"}) == {"rot": "firing"}
    with pytest.raises(
        InvalidInput, match="use firing, acknowledged, resolved, ignored"
    ) as refused:
        require_meanings({"rot": "burning"})
    assert refused.value.field == "values.rot"


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("checks[0].name", "disk"),
        ("checks[?up].name | [0]", "cpu"),
        ("length(checks)", 2),
        ("missing.deep", None),
        ("join('/', checks[].name)", "disk/cpu"),
        ("{a: checks[0].name}", {"a": "disk"}),
    ],
)
def test_an_expression_finds_what_is_there(expression: str, found: Any) -> None:
    payload = {"checks": [{"name": "disk", "up": False}, {"name": "cpu", "up": True}]}

    assert selected(expression, payload) == found


@pytest.mark.parametrize(
    ("expression", "payload"),
    [
        ("join('', @)", [1]),
        ("|".join(["[@,@][]"] * 60), [1]),
        ("|".join(["join('',[@,@])"] * 30), "x" * 100),
        ("abs(@)", "x"),
        ("sort_by(@, &a)", [{"a": 1}, {"a": "x"}]),
    ],
)
def test_what_fails_or_costs_too_much_is_given_up(expression: str, payload: Any) -> None:
    with pytest.raises(Unselectable):
        selected(expression, payload)
