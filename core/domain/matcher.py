"""Label matchers, as Alertmanager writes them: which alerts are meant, by their labels.

`service="checkout"`, `severity!="critical"`, `instance=~"db-[0-9]+"`, `job!~"test.*"`. A pattern is
of RE2 and has to fit the whole label, so that no pattern can take long, whoever wrote it. A label
that an alert does not have is empty.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

import re2

from core.domain.alert import Labels
from core.domain.text import shorten
from core.errors import InvalidInput
from core.language import known, say, to_say

MAX_MATCHERS = 20
MAX_MATCHER = 500
MEMORY = 128 * 1024
"""Bytes that one pattern may take, however it is written."""

_ONE = re.compile(
    r"""\s*(?:"(?P<quoted_label>(?:[^"\\]|\\.)+)"|(?P<label>[^\s"'=!~{},\\]+))
    \s*(?P<operator>=~|!=|!~|=)
    \s*(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<plain>(?![=~'])(?:[^\s",]+(?:[ \t]+[^\s",]+)*)?))
    [ \t]*(?:[,\n]|\Z)""",
    re.VERBOSE | re.DOTALL,
)
_BARE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ESCAPE = re.compile(r'\\(["\\n])')
_MEANT = {'"': '"', "\\": "\\", "n": "\n"}
_STRAIGHT = str.maketrans("“”„", '"' * 3)
_FORMS = to_say('write label="value", label!="value", label=~"pattern" or label!~"pattern"')


class Operator(StrEnum):
    IS = "="
    IS_NOT = "!="
    FITS = "=~"
    FITS_NOT = "!~"


class Pattern(Protocol):
    def fullmatch(self, text: bytes) -> object | None:
        """Something where the whole text fits."""

    def __hash__(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """`pattern` is there where the operator asks for one."""

    label: str
    operator: Operator
    value: str
    pattern: Pattern | None = None

    def matches(self, labels: Labels) -> bool:
        value = labels.get(self.label, "")
        if self.pattern is None:
            return (value == self.value) is (self.operator is Operator.IS)
        return _fits(self.pattern, value) is (self.operator is Operator.FITS)

    @property
    def text(self) -> str:
        """As it is stored and shown."""
        label = self.label if _BARE.fullmatch(self.label) else _quoted(self.label)
        return f"{label}{self.operator}{_quoted(self.value)}"


@lru_cache(maxsize=4_096)
def _fits(pattern: Pattern, value: str) -> bool:
    """Few values come again and again, in the labels of whole floods."""
    return pattern.fullmatch(value.encode("utf-8", "replace")) is not None


def canonical_matchers(
    texts: Iterable[str], field: str = "matchers", *, bare_too: bool = False
) -> tuple[str, ...]:
    """Each once, in the one way it is written; a text may hold several, parted by commas or line
    ends, in braces or without. They ask for a label at least, unless alerts that have none of
    these may be meant as well (`bare_too`). `InvalidInput` names `field`."""
    found: dict[str, Matcher] = {}
    for text in texts:
        if not _unbraced(text).strip():
            message = say("A matcher is empty; {forms}, or leave it out.", forms=known(_FORMS))
            raise InvalidInput(message, field=field)
        for matcher in _read(text, field):
            found[matcher.text] = matcher
            _require_bounds(matcher.text, len(found), field)
    bare = found and all(matcher.matches({}) for matcher in found.values())
    if bare and not bare_too:
        raise InvalidInput(
            say(
                "These matchers also fit alerts that have none of these labels; add one that "
                'asks for a label, such as alertname=~".+".'
            ),
            field=field,
        )
    return tuple(found)


def matches(matchers: tuple[str, ...], labels: Labels) -> bool:
    """Whether all of them hold; none at all match nothing."""
    return all_match(understood(matchers), labels)


def all_match(matchers: tuple[Matcher, ...], labels: Labels) -> bool:
    for matcher in matchers:
        if not matcher.matches(labels):
            return False
    return bool(matchers)


@lru_cache(maxsize=256)
def understood(matchers: tuple[str, ...]) -> tuple[Matcher, ...]:
    """The cheap ones first. None where one of them cannot be read, as may be in an archive that
    somebody edited: an alert that is not understood calls somebody."""
    try:
        found = [matcher for text in matchers for matcher in _read(text, "matchers")]
    except InvalidInput:
        return ()
    return tuple(sorted(found, key=lambda one: one.pattern is not None))


def _require_bounds(text: str, count: int, field: str) -> None:
    if len(text) > MAX_MATCHER:
        message = say(
            "A matcher has {count:,} characters; at most {max_matcher} are possible.",
            count=len(text),
            max_matcher=MAX_MATCHER,
        )
        raise InvalidInput(message, field=field)
    if count > MAX_MATCHERS:
        message = say(
            "There are more than {max_matchers} matchers; use patterns to need fewer.",
            max_matchers=MAX_MATCHERS,
        )
        raise InvalidInput(message, field=field)


def _read(text: str, field: str) -> Iterator[Matcher]:
    """Every matcher in a text; blank ones are passed over."""
    if len(text) > MAX_MATCHERS * MAX_MATCHER:
        message = say(
            "The matchers have {count:,} characters; use patterns to need fewer.", count=len(text)
        )
        raise InvalidInput(message, field=field)
    rest = _unbraced(text if '"' in text else text.translate(_STRAIGHT))
    at = 0
    while rest[at:].strip():
        one = _ONE.match(rest, at)
        if one is None:
            raise InvalidInput(
                say(
                    "“{strip}” is not a matcher; {forms}. A value with a comma needs its quotes.",
                    strip=shorten(rest[at:].strip(), 60),
                    forms=known(_FORMS),
                ),
                field=field,
            )
        yield _matcher(one, field)
        at = one.end()


def _unbraced(text: str) -> str:
    bare = text.strip()
    return bare[1:-1] if bare.startswith("{") and bare.endswith("}") else bare


def _matcher(one: re.Match[str], field: str) -> Matcher:
    quoted_label, label, operator, quoted, plain = one.groups()
    name = label or _unquoted(quoted_label)
    value = plain if quoted is None else _unquoted(quoted)
    if not (name + value.replace("\n", "")).isprintable():
        raise InvalidInput(say("A matcher has invisible characters; leave them out."), field=field)
    kind = Operator(operator)
    pattern = _pattern(value, field) if kind in (Operator.FITS, Operator.FITS_NOT) else None
    return Matcher(label=name, operator=kind, value=value, pattern=pattern)


def _pattern(text: str, field: str) -> Pattern:
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    options.max_mem = MEMORY
    try:
        compiled: Pattern = re2.compile(text.encode(), options)
    except re2.error as error:
        reason = error.args[0]
        said = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
        raise InvalidInput(
            say(
                "“{text}” is not a pattern that RE2 reads: {said}.",
                text=shorten(text, 60),
                said=shorten(said, 100),
            ),
            field=field,
        ) from error
    return compiled


def _unquoted(text: str) -> str:
    return _ESCAPE.sub(lambda escape: _MEANT[escape[1]], text)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
