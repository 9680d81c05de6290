"""Which titles fit what somebody has begun to type."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.domain.search import LONGEST, WORD, folded, terms

MOST_TYPED = 300
"""Characters of what was typed that count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Titled:
    """Something that can be found, by its title alone. A higher `sequence` was written later."""

    id: str
    kind: str
    title: str
    sequence: int = 0


def begun(text: str) -> tuple[str, ...]:
    """The beginnings of words to look for. Of the last word one letter is enough."""
    words = [folded(word)[:LONGEST] for word in WORD.findall(text[:MOST_TYPED])]
    telling = [word for word in words[:-1] if len(word) > 1 or not word.isascii()]
    return tuple(dict.fromkeys(word for word in (*telling, *words[-1:]) if word))


def suggested(typed: Sequence[str], titles: Iterable[Titled], limit: int) -> list[Titled]:
    """Those in which every word that was typed begins a word, each title once: first those that
    begin with what was typed, then those that have it as whole words, then the newest."""
    fitting = [(_place(typed, one), one) for one in titles]
    best = sorted(
        ((place, -one.sequence, one.id, one) for place, one in fitting if place is not None),
        key=lambda found: found[:3],
    )
    once: dict[tuple[str, str], Titled] = {}
    for *_, one in best:
        once.setdefault((one.kind, one.title.casefold()), one)
    return list(once.values())[:limit]


def _place(typed: Sequence[str], one: Titled) -> tuple[int, int] | None:
    """The smaller the better; None where a word that was typed begins none of the title."""
    words = title_terms(one.title)
    if not typed or not all(any(word.startswith(part) for word in words) for part in typed):
        return None
    return int(not words[0].startswith(typed[0])), -len(set(typed).intersection(words))


def title_terms(title: str) -> tuple[str, ...]:
    return terms(title, most=LONGEST)
