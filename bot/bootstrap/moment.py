"""The clock and chance, which are read here and nowhere else."""

from collections.abc import Iterator
from datetime import UTC, datetime
from os import urandom
from threading import Lock
from time import time_ns

from core.ports import NewId

_MILLISECOND = 1_000_000
_RANDOM = 80
"""Bits at the end of an id that are chance; those before them are milliseconds."""

_BLOCK, _SIZE = 4_000, _RANDOM // 8
"""Bytes of chance that the system is asked for at once, and how many of them an id takes. Asking
lets go of the interpreter, and a busy one is not given back for milliseconds."""

_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS = tuple(one + other for one in _DIGITS for other in _DIGITS)
_SHIFTS = range(120, -1, -10)


def utc_now() -> datetime:
    return datetime.now(UTC)


def ulids() -> NewId:
    """ULIDs: ids that sort by time, also those of one millisecond, whichever thread asks, and when
    the clock is put back. In a flood every alert gets one, so none takes more than it must."""
    last, lock, chances = 0, Lock(), _chances()

    def new_id(prefix: str) -> str:
        nonlocal last
        with lock:
            moment = time_ns() // _MILLISECOND
            if moment > last >> _RANDOM:
                last = moment << _RANDOM | next(chances)
            else:
                last += 1
            number = last
        return f"{prefix}_{''.join([_PAIRS[number >> shift & 1023] for shift in _SHIFTS])}"

    return new_id


def _chances() -> Iterator[int]:
    while True:
        block = urandom(_BLOCK)
        for start in range(0, _BLOCK, _SIZE):
            yield int.from_bytes(block[start : start + _SIZE])
