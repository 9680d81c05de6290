"""The terms by which a database finds documents: words, titles and kinds, of one organisation each.

Every term begins with a key of its organisation, so that no search walks through what others have
written. Two organisations with one key would only be slower: rows say whose they are.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from core.domain.ids import OrganizationId
from core.domain.search import Document
from core.domain.suggesting import title_terms

_KEY_BYTES = 3
_WORD, _TITLE, _KIND = "a", "t", "k"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What to ask the index of terms: any of the terms or `together` all of them, `begun` or
    whole, and one of the kinds, if any are named. Each is of letters and digits only."""

    terms: tuple[str, ...]
    together: bool = False
    begun: bool = False
    kinds: tuple[str, ...] = ()


@lru_cache(maxsize=1_024)
def key_of(organization_id: OrganizationId) -> str:
    return blake2b(organization_id.encode(), digest_size=_KEY_BYTES).hexdigest()


def filed(document: Document, organization_id: OrganizationId) -> frozenset[str]:
    """The terms under which the document is kept."""
    key = key_of(organization_id)
    words = [f"{key}{_WORD}{word}" for word in document.words]
    titled = [f"{key}{_TITLE}{word}" for word in title_terms(document.title)]
    return frozenset((*words, *titled, f"{key}{_KIND}{document.kind}"))


def word_terms(words: Iterable[str], organization_id: OrganizationId) -> tuple[str, ...]:
    start = key_of(organization_id) + _WORD
    return tuple(start + word for word in words)


def title_beginnings(words: Iterable[str], organization_id: OrganizationId) -> tuple[str, ...]:
    start = key_of(organization_id) + _TITLE
    return tuple(start + word for word in words)


def kind_terms(kinds: Collection[str], organization_id: OrganizationId) -> tuple[str, ...]:
    start = key_of(organization_id) + _KIND
    return tuple(start + kind for kind in sorted(kinds))
