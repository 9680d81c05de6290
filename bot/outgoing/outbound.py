"""What outgoing webhooks of this installation may do, for whoever makes them and whoever sends."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.encryption import Cipher
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
