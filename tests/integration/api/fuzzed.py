"""Bodies as nobody would send them: near to what an operation takes, or nowhere near."""

import json
from collections.abc import Iterator
from typing import Any, TypeAlias

from hypothesis import strategies as st

Place: TypeAlias = tuple[str | int, ...]

LETTERS = st.characters(codec="utf-8", exclude_characters="\0")
PLAIN = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(LETTERS, max_size=40)
)
VALUES = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(LETTERS, max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


class Raw(str):
    """A piece of JSON, or of what only looks like it, as it is sent."""

    __slots__ = ()


NASTY = st.sampled_from(
    [
        Raw(text)
        for text in (
            "1e999",
            "-0.0",
            "9" * 400,
            "9223372036854775808",
            "-9223372036854775809",
            "NaN",
            "[" * 300 + "]" * 300,
            '{"a":' * 300 + "1" + "}" * 300,
            r'"\ud800"',
            r'"a\u0000b"',
            r'"\u202e\ufeff\u0007"',
            '"' + "x" * 20_000 + '"',
            '""',
            '"   "',
            '"0001-01-01T00:00:00+23:59"',
            '"9999-12-31T23:59:59.999999-23:59"',
            '"2026-02-30T00:00:00Z"',
            '"2026-11-20T23:28:33"',
            '"%00\' OR 1=1 --"',
            "[" + ",".join(['"x"'] * 500) + "]",
            "[[]]",
            "[{}]",
            "{}",
        )
    ]
)
STRANGE = NASTY | VALUES


@st.composite
def near(draw: st.DrawFn, example: Any) -> bytes:
    """The example with one to three of its places made strange."""
    body = example
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.sampled_from(list(places(body)) or [()]))
        body = draw(_changed(body, place))
    return written(body).encode()


def anything() -> st.SearchStrategy[bytes]:
    return STRANGE.map(lambda value: written(value).encode())


def places(value: Any, here: Place = ()) -> Iterator[Place]:
    """Where something stands, each as the way to it."""
    yield here
    match value:
        case dict():
            for key, each in value.items():
                yield from places(each, (*here, key))
        case list():
            for index, each in enumerate(value):
                yield from places(each, (*here, index))


def written(value: Any) -> str:
    """As JSON, with whatever is raw as it is."""
    match value:
        case Raw():
            return str(value)
        case dict():
            return (
                "{" + ",".join(f"{_text(key)}:{written(each)}" for key, each in value.items()) + "}"
            )
        case list():
            return "[" + ",".join(map(written, value)) + "]"
        case str():
            return _text(value)
        case _:
            return json.dumps(value)


def _text(text: str) -> str:
    return json.dumps(text)


@st.composite
def _changed(draw: st.DrawFn, body: Any, place: Place) -> Any:
    if not place:
        return _with_more(body, draw(st.text(LETTERS, max_size=8)), draw(STRANGE))
    deed = draw(st.sampled_from(["replace", "replace", "remove", "multiply", "add"]))
    strange = draw(STRANGE)
    return _at(body, place, deed, strange)


def _at(body: Any, place: Place, deed: str, strange: Any) -> Any:
    """A copy of the body in which that was done there."""
    first, *rest = place
    copy: Any = dict(body) if isinstance(body, dict) else list(body)
    if rest:
        copy[first] = _at(copy[first], tuple(rest), deed, strange)
        return copy
    match deed:
        case "remove":
            del copy[first]
        case "multiply":
            copy[first] = [copy[first]] * 150
        case "add":
            copy[first] = _with_more(copy[first], "unknown", strange)
        case _:
            copy[first] = strange
    return copy


def _with_more(value: Any, key: str, strange: Any) -> Any:
    match value:
        case dict():
            return {**value, key: strange}
        case list():
            return [*value, strange]
        case _:
            return strange
