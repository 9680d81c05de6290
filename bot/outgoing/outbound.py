"""What outgoing webhooks of this installation may do, for whoever makes them and whoever sends."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.encryption import Cipher, Unreadable
from bot.outgoing.addresses import ForbiddenAddress, literal, require_reachable
from core.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbound:
    """`cipher` seals the secrets; `private` lets webhooks reach private addresses."""

    cipher: Cipher = field(repr=False)
    private: bool = False

    def seal(self, secret: str) -> str:
        return self.cipher.encrypt(secret).decode()

    def opened(self, sealed: str) -> str:
        """`Unreadable` when it was sealed with another key."""
        return self.cipher.decrypt(sealed.encode())

    def signing(self, sealed: Sequence[str]) -> list[str]:
        """The present secret, or `Unreadable`, and with it the former one where it can be read:
        after a move to another installation it cannot."""
        present, *former = sealed
        return [self.opened(present), *self._readable(former)]

    def _readable(self, sealed: Sequence[str]) -> Iterator[str]:
        for one in sealed:
            with suppress(Unreadable):
                yield self.opened(one)

    def require_way(self, url: str, field: str = "url") -> None:
        """`InvalidInput` for an address that is forbidden. Where a name leads is seen when
        something is sent, each time; what is no URL at all is refused elsewhere."""
        try:
            host = urlsplit(url.strip()).hostname or ""
        except ValueError:
            return
        address = literal(host)
        if address is None:
            return
        try:
            require_reachable(host, address, private=self.private)
        except ForbiddenAddress as error:
            raise InvalidInput(str(error), field=field) from error
