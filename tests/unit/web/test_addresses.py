"""Whose address is believed: that of whoever is connected, or what a known proxy says of them."""

import pytest
from aiohttp.test_utils import make_mocked_request
from multidict import CIMultiDict

from bot.web.addresses import ClientAddresses, networks_in

PROXIES = "10.0.0.0/8, 192.0.2.1, fd00::/8"


def address_of(remote: str, *forwarded: str, trusted: str = PROXIES) -> str:
    headers = CIMultiDict([("X-Forwarded-For", line) for line in forwarded])
    request = make_mocked_request("GET", "/", headers=headers).clone(remote=remote)
    return ClientAddresses(networks_in(trusted)).of(request)


@pytest.mark.parametrize("trusted", ["", "10.0.0.0/8"])
def test_nobody_is_believed_who_is_not_a_known_proxy(trusted: str) -> None:
    assert address_of("203.0.113.5", "198.51.100.1", trusted=trusted) == "203.0.113.5"


@pytest.mark.parametrize(
    ("remote", "forwarded", "client"),
    [
        ("10.1.2.3", ["198.51.100.1"], "198.51.100.1"),
        ("10.1.2.3", ["198.51.100.1, 192.0.2.1, 10.9.9.9"], "198.51.100.1"),
        ("10.1.2.3", ["198.51.100.1", "10.9.9.9"], "198.51.100.1"),
        ("10.1.2.3", ["127.0.0.1, 198.51.100.1"], "198.51.100.1"),
        ("fd00::1", ["2001:db8::7"], "2001:db8::7"),
        ("10.1.2.3", ["198.51.100.1:4711"], "198.51.100.1"),
        ("10.1.2.3", ["[2001:db8::7]:4711"], "2001:db8::7"),
        ("::ffff:10.1.2.3", ["198.51.100.1"], "198.51.100.1"),
    ],
)
def test_the_last_hop_that_is_none_of_ours_is_the_client(
    remote: str, forwarded: list[str], client: str
) -> None:
    assert address_of(remote, *forwarded) == client


@pytest.mark.parametrize(
    ("forwarded", "client"),
    [
        ([], "10.1.2.3"),
        ([""], "10.1.2.3"),
        (["unknown"], "10.1.2.3"),
        (["198.51.100.1, unknown, 10.9.9.9"], "10.9.9.9"),
        (["10.7.7.7, 10.9.9.9"], "10.7.7.7"),
    ],
)
def test_where_the_chain_breaks_the_last_known_hop_counts(
    forwarded: list[str], client: str
) -> None:
    assert address_of("10.1.2.3", *forwarded) == client
