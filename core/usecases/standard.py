"""What comes with every organisation can be used, and neither changed nor named again."""

from collections.abc import Mapping

from core.errors import InvalidInput
from core.language import known, say

FARTHEST = 1_000_000
"""From zero, for what puts things in order; every database can keep it."""


def require_own(id: str, standard: Mapping[str, str]) -> None:
    """`InvalidInput` for the id of one of `standard`, which are names by ids."""
    if id in standard:
        raise InvalidInput(
            say(
                "{name} comes with every organisation and stays so; add one of your own.",
                name=standard[id],
            ),
            field="id",
        )


def require_unlike(name: str, standard: Mapping[str, str]) -> None:
    """`InvalidInput` for the name of one of `standard`, whatever the case."""
    wanted = name.casefold()
    taken = next((known for known in standard.values() if known.casefold() == wanted), None)
    if taken is not None:
        raise InvalidInput(
            say("There is {taken} already; choose another name.", taken=taken), field="name"
        )


def ranked(place: int, *, field: str = "rank") -> int:
    """A place in an order that can be kept."""
    if abs(place) > FARTHEST:
        raise InvalidInput(
            say(
                "The {field} lies between -{farthest:,} and {farthest:,}.",
                field=known(field.replace("_", " ")),
                farthest=FARTHEST,
            ),
            field=field,
        )
    return place
