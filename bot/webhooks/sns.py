"""Amazon's notification service: its envelope, its signature, and the confirmation it asks for."""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal
from urllib.parse import parse_qs

import structlog
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, HashAlgorithm
from cryptography.x509 import Certificate, load_pem_x509_certificate
from pydantic import BaseModel, Field

from bot.web.bodies import json_of
from bot.web.problems import Refusal, refusal
from bot.web.validation import checked
from bot.webhooks.fetching import CERTIFICATE, amazon, elsewhere
from bot.webhooks.source import Knock, Lock

NOTIFICATION = "Notification"
CONFIRMATION = "SubscriptionConfirmation"
GOODBYE = "UnsubscribeConfirmation"

HASHES: Mapping[str, HashAlgorithm] = {"1": SHA1(), "2": SHA256()}  # noqa: S303 - their version 1
_TOLD = ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
_ASKED = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")

log = structlog.get_logger(__name__)


class Envelope(BaseModel):
    """The parts that are signed, under Amazon's own names."""

    kind: Literal["Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation"] = Field(
        alias="Type"
    )
    message_id: str = Field(alias="MessageId", min_length=1, max_length=200)
    topic: str = Field(alias="TopicArn", min_length=1)
    message: str = Field(alias="Message")
    timestamp: str = Field(alias="Timestamp")
    signature: str = Field(alias="Signature")
    version: str = Field(alias="SignatureVersion")
    certificate_url: str = Field(alias="SigningCertURL")
    subject: str | None = Field(alias="Subject", default=None)
    subscribe_url: str | None = Field(alias="SubscribeURL", default=None)
    token: str | None = Field(alias="Token", default=None)


def opened(payload: Any) -> Envelope:
    """A `Refusal` unless it is what SNS sends, with how to mend it."""
    if isinstance(payload, dict) and "Type" not in payload:
        raise refusal(
            422,
            "no_envelope",
            "This is no notification of SNS. If it comes from there, switch raw message delivery "
            "off, because such messages are not signed.",
            field="Type",
        )
    return checked(Envelope, payload)


async def verify(knock: Knock, lock: Lock) -> None:
    """A `Refusal` unless SNS signed it, and about a topic that may ring here."""
    payload = json_of(knock.body)
    envelope = opened(payload)
    if lock.settings.topics and envelope.topic not in lock.settings.topics:
        raise refusal(
            403,
            "forbidden_topic",
            f"The topic {envelope.topic[:300]} is not one of this source's topics.",
            field="TopicArn",
        )
    if not CERTIFICATE.fullmatch(amazon(envelope.certificate_url, "SigningCertURL").path):
        raise elsewhere("SigningCertURL")
    certificate = _certificate(await lock.fetch(envelope.certificate_url))
    if not certificate.not_valid_before_utc <= lock.now <= certificate.not_valid_after_utc:
        raise _forged("its certificate is not valid today")
    _require_signed(envelope, signed_text(payload, envelope.kind), certificate)


async def greet(payload: Any, lock: Lock) -> bool:
    """Confirms a subscription, whose signature and topic were looked at before. An end of one is
    taken note of; whoever ended it may have meant it."""
    envelope = opened(payload)
    if envelope.kind == CONFIRMATION:
        await lock.fetch(_confirming(envelope))
        log.info("an SNS topic is subscribed to", topic=envelope.topic)
    elif envelope.kind == GOODBYE:
        log.warning("an SNS topic rings here no more", topic=envelope.topic)
    return envelope.kind != NOTIFICATION


def name_of(payload: Any) -> str | None:
    """The same when SNS tries again."""
    name = payload.get("MessageId")
    return name if isinstance(name, str) and 0 < len(name) <= 200 else None


def signed_text(payload: Mapping[str, Any], kind: str) -> bytes:
    """What SNS signs: a line for each name, and one for what it says."""
    names = _TOLD if kind == NOTIFICATION else _ASKED
    said = ((name, payload.get(name)) for name in names)
    return "".join(f"{name}\n{text}\n" for name, text in said if text is not None).encode()


def _confirming(envelope: Envelope) -> str:
    """Where the subscription is confirmed, and nothing else is done."""
    url = envelope.subscribe_url or ""
    parts = amazon(url, "SubscribeURL")
    asked = parse_qs(parts.query)
    right = {"Action": ["ConfirmSubscription"], "TopicArn": [envelope.topic]}
    if parts.path not in ("", "/") or any(asked.get(name) != said for name, said in right.items()):
        raise refusal(
            400,
            "no_confirmation",
            "“SubscribeURL” does not confirm a subscription of this topic.",
            field="SubscribeURL",
        )
    return url


@lru_cache(maxsize=16)
def _certificate(pem: bytes) -> Certificate:
    try:
        return load_pem_x509_certificate(pem)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _forged("its certificate cannot be read") from error


def _require_signed(envelope: Envelope, text: bytes, certificate: Certificate) -> None:
    algorithm = HASHES.get(envelope.version)
    if algorithm is None:
        raise _forged("its SignatureVersion is neither 1 nor 2")
    key = certificate.public_key()
    if not isinstance(key, RSAPublicKey):
        raise _forged("its certificate is of another kind")
    try:
        signature = b64decode(envelope.signature, validate=True)
        key.verify(signature, text, PKCS1v15(), algorithm)
    except (InvalidSignature, NotBase64, ValueError) as error:
        raise _forged("the signature does not fit") from error


def _forged(reason: str) -> Refusal:
    return refusal(401, "invalid_signature", f"SNS did not sign this: {reason}.")
