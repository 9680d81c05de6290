"""What is sent is signed, goes nowhere it must not, and is tried again for a day."""

import hmac
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.credentials import new_signing_secret
from bot.encryption import SLACK, WEBHOOKS, Cipher, Unreadable
from bot.outgoing.addresses import ForbiddenAddress, require_reachable
from bot.outgoing.outbound import Outbound
from bot.outgoing.schedule import DELAYS, next_delay
from bot.outgoing.signature import signed_headers
from core.domain.ids import EndpointId, EntryId
from core.domain.webhook_delivery import WebhookDelivery
from core.errors import InvalidInput
from tests.fakes.moment import NOON

KEY = "sixteen characters"


def test_a_signature_is_the_one_of_the_standard() -> None:
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    at = datetime.fromtimestamp(1614265330, UTC)

    headers = signed_headers("msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}', [secret])

    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


@given(text=st.text(st.characters(codec="utf-8"), max_size=200), count=st.integers(1, 2))
def test_each_secret_signs_what_is_sent(text: str, count: int) -> None:
    body = text.encode()
    secrets = [new_signing_secret() for _ in range(count)]

    headers = signed_headers("msg_1", NOON, body, secrets)

    content = b"msg_1." + headers["webhook-timestamp"].encode() + b"." + body
    expected = [
        hmac.digest(b64decode(secret.removeprefix("whsec_")), content, sha256) for secret in secrets
    ]
    signatures = headers["webhook-signature"].split(" ")
    assert signatures == [f"v1,{b64encode(digest).decode()}" for digest in expected]


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254",
        "169.254.0.1",
        "fe80::1",
        "fe80::1%eth0",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "2002:a9fe:a9fe::1",
        "fd00:ec2::254",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "0.0.0.0",
        "::",
        "224.0.0.1",
        "ff02::1",
        "240.0.0.1",
        "255.255.255.255",
    ],
)
@pytest.mark.parametrize("private", [True, False])
def test_metadata_and_the_like_are_reached_by_nobody(address: str, private: bool) -> None:
    refusal = refusal_of(address, private=private)

    assert "evil.example.com leads where" in refusal
    assert "TOCSIN_WEBHOOKS_PRIVATE" not in refusal


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "::1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "fd12:3456::1",
        "::ffff:127.0.0.1",
    ],
)
def test_private_addresses_are_reached_where_the_setting_allows_it(address: str) -> None:
    refusals = [refusal_of(address, private=private) for private in (True, False)]

    assert refusals[0] == ""
    assert "may not go" in refusals[1]


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8"])
def test_the_rest_of_the_world_is_reached(address: str) -> None:
    assert refusal_of(address, private=False) == ""


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8000/x", "http://[::1]/x", "http://169.254.169.254/latest/meta-data"]
)
def test_a_forbidden_address_is_refused_when_it_is_written_down(url: str) -> None:
    outbound = Outbound(cipher=Cipher(KEY, purpose=WEBHOOKS))

    with pytest.raises(InvalidInput, match="may not go") as refusal:
        outbound.require_way(url)

    assert refusal.value.field == "url"


def test_a_name_is_looked_up_when_something_is_sent_and_not_before() -> None:
    outbound = Outbound(cipher=Cipher(KEY, purpose=WEBHOOKS))

    outbound.require_way("http://localhost:8000/x")
    outbound.require_way("http://[::1")  # no URL at all, which others say

    assert "sixteen" not in repr(outbound)


def test_secrets_are_sealed_with_a_key_of_their_own() -> None:
    outbound = Outbound(cipher=Cipher(KEY, purpose=WEBHOOKS))
    sealed = outbound.seal("whsec_abc")

    with pytest.raises(Unreadable, match="install the app again"):
        Cipher(KEY, purpose=SLACK).decrypt(sealed.encode())

    assert "whsec_abc" not in sealed
    assert outbound.opened(sealed) == "whsec_abc"


def test_a_secret_of_another_installation_says_what_to_do() -> None:
    sealed = Outbound(cipher=Cipher("another secret key", purpose=WEBHOOKS)).seal("whsec_abc")

    with pytest.raises(Unreadable, match="give it a new one"):
        Outbound(cipher=Cipher(KEY, purpose=WEBHOOKS)).opened(sealed)


def test_a_former_secret_of_another_installation_does_not_keep_the_new_one_from_signing() -> None:
    foreign = Outbound(cipher=Cipher("another secret key", purpose=WEBHOOKS)).seal("whsec_abc")
    outbound = Outbound(cipher=Cipher(KEY, purpose=WEBHOOKS))
    new, older = outbound.seal("whsec_new"), outbound.seal("whsec_old")

    assert outbound.signing((new, foreign)) == ["whsec_new"]
    assert outbound.signing((new, older)) == ["whsec_new", "whsec_old"]
    with pytest.raises(Unreadable, match="give it a new one"):
        outbound.signing((foreign, older))


def refusal_of(address: str, *, private: bool) -> str:
    """What is said of going there, nothing where webhooks may."""
    try:
        require_reachable("evil.example.com", ip_address(address), private=private)
    except ForbiddenAddress as refusal:
        return str(refusal)
    return ""


def a_delivery(attempts: int) -> WebhookDelivery:
    return WebhookDelivery(
        id="msg_1",
        endpoint_id=EndpointId("whe_1"),
        entry_id=EntryId("ent_1"),
        event_type="maintenance.started",
        created_at=NOON,
        attempts=attempts,
    )


def test_it_is_tried_ever_more_rarely_for_a_day() -> None:
    delays = [next_delay(a_delivery(attempts), NOON) for attempts in range(len(DELAYS) + 1)]

    assert delays == [*map(float, DELAYS), None]
    assert delays[:-1] == sorted(DELAYS)
    assert timedelta(hours=20) < timedelta(seconds=sum(DELAYS)) < timedelta(hours=25)


def test_what_is_older_than_a_day_is_tried_once() -> None:
    assert next_delay(a_delivery(0), NOON + timedelta(days=1)) is None


def test_the_other_side_may_ask_for_more_time_and_not_for_any() -> None:
    assert next_delay(a_delivery(0), NOON, asked=90.0) == 90.0
    assert next_delay(a_delivery(0), NOON, asked=1.0) == 5.0
    assert next_delay(a_delivery(0), NOON, asked=10.0**8) == 3_600.0
