"""What people say of a window, made fit to store: each field by itself."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from core import commands as c
from core.domain.ids import UserId
from core.domain.lists import once_each
from core.domain.maintenance import (
    MAX_AUDIENCE,
    MAX_CUSTOMER_ID,
    MAX_DESCRIPTION,
    MAX_TITLE,
)
from core.domain.maintenance_fields import MAX_CHANNELS, MAX_LINK, MAX_PEOPLE
from core.domain.maintenance_series import require_few, whole
from core.domain.maintenance_times import require_moment
from core.domain.matcher import canonical_matchers
from core.domain.policy import LONGEST_REMINDER, MAX_REMINDERS
from core.domain.recurrence import require_zone
from core.domain.text import one_line, paragraphs
from core.errors import InvalidInput
from core.flaws import Flaws
from core.language import say

_CHANNEL_ID = re.compile(r"[CG][A-Z0-9]{7,20}")
_CHANNEL_NAME = re.compile(r"[\w-]{1,80}")
_CHANNEL_LINK = re.compile(r"<#([CG][A-Z0-9]{7,20})(?:\|[^>]*)?>")
_LINK = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)


def words_of(command: c.ScheduleMaintenance | c.EditMaintenance, flaws: Flaws) -> dict[str, Any]:
    """The fields that were given, by name, fit to store; what is wrong with them is noted."""
    words: dict[str, Any] = {}
    for name, clean in _CLEAN.items():
        value = getattr(command, name)
        if value is None:
            continue
        try:
            words[name] = clean(value)
        except InvalidInput as flaw:
            flaws.note(flaw)
    return words


def _audience(ids: Iterable[str]) -> tuple[str, ...]:
    field = "audience"
    cleaned = (one_line(id, field=field, limit=MAX_CUSTOMER_ID) for id in ids)
    return once_each(cleaned, most=MAX_AUDIENCE, field=field, noun="customers")


def _channels(words: Iterable[str]) -> tuple[str, ...]:
    field, channels = "notify_channels", map(channel_word, words)
    return once_each(channels, most=MAX_CHANNELS, field=field, noun="channels")


def channel_word(word: str, field: str = "notify_channels") -> str:
    """An id stays, a name loses its `#`, a mention becomes the id."""
    text = word.strip()
    if mention := _CHANNEL_LINK.fullmatch(text):
        return mention[1]
    name = text.removeprefix("#")
    if _CHANNEL_ID.fullmatch(name):
        return name
    if not _CHANNEL_NAME.fullmatch(name):
        raise InvalidInput(
            say(
                "“{text}” is no Slack channel; give its name, such as ops-changes, or its id.",
                text=text[:80],
            ),
            field=field,
        )
    return name.lower()


def _people(ids: Iterable[UserId]) -> tuple[UserId, ...]:
    return once_each(ids, most=MAX_PEOPLE, field="notify_user_ids", noun="people")


def _reminders(minutes: Iterable[int]) -> tuple[int, ...]:
    """The longest beforehand first."""
    field, longest = "reminders", int(LONGEST_REMINDER.total_seconds() // 60)
    wanted = tuple(sorted(set(minutes), reverse=True))
    if not all(1 <= one <= longest for one in wanted):
        raise InvalidInput(
            say("A reminder comes 1 to {longest:,} minutes before the start.", longest=longest),
            field=field,
        )
    return once_each(wanted, most=MAX_REMINDERS, field=field, noun="reminders")


def _runbook(text: str) -> str:
    field = "runbook_url"
    address = text.strip()
    if not address:
        return ""
    link = one_line(address, field=field, limit=MAX_LINK)
    if not _LINK.fullmatch(link):
        message = say("The runbook is no address; it begins with https:// and has no spaces.")
        raise InvalidInput(message, field=field)
    return link


def _exceptions(moments: Iterable[datetime]) -> tuple[datetime, ...]:
    wanted = sorted({whole(require_moment(one, field="exceptions")) for one in moments})
    require_few(wanted)
    return tuple(wanted)


def _as_it_is(value: Any) -> Any:
    return value


_CLEAN: Mapping[str, Callable[[Any], Any]] = {
    "title": partial(one_line, field="title", limit=MAX_TITLE),
    "description": partial(paragraphs, field="description", limit=MAX_DESCRIPTION),
    "scheduled_start_at": partial(require_moment, field="scheduled_start_at"),
    "scheduled_end_at": partial(require_moment, field="scheduled_end_at"),
    "service_ids": lambda ids: tuple(dict.fromkeys(ids)),
    "audience": _audience,
    "timezone": require_zone,
    "notify_channels": _channels,
    "notify_user_ids": _people,
    "customer_visible": _as_it_is,
    "runbook_url": _runbook,
    "owner_id": lambda id: id or None,
    "auto_start": _as_it_is,
    "auto_complete": _as_it_is,
    "reminders": _reminders,
    "matchers": canonical_matchers,
    "exceptions": _exceptions,
}
