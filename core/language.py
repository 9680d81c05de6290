"""The language in which people are spoken to: English as written here, or another from a catalogue.

Whoever speaks says `say("{name} took the incident.", name=…)`. The English template is the key
under which the catalogue of another language has its own; what stands in braces is filled in after
the template was found. Which language it is, is decided at the edge, once for everything that is
said in answer to one gesture or for one delivery: `with speaking(catalogue):`.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """`language` is its code, as of BCP 47; a template that is missing is said in English."""

    language: str = "en"
    templates: Mapping[str, str] = field(default_factory=dict, repr=False)


ENGLISH = Catalogue()
_spoken: ContextVar[Catalogue] = ContextVar("tocsin_language", default=ENGLISH)


def say(template: str, **values: object) -> str:
    """The template in the language spoken now, with the values in its braces."""
    translated = _spoken.get().templates.get(template) or template
    return translated.format(**values)


def say_many(one: str, many: str, count: int, **values: object) -> str:
    """`one` where `count` is 1, else `many`; `{count}` may stand in both."""
    return say(one if count == 1 else many, count=count, **values)


def to_say(template: str) -> str:
    """The same: a template that is said later, noted here for those who translate."""
    return template


def known(text: str) -> str:
    """A text that was stored or given, as it is said now where the catalogue has exactly that."""
    return _spoken.get().templates.get(text) or text


def spoken_now() -> Catalogue:
    """For whoever hands work to somebody else, who is to say the same in it."""
    return _spoken.get()


def language() -> str:
    """The code of the language spoken now."""
    return _spoken.get().language


@contextmanager
def speaking(catalogue: Catalogue) -> Iterator[None]:
    """Everything said inside is said in that language, also by tasks begun inside."""
    token = _spoken.set(catalogue)
    try:
        yield
    finally:
        _spoken.reset(token)
