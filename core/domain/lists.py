"""Lists from outside: each entry once, and no more of them than can be kept."""

from collections.abc import Hashable, Iterable
from typing import TypeVar

from core.errors import InvalidInput
from core.language import known, say

T = TypeVar("T", bound=Hashable)


def once_each(entries: Iterable[T], *, most: int, field: str, noun: str) -> tuple[T, ...]:
    """In their order; `InvalidInput` names `field`, and what there is too much of."""
    kept = tuple(dict.fromkeys(entries))
    if len(kept) > most:
        raise InvalidInput(
            say(
                "There are {count:,} {noun}; at most {most} are possible.",
                count=len(kept),
                noun=known(noun),
                most=most,
            ),
            field=field,
        )
    return kept
