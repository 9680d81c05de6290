"""Networks from which a key may be used, written as CIDR."""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from core.errors import InvalidInput

MOST_NETWORKS = 50


def networks_named(words: Iterable[str], *, field: str) -> tuple[str, ...]:
    """Networks such as `10.0.0.0/8`; a single address is a network of one."""
    named = tuple(dict.fromkeys(_named(word, field) for word in words))
    if len(named) > MOST_NETWORKS:
        raise InvalidInput(f"At most {MOST_NETWORKS} networks are possible.", field=field)
    return named


def in_networks(address: str, networks: Iterable[str]) -> bool:
    """Whether it lies in one of them. What is no address lies nowhere."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    plain = getattr(parsed, "ipv4_mapped", None) or parsed
    return any(plain in _network(network) for network in networks)


def _named(word: str, field: str) -> str:
    try:
        return str(ip_network(word.strip()))
    except ValueError:
        raise InvalidInput(
            f"“{word}” is not a network; write it as 192.0.2.0/24 or 2001:db8::/32, "
            "without bits beyond the prefix.",
            field=field,
        ) from None


@lru_cache(maxsize=1_024)
def _network(text: str) -> IPv4Network | IPv6Network:
    return ip_network(text)
