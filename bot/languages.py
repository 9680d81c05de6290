"""The languages in which people are spoken to, each but English from its catalogue."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from bot.incident_settings import settings_of
from core.domain.ids import OrganizationId
from core.domain.incident_settings import LANGUAGES
from core.language import ENGLISH, Catalogue, speaking
from core.ports import ReadModels

CATALOGUES = Path(__file__).parent / "catalogue"


@cache
def catalogue_of(code: str) -> Catalogue:
    """English for a language that nobody here speaks."""
    if code == ENGLISH.language or code not in LANGUAGES:
        return ENGLISH
    with (CATALOGUES / f"{code}.po").open("rb") as file:
        messages = read_po(file, locale=code, charset="utf-8")
    templates = {str(one.id): str(one.string) for one in messages if one.id and one.string}
    return Catalogue(language=code, templates=templates)


def in_every_language(words: Callable[[], str]) -> frozenset[str]:
    """What `words` says, in each."""
    return frozenset(_said_in(catalogue_of(code), words) for code in LANGUAGES)


def _said_in(catalogue: Catalogue, words: Callable[[], str]) -> str:
    with speaking(catalogue):
        return words()


class Languages:
    """Which organisation is spoken to in which; asked once per change of anything stored."""

    def __init__(self, reads: ReadModels) -> None:
        self._reads = reads
        self._stamp: int | None = None
        self._codes: dict[OrganizationId, str] = {}

    async def of(self, organization_id: OrganizationId) -> Catalogue:
        stamp = await self._reads.stamp()
        if stamp is None or stamp != self._stamp:
            self._stamp, self._codes = stamp, {}
        code = self._codes.get(organization_id)
        if code is None:
            code = (await settings_of(self._reads, organization_id)).language
            if stamp is not None and stamp == self._stamp:
                self._codes[organization_id] = code
        return catalogue_of(code)
