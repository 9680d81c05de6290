"""Refusals in the caller's words: the core and a product may call the same field differently."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from core.errors import InvalidInput


@contextmanager
def renaming(fields: Mapping[str, str]) -> Iterator[None]:
    """A refusal of a field names it as `fields` has it."""
    try:
        yield
    except InvalidInput as refusal:
        raise refusal.renamed(fields) from refusal
