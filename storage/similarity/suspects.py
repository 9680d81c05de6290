"""Whom to leave out when embedding fails: one document may be to blame, or none of them."""

from collections.abc import Sequence

from storage.similarity.documents import Document

MOST_SUSPECTS = 3
"""When so many fail one after the other, it is not for what they say."""
FEWER, MORE = 4, 2


class Suspects:
    """After a failure fewer are tried together, at last each alone. Who failed alone, while
    others went well afterwards, is set aside until its words change or the process ends."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = most
        self._suspected: dict[str, None] = {}
        self._aside: set[str] = set()

    @property
    def count(self) -> int:
        """How many are left out."""
        return len(self._suspected) + len(self._aside)

    def without(self, documents: Sequence[Document]) -> list[Document]:
        """Those that are to be tried together now."""
        others = [one for one in documents if one.id not in self._aside]
        innocent = [one for one in others if one.id not in self._suspected]
        return (innocent or others)[: self._size]

    def failed(self, documents: Sequence[Document]) -> None:
        if len(documents) == 1:
            self._suspected[documents[0].id] = None
        if len(self._suspected) > MOST_SUSPECTS:
            self._suspected.clear()
        self._size = max(1, self._size // FEWER)

    def succeeded(self) -> None:
        self._aside.update(self._suspected)
        self._suspected.clear()
        self._size = min(self._most, self._size * MORE)

    def acquit(self, id: str) -> None:
        """It may have other words now."""
        self._suspected.pop(id, None)
        self._aside.discard(id)
