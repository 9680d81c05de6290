"""A notification service that signs as Amazon's does, with a certificate of its own."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

import orjson
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from tests.fakes.moment import NOON

HOST = "sns.us-east-1.amazonaws.com"
CERTIFICATE_URL = f"https://{HOST}/SimpleNotificationService-0123456789abcdef.pem"
TOPIC = "arn:aws:sns:us-east-1:123456789012:alarms"
CONFIRM = f"https://{HOST}/?Action=ConfirmSubscription&TopicArn={TOPIC}&Token=abc"
A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    key: RSAPrivateKey
    certificate: bytes

    def sign(self, text: bytes, version: str = "2") -> str:
        algorithm = SHA1() if version == "1" else SHA256()
        return b64encode(self.key.sign(text, PKCS1v15(), algorithm)).decode()


@cache
def a_signer(begins: datetime = NOON - A_YEAR, ends: datetime = NOON + A_YEAR) -> Signer:
    key = generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins.astimezone(UTC))
        .not_valid_after(ends.astimezone(UTC))
        .sign(key, SHA256())
    )
    return Signer(key=key, certificate=certificate.public_bytes(Encoding.PEM))


def alarm(state: str = "ALARM", **changes: Any) -> dict[str, Any]:
    return {
        "AlarmName": "HighCPU",
        "AlarmArn": "arn:aws:cloudwatch:us-east-1:123456789012:alarm:HighCPU",
        "AlarmDescription": "Look at the deployments. service=checkout severity=critical",
        "AWSAccountId": "123456789012",
        "NewStateValue": state,
        "OldStateValue": "OK",
        "NewStateReason": "Threshold Crossed",
        "StateChangeTime": "2030-01-01T11:00:00.000+0000",
        "Region": "US East (N. Virginia)",
        "Trigger": {
            "MetricName": "CPUUtilization",
            "Namespace": "AWS/EC2",
            "Dimensions": [{"name": "InstanceId", "value": "i-1"}],
        },
        **changes,
    }


def notification(
    message: str, *, signer: Signer | None = None, version: str = "2", **changes: Any
) -> dict[str, Any]:
    """Signed as the documentation of SNS has it: with the subject only where there is one."""
    told = {
        "Type": "Notification",
        "MessageId": sha256(message.encode()).hexdigest()[:36],
        "TopicArn": TOPIC,
        "Subject": "ALARM: HighCPU",
        "Message": message,
        "Timestamp": "2030-01-01T11:59:00.000Z",
        "SignatureVersion": version,
        "SigningCertURL": CERTIFICATE_URL,
        **changes,
    }
    told = {name: text for name, text in told.items() if text is not None}
    lines = f"Message\n{told['Message']}\nMessageId\n{told['MessageId']}\n"
    if "Subject" in told:
        lines += f"Subject\n{told['Subject']}\n"
    lines += f"Timestamp\n{told['Timestamp']}\nTopicArn\n{told['TopicArn']}\nType\n{told['Type']}\n"
    return {**told, "Signature": (signer or a_signer()).sign(lines.encode(), version)}


def asking(
    kind: str = "SubscriptionConfirmation", *, signer: Signer | None = None, **changes: Any
) -> dict[str, Any]:
    """What SNS sends when a topic is subscribed to, or no longer."""
    told = {
        "Type": kind,
        "MessageId": "165545c9-2a5c-472c-8df2-7ff2be2b3b1b",
        "Token": "abc",
        "TopicArn": TOPIC,
        "Message": "You have chosen to subscribe to the topic.",
        "SubscribeURL": CONFIRM,
        "Timestamp": "2030-01-01T11:59:00.000Z",
        "SignatureVersion": "2",
        "SigningCertURL": CERTIFICATE_URL,
        **changes,
    }
    names = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")
    lines = "".join(f"{name}\n{told[name]}\n" for name in names)
    return {**told, "Signature": (signer or a_signer()).sign(lines.encode())}


def carried(message: Any) -> dict[str, Any]:
    return notification(orjson.dumps(message).decode())
