"""Where a request comes from, when proxies stand in between."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias

from aiohttp import hdrs, web

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

NOWHERE = ""


class ClientAddresses:
    """Believes what a proxy forwards only when the proxy is one of these networks."""

    def __init__(self, trusted: Sequence[Network] = ()) -> None:
        self._trusted = tuple(trusted)

    def of(self, request: web.Request) -> str:
        """The client's address; without trusted proxies, that of whoever is connected."""
        remote = request.remote or NOWHERE
        if not self._trusted or not self._is_trusted(address_in(remote)):
            return remote
        return self._forwarded(remote, request.headers.getall(hdrs.X_FORWARDED_FOR, []))

    def _forwarded(self, remote: str, lines: Sequence[str]) -> str:
        """Each proxy appends whom it heard; the last one that is none of ours is the client.

        What stands before that one was written by the client, and may be anything.
        """
        nearest = remote
        for hop in reversed(",".join(lines).split(",")):
            address = address_in(hop)
            if address is None:
                return nearest
            nearest = str(address)
            if not self._is_trusted(address):
                return nearest
        return nearest

    def _is_trusted(self, address: Address | None) -> bool:
        return address is not None and any(address in network for network in self._trusted)


def networks_in(text: str) -> tuple[Network, ...]:
    """Of a list such as `10.0.0.0/8, ::1`; a `ValueError` when one of them is none."""
    return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())


def address_in(hop: str) -> Address | None:
    """Of a hop as proxies write it, with a port or without; IPv4 in the dress of IPv6 as IPv4."""
    plain = hop.strip()
    if plain.startswith("["):
        plain = plain[1:].partition("]")[0]
    elif plain.count(":") == 1:
        plain = plain.partition(":")[0]
    try:
        address = ip_address(plain)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
