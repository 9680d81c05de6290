"""The words validation tables are written in: a rule looks at a value and yields its problems."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.json_types import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing Slack would refuse, and where in the payload it stands."""

    message: str
    pointer: str
    type: str
    expected: Any = None
    got: Any = None

    def to_json(self) -> Json:
        constraint: Json = {"type": self.type, "expected": self.expected}
        if self.got is not None:
            constraint["got"] = self.got
        return {
            "code": "failed_constraint",
            "message": self.message,
            "pointer": self.pointer,
            "constraint": constraint,
        }

    def to_line(self) -> str:
        return f"[ERROR] {self.message} [json-pointer:{self.pointer}]"


Rule = Callable[[Any, str], Iterator[Problem]]


def missing(name: str, pointer: str) -> Problem:
    return Problem(
        message=f"missing required field: {name}",
        pointer=pointer,
        type="required",
        expected=name,
    )


def _wrong_type(expected: str, value: object, pointer: str) -> Problem:
    return Problem(
        message=f"must provide a {expected}",
        pointer=pointer,
        type="type",
        expected=expected,
        got=type(value).__name__,
    )


def string(most: int, least: int = 0, pattern: str = "") -> Rule:
    def check(value: Any, pointer: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield _wrong_type("string", value, pointer)
        elif len(value) > most:
            yield too_long(most, len(value), pointer)
        elif len(value) < least:
            yield Problem(
                message=f"must be more than {least - 1} characters",
                pointer=pointer,
                type="min_length",
                expected=least,
                got=len(value),
            )
        elif pattern and not re.fullmatch(pattern, value):
            yield Problem(
                message="must match the expected format",
                pointer=pointer,
                type="pattern",
                expected=pattern,
                got=value,
            )

    return check


def too_long(most: int, got: int, pointer: str) -> Problem:
    return Problem(
        message=f"must be less than {most + 1} characters",
        pointer=pointer,
        type="max_length",
        expected=most,
        got=got,
    )


def flag(value: Any, pointer: str) -> Iterator[Problem]:
    if not isinstance(value, bool):
        yield _wrong_type("boolean", value, pointer)


def whole_number(least: int, most: int) -> Rule:
    def check(value: Any, pointer: str) -> Iterator[Problem]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield _wrong_type("number", value, pointer)
        elif not least <= value <= most:
            yield _out_of_range(least, most, value, pointer)

    return check


def _out_of_range(least: float, most: float, value: float, pointer: str) -> Problem:
    return Problem(
        message=f"must be between {least} and {most}",
        pointer=pointer,
        type="range",
        expected=[least, most],
        got=value,
    )


def number(least: float, most: float) -> Rule:
    """Any number, whole or not."""

    def check(value: Any, pointer: str) -> Iterator[Problem]:
        if not isinstance(value, int | float) or isinstance(value, bool):
            yield _wrong_type("number", value, pointer)
        elif not least <= value <= most:
            yield _out_of_range(least, most, value, pointer)

    return check


def literal(*allowed: str) -> Rule:
    def check(value: Any, pointer: str) -> Iterator[Problem]:
        if not isinstance(value, str) or value not in allowed:
            yield Problem(
                message=f"unsupported value: {value}",
                pointer=pointer,
                type="enum",
                expected=list(allowed),
                got=value,
            )

    return check


def array(of: Rule, most: int, least: int = 1) -> Rule:
    def check(value: Any, pointer: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield _wrong_type("list", value, pointer)
            return
        if len(value) > most:
            yield _count(f"no more than {most} items allowed", "max_items", most, value, pointer)
        if len(value) < least:
            yield _count(f"no fewer than {least} items allowed", "min_items", least, value, pointer)
        for index, item in enumerate(value):
            yield from of(item, f"{pointer}/{index}")

    return check


def _count(message: str, kind: str, expected: int, value: list[Any], pointer: str) -> Problem:
    return Problem(message=message, pointer=pointer, type=kind, expected=expected, got=len(value))


def record(required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None) -> Rule:
    known = {**required, **(optional or {})}

    def check(value: Any, pointer: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield _wrong_type("object", value, pointer)
            return
        for name in required:
            if value.get(name) is None:
                yield missing(name, pointer)
        for name, part in value.items():
            if name == "type" or (part is None and name not in required):
                continue
            yield from _field(known, name, part, pointer)

    return check


def _field(known: Mapping[str, Rule], name: str, part: Any, pointer: str) -> Iterator[Problem]:
    if name in known:
        if part is not None:
            yield from known[name](part, f"{pointer}/{name}")
        return
    yield Problem(
        message=f"invalid additional property: {name}",
        pointer=pointer,
        type="additional_property",
        expected=sorted(known),
        got=name,
    )


def by_type(table: Mapping[str, Rule]) -> Rule:
    """The rule for an object is found under its `type`."""

    def check(value: Any, pointer: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield _wrong_type("object", value, pointer)
            return
        kind = value.get("type")
        if not isinstance(kind, str) or kind not in table:
            yield Problem(
                message=f"unsupported type: {kind}",
                pointer=f"{pointer}/type",
                type="enum",
                expected=sorted(table),
                got=kind,
            )
            return
        yield from table[kind](value, pointer)

    return check


def every(*rules: Rule) -> Rule:
    def check(value: Any, pointer: str) -> Iterator[Problem]:
        for rule in rules:
            yield from rule(value, pointer)

    return check


def exactly_one_of(*names: str) -> Rule:
    return _count_of(names, lambda present: present == 1, "exactly one")


def at_least_one_of(*names: str) -> Rule:
    return _count_of(names, lambda present: present >= 1, "at least one")


def _count_of(names: Sequence[str], fits: Callable[[int], bool], words: str) -> Rule:
    def check(value: Any, pointer: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            return
        present = [name for name in names if value.get(name) is not None]
        if not fits(len(present)):
            yield Problem(
                message=f"must provide {words} of {', '.join(names)}",
                pointer=pointer,
                type="one_of",
                expected=list(names),
                got=present,
            )

    return check
