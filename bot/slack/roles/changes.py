"""What was changed in the form about an incident, beside what others changed meanwhile."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from bot.slack.views.edit_modal import Details
from bot.slack.views.own_fields import PLACE
from core.domain.particulars import FieldEntry
from core.errors import InvalidInput
from core.flaws import Flaws
from core.language import say

_PLAIN = ("title", "description", "service_ids", "links", "call_url")


def seals_of(details: Details) -> dict[str, str]:
    """What a form remembers of each place in it: enough to see that it is another now."""
    plain = {name: getattr(details, name) for name in _PLAIN}
    own = {f"{PLACE}{id}": values for id, values in details.entries.items() if values}
    return {name: _seal(value) for name, value in {**plain, **own}.items() if value}


def wanted(filled: Details, now: Details, shown: Mapping[str, str]) -> dict[str, Any]:
    """The fields that were changed since the form was `shown`, as the command names them;
    `InvalidInput` at those that somebody else changed as well."""
    mine, present, flaws = seals_of(filled), seals_of(now), Flaws()
    places = _shown_places(filled)
    changed = [place for place in places if mine.get(place) != shown.get(place)]
    for place in changed:
        if present.get(place) not in (shown.get(place), mine.get(place)):
            flaws.note(_refusal(place))
    flaws.refuse()
    plain = {name: getattr(filled, name) for name in _PLAIN if name in changed}
    own = {place.removeprefix(PLACE) for place in changed if place.startswith(PLACE)}
    if not own:
        return plain
    entries = {**now.entries, **{id: filled.entries[id] for id in own}}
    return {**plain, "fields": _entries(entries)}


def _shown_places(filled: Details) -> list[str]:
    plain = [name for name in _PLAIN if getattr(filled, name) is not None]
    return [*plain, *(f"{PLACE}{id}" for id in filled.entries)]


def _entries(entries: Mapping[str, tuple[str, ...]]) -> tuple[FieldEntry, ...]:
    return tuple(FieldEntry(field_id=id, values=values) for id, values in entries.items() if values)


def _refusal(place: str) -> InvalidInput:
    return InvalidInput(
        say("Somebody else changed this while the form was open; open it again to see it."),
        field=place,
    )


def _seal(value: Any) -> str:
    """Short, and the same in whatever order."""
    text = repr(sorted(map(str, value))) if isinstance(value, tuple) else repr(value.strip())
    return sha256(text.encode()).hexdigest()[:8]
