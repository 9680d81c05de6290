"""A form of the settings that stayed open while others worked: nothing of theirs is lost."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.slack.maintenance.meanwhile import seal
from core.errors import InvalidInput
from core.flaws import Flaws
from core.language import say

Values = Mapping[str, Any]
Spoken = Callable[[Any], str]


def seals_of(values: Values) -> dict[str, str]:
    """What a form remembers of each value that it shows."""
    return {name: seal(value) for name, value in values.items()}


def changed_here(
    filled: Values, now: Values, shown: Mapping[str, str], spoken: Mapping[str, Spoken]
) -> dict[str, Any]:
    """What was changed in the form since it was shown; `InvalidInput` at everything that somebody
    else changed as well, to something else. `spoken` says what it is now, where words can."""
    flaws = Flaws()
    wanted, present = seals_of(filled), seals_of(now)
    changed = [name for name in filled if wanted[name] != shown.get(name)]
    for name in changed:
        if present[name] not in (shown.get(name), wanted[name]):
            flaws.note(_refusal(name, now[name], spoken.get(name)))
    flaws.refuse()
    return {name: filled[name] for name in changed}


def _refusal(name: str, value: Any, spoken: Spoken | None) -> InvalidInput:
    words = spoken(value) if spoken else ""
    if not words:
        message = say(
            "Somebody else changed this while the form was open. Open the form again to see what "
            "it is now."
        )
        return InvalidInput(message, field=name)
    message = say(
        "Somebody else changed this while the form was open, to {value}. Put the same here to save "
        "the rest; to change it after all, open the form again then.",
        value=words,
    )
    return InvalidInput(message, field=name)
