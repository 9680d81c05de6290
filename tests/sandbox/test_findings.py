"""The list of findings is complete, and every row of it can happen."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.facts.findings import FINDINGS

SANDBOX = Path(__file__).parents[2] / "sandbox"


def words_in(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def raised_in(module: Path) -> Iterator[str]:
    """The codes named where a finding is written."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="finding"), args=[ast.Constant(value=str(code)), *_]
            ):
                yield code


def modules() -> list[Path]:
    return [module for module in SANDBOX.rglob("*.py") if module.name != "findings.py"]


def test_every_finding_has_a_sentence() -> None:
    raised = {code for module in modules() for code in raised_in(module)}

    assert raised - set(FINDINGS) == set()


def test_no_row_speaks_of_what_nobody_looks_for() -> None:
    named = {word for module in modules() for word in words_in(module)}

    assert set(FINDINGS) - named == set()


@pytest.mark.parametrize("code", sorted(FINDINGS))
def test_a_sentence_is_for_people(code: str) -> None:
    assert FINDINGS[code][0].isupper()
    assert FINDINGS[code].endswith(".")
