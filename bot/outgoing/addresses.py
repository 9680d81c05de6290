"""Where outgoing webhooks may not go: to what a stranger could reach only through this machine."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias

Address: TypeAlias = IPv4Address | IPv6Address

_NEVER = tuple(
    map(
        ip_network,
        (
            "169.254.0.0/16",  # link-local, and most clouds' metadata
            "fe80::/10",
            "fec0::/10",
            "100.100.100.200/32",  # metadata of single clouds
            "168.63.129.16/32",
            "192.0.0.192/32",
            "fd00:ec2::/32",
            "fd20:ce::/32",
        ),
    )
)
_TRANSLATED = IPv6Network("64:ff9b::/96")
"""What a gateway turns into an IPv4 address, which is the last four bytes."""


class ForbiddenAddress(Exception):
    """A host that outgoing webhooks may not reach; the message says so to a person."""


def literal(host: str) -> Address | None:
    """The address that the host of a URL is; None where it is a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def require_reachable(host: str, address: Address, *, private: bool) -> None:
    """`ForbiddenAddress` unless webhooks may go there; it does not tell a stranger what a name of
    ours stands for. `private` allows private and loopback addresses."""
    meant = _meant(address)
    if not _allowed(meant, private=private):
        raise ForbiddenAddress(f"{host} leads where webhooks may not go.{_mend(meant)}")


def require_private(host: str, address: Address) -> None:
    """`ForbiddenAddress` where what is said could be heard on the way."""
    if _meant(address).is_global:
        raise ForbiddenAddress(f"A secret goes to {host}, which is public, by https:// only.")


def _allowed(address: Address, *, private: bool) -> bool:
    if address.is_multicast or address.is_unspecified or _never(address):
        return False
    if address.is_loopback:
        return private
    return not address.is_reserved and (address.is_global or private)


def _never(address: Address) -> bool:
    return address.is_link_local or any(address in network for network in _NEVER)


def _meant(address: Address) -> Address:
    """The IPv4 address inside an IPv6 one that only wraps it."""
    if isinstance(address, IPv4Address):
        return address
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _mend(address: Address) -> str:
    if not _allowed(address, private=True):
        return ""
    return " TOCSIN_WEBHOOKS_PRIVATE=allowed lets them into private networks."
