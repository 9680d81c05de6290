"""The clock and chance, which are read here and nowhere else."""

from datetime import UTC, datetime
from threading import Lock
from time import time_ns

from ulid import ULID

from core.ports import NewId

_MILLISECOND = 1_000_000
_RANDOM = 80
"""Bits at the end of an id that are chance; those before them are milliseconds."""

_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS = tuple(one + other for one in _DIGITS for other in _DIGITS)
_SHIFTS = range(120, -1, -10)


def utc_now() -> datetime:
    return datetime.now(UTC)


def ulids() -> NewId:
    """Ids that sort by time, also those of one millisecond, whichever thread asks, and when the
    clock is put back. In a flood every alert gets one, so none takes more than it must."""
    last, lock = 0, Lock()

    def new_id(prefix: str) -> str:
        nonlocal last
        with lock:
            moment = time_ns() // _MILLISECOND
            if moment > last >> _RANDOM:
                last = max(int(ULID()), last + 1)
            else:
                last += 1
            number = last
        return f"{prefix}_{''.join([_PAIRS[number >> shift & 1023] for shift in _SHIFTS])}"

    return new_id
