"""The names of time zones, as people spell them and as the IANA database does."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from core.errors import InvalidInput
from core.language import say

MAX_ZONE = 100
_NO_PLACE = frozenset({"localtime", "Factory", "posixrules"})
"""What a machine may have among its zones and what means another time on each of them."""


def require_zone(name: str, field: str = "timezone") -> str:
    """The zone as the database spells it; `InvalidInput` names `field`, and a zone that looks
    like the one that was meant."""
    wanted = name.strip()
    if not wanted:
        message = say("The time zone is empty; write one such as Europe/Berlin or UTC.")
        raise InvalidInput(message, field=field)
    if len(wanted) > MAX_ZONE:
        raise InvalidInput(say("That is too long for a time zone."), field=field)
    found = _names().get(wanted.casefold())
    if found is None:
        raise InvalidInput(
            say("There is no time zone {wanted!r}. {hint}", wanted=wanted, hint=_hint(wanted)),
            field=field,
        )
    return found


def zone(name: str) -> ZoneInfo:
    """The zone behind a name that was checked."""
    return ZoneInfo(name)


def zones_like(typed: str, limit: int) -> list[str]:
    """The first `limit` names in which what was typed occurs, spaces or underscores alike."""
    wanted = typed.strip().replace(" ", "_").casefold()
    return [name for key, name in _names().items() if wanted in key][:limit]


def _hint(wanted: str) -> str:
    near = get_close_matches(wanted.casefold(), _names(), n=1, cutoff=0.75)
    if near:
        return say("Did you mean {names}?", names=_names()[near[0]])
    return say("Use a name of the IANA database, such as Europe/Berlin or America/New_York.")


@lru_cache(maxsize=1)
def _names() -> Mapping[str, str]:
    return {name.casefold(): name for name in sorted(available_timezones() - _NO_PLACE)}
