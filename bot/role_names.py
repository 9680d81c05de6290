"""How the roles that every incident has are called in all languages, so that no other is."""

from collections.abc import Mapping
from functools import partial

from bot.languages import in_every_language
from core.domain.incident_role import STANDARD_ROLES
from core.errors import InvalidInput
from core.flaws import Flaws
from core.language import known, say


def require_own_words(words: Mapping[str, str | None]) -> None:
    """`InvalidInput` at each field, by its name, that says what a standard role is called in
    whichever language: an organisation may choose another one later."""
    flaws = Flaws()
    for field, text in words.items():
        taken = _called((text or "").strip().casefold())
        if taken:
            message = say(
                "The role {taken} is called so in another language; choose other words.",
                taken=taken,
            )
            flaws.note(InvalidInput(message, field=field))
    flaws.refuse()


def _called(wanted: str) -> str:
    for name in STANDARD_ROLES.values():
        if wanted in {one.casefold() for one in in_every_language(partial(known, name))}:
            return known(name)
    return ""
