"""What the core refuses, with its times on the clock of whoever reads it."""

import re
from collections.abc import Awaitable
from datetime import datetime
from functools import partial
from typing import TypeVar

from bot.slack.maintenance.times import when
from bot.slack.text import known_zone, zone_of
from core.errors import IllegalTransition, InvalidInput

T = TypeVar("T")
_MINUTE = re.compile(r"\b(\d{4}-\d\d-\d\d \d\d:\d\d) ([A-Z][\w+-]*(?:/[\w+-]+)*)")
"""As `core.domain.wording.minute` writes it."""


async def in_zone(work: Awaitable[T], zone: str) -> T:
    """What `work` answers; its refusals are told in `zone`."""
    retold = partial(local_times, zone=zone)
    try:
        return await work
    except InvalidInput as refusal:
        raise refusal.reworded(retold) from refusal
    except IllegalTransition as refusal:
        raise IllegalTransition(retold(str(refusal))) from refusal


def local_times(sentence: str, zone: str) -> str:
    return _MINUTE.sub(lambda found: _local(found[1], found[2], zone) or found[0], sentence)


def _local(minute: str, there: str, zone: str) -> str:
    """Empty for what is no time: somebody's words may be in the sentence as well."""
    if known_zone(there) != there:
        return ""
    try:
        return when(datetime.fromisoformat(minute).replace(tzinfo=zone_of(there)), zone)
    except (ValueError, OverflowError):
        return ""
