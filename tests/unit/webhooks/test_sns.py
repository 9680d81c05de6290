"""Nothing counts as said by Amazon's notification service that it did not sign."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as elliptic_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import CertificateBuilder, Name, random_serial_number

from bot.web.problems import Refusal
from bot.webhooks.fetching import amazon
from bot.webhooks.sns import greet, name_of, verify
from bot.webhooks.source import Knock, Lock
from core.domain.source_settings import SourceSettings
from tests.fakes.moment import NOON
from tests.unit.webhooks.sns_sender import (
    A_YEAR,
    CERTIFICATE_URL,
    CONFIRM,
    TOPIC,
    a_signer,
    asking,
    notification,
)

ELSEWHERE = (
    "http://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem",
    "https://sns.us-east-1.amazonaws.com.evil.test/SimpleNotificationService-1.pem",
    "https://bucket.s3.amazonaws.com/SimpleNotificationService-1.pem",
    "https://sns.us-east-1.amazonaws.com@evil.test/SimpleNotificationService-1.pem",
    "https://evil.test#sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem",
    "https://evil.test\\@sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem",
    "https://x@sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem",
    "https://sns.us-east-1.amazonaws.com:8443/SimpleNotificationService-1.pem",
    "https://sns.us-east-1.amazonaws.com:99999/SimpleNotificationService-1.pem",
    "https://sns.evil.test.amazonaws.com/SimpleNotificationService-1.pem",
    "https://evilsns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem",
    "https://sns.us-east-1.amazonaws.com.cn.evil.test/SimpleNotificationService-1.pem",
    "https://127.0.0.1/SimpleNotificationService-1.pem",
    "https://[::1]/SimpleNotificationService-1.pem",
    "file:///etc/passwd",
    "https://[",
    "",
)


class Web:
    """What can be fetched, and what was."""

    def __init__(self, pages: Mapping[str, bytes]) -> None:
        self._pages = pages
        self.fetched: list[str] = []

    async def __call__(self, url: str) -> bytes:
        self.fetched.append(url)
        return self._pages[url]


@pytest.fixture
def web() -> Web:
    return Web({CERTIFICATE_URL: a_signer().certificate, CONFIRM: b"<ok/>"})


@pytest.fixture
def lock(web: Web) -> Lock:
    return Lock(now=NOON, settings=SourceSettings(), fetch=web)


def knock(payload: Any) -> Knock:
    return Knock(headers={}, body=orjson.dumps(payload))


async def refused(payload: Any, lock: Lock) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        await verify(knock(payload), lock)
    return refusal.value


@pytest.mark.parametrize("version", ["1", "2"])
@pytest.mark.parametrize("subject", ["ALARM: HighCPU", None])
@pytest.mark.parametrize("message", ["{}", "Müller\n🔥", ""])
async def test_what_sns_signed_is_let_in(
    lock: Lock, web: Web, version: str, subject: str | None, message: str
) -> None:
    payload = notification(message, version=version, Subject=subject)

    await verify(knock(payload), lock)

    assert web.fetched == [CERTIFICATE_URL]


@pytest.mark.parametrize("kind", ["SubscriptionConfirmation", "UnsubscribeConfirmation"])
async def test_what_sns_says_of_itself_is_signed_as_well(lock: Lock, web: Web, kind: str) -> None:
    await verify(knock(asking(kind)), lock)

    assert web.fetched == [CERTIFICATE_URL]


@pytest.mark.parametrize(
    "forged",
    [
        {"Message": "other"},
        {"MessageId": "other"},
        {"Timestamp": "2030-01-01T11:59:01.000Z"},
        {"Subject": "other"},
        {"SignatureVersion": "1"},
        {"SignatureVersion": "3"},
        {"Signature": "AAAA"},
        {"Signature": "not base64"},
        {"Signature": "é"},
        {"Signature": ""},
        {"Type": "UnsubscribeConfirmation"},
        {"TopicArn": "arn:aws:sns:us-east-1:999999999999:alarms"},
    ],
)
async def test_what_was_changed_on_the_way_is_refused(lock: Lock, forged: dict[str, str]) -> None:
    refusal = await refused(notification("{}") | forged, lock)

    assert refusal.problem.status == 401


async def test_a_subject_that_was_not_signed_is_refused(lock: Lock) -> None:
    payload = notification("{}", Subject=None) | {"Subject": "Pay here"}

    assert (await refused(payload, lock)).problem.status == 401


async def test_somebody_elses_key_is_refused(lock: Lock) -> None:
    other = a_signer(NOON - timedelta(days=1), NOON + A_YEAR)

    assert (await refused(notification("{}", signer=other), lock)).problem.status == 401


@pytest.mark.parametrize(
    ("begins", "ends"),
    [(NOON - A_YEAR, NOON - timedelta(days=1)), (NOON + timedelta(days=1), NOON + A_YEAR)],
)
async def test_a_certificate_of_another_time_is_refused(lock: Lock, begins: Any, ends: Any) -> None:
    signer = a_signer(begins, ends)
    lock = replace(lock, fetch=Web({CERTIFICATE_URL: signer.certificate}))

    assert "certificate" in str(await refused(notification("{}", signer=signer), lock))


async def test_what_is_no_certificate_is_refused(lock: Lock) -> None:
    for page in (b"", b"<html>", _elliptic()):
        now = replace(lock, fetch=Web({CERTIFICATE_URL: page}))

        assert (await refused(notification("{}"), now)).problem.status == 401


@pytest.mark.parametrize("url", ELSEWHERE)
async def test_a_certificate_is_got_from_amazon_only(lock: Lock, web: Web, url: str) -> None:
    refusal = await refused(notification("{}", SigningCertURL=url), lock)

    assert (refusal.problem.status, refusal.problem.issues[0].code) == (400, "forbidden_host")
    assert web.fetched == []


@pytest.mark.parametrize("path", ["", "/?Action=Publish", "/x.pem", "/../evil.pem"])
async def test_nothing_but_a_certificate_is_got_as_one(lock: Lock, web: Web, path: str) -> None:
    url = f"https://sns.us-east-1.amazonaws.com{path}"

    assert (await refused(notification("{}", SigningCertURL=url), lock)).problem.status == 400
    assert web.fetched == []


@pytest.mark.parametrize(
    "host",
    [
        "sns.eu-central-1.amazonaws.com",
        "sns.cn-north-1.amazonaws.com.cn",
        "sns.us-gov-west-1.amazonaws.com:443",
        "SNS.us-east-1.amazonaws.com",
    ],
)
def test_every_region_of_amazon_is_known(host: str) -> None:
    assert amazon(f"https://{host}/", "url").path == "/"


async def test_only_the_topics_of_the_source_may_ring(lock: Lock, web: Web) -> None:
    lock = replace(lock, settings=SourceSettings(topics=(f"{TOPIC}-2",)))

    refusal = await refused(notification("{}"), lock)

    assert (refusal.problem.status, refusal.problem.issues[0].field) == (403, "TopicArn")
    assert web.fetched == []


async def test_a_topic_of_the_source_may_ring(lock: Lock, web: Web) -> None:
    lock = replace(lock, settings=SourceSettings(topics=("x", TOPIC)))

    await verify(knock(notification("{}")), lock)

    assert web.fetched == [CERTIFICATE_URL]


async def test_raw_delivery_is_refused_with_the_mend(lock: Lock) -> None:
    assert "raw message delivery" in str(await refused({"AlarmName": "HighCPU"}, lock))


async def test_a_subscription_is_confirmed(lock: Lock, web: Web) -> None:
    assert await greet(asking(), lock)

    assert web.fetched == [CONFIRM]


async def test_the_end_of_a_subscription_is_not_undone(lock: Lock, web: Web) -> None:
    assert await greet(asking("UnsubscribeConfirmation"), lock)

    assert web.fetched == []


async def test_a_notification_is_no_greeting(lock: Lock, web: Web) -> None:
    assert not await greet(notification("{}"), lock)

    assert web.fetched == []


@pytest.mark.parametrize(
    "url",
    [
        *ELSEWHERE,
        CONFIRM.replace("ConfirmSubscription", "DeleteTopic"),
        CONFIRM.replace(TOPIC, f"{TOPIC}-2"),
        CONFIRM.replace("/?", "/evil?"),
        f"{CONFIRM}&Action=DeleteTopic",
    ],
)
async def test_nothing_but_a_confirmation_is_asked_for(lock: Lock, web: Web, url: str) -> None:
    with pytest.raises(Refusal) as refusal:
        await greet(asking(SubscribeURL=url), lock)

    assert refusal.value.problem.status == 400
    assert web.fetched == []


def test_a_message_is_called_the_same_when_it_comes_again() -> None:
    assert name_of(notification("{}")) == notification("{}")["MessageId"]
    assert name_of({"MessageId": 7}) is None


def _elliptic() -> bytes:
    key: Any = elliptic_key(SECP256R1())
    built = CertificateBuilder().subject_name(Name([])).issuer_name(Name([]))
    built = built.public_key(key.public_key()).serial_number(random_serial_number())
    built = built.not_valid_before(NOON - A_YEAR).not_valid_after(NOON + A_YEAR)
    return built.sign(key, SHA256()).public_bytes(Encoding.PEM)
