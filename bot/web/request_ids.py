"""Names for requests: random UUIDs, made without asking the system for chance each time."""

from collections.abc import Callable, Iterator
from os import urandom
from typing import TypeAlias

NewRequestId: TypeAlias = Callable[[], str]

_BLOCK, _SIZE = 4096, 16
_VARIANTS = "89ab"


def request_ids() -> NewRequestId:
    return _uuids().__next__


def _uuids() -> Iterator[str]:
    while True:
        block = urandom(_BLOCK)
        for start in range(0, _BLOCK, _SIZE):
            yield _version_4(block[start : start + _SIZE].hex())


def _version_4(digits: str) -> str:
    variant = _VARIANTS[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"
