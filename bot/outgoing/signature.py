"""Signs what is sent, as Standard Webhooks asks for."""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
PREFIX = "whsec_"


def signed_headers(id: str, at: datetime, body: bytes, secrets: Iterable[str]) -> dict[str, str]:
    """One signature for each secret: a receiver needs to know one of them."""
    timestamp = str(int(at.timestamp()))
    content = b".".join((id.encode(), timestamp.encode(), body))
    signatures = " ".join(f"v1,{_signature(secret, content)}" for secret in secrets)
    return {ID: id, TIMESTAMP: timestamp, SIGNATURE: signatures}


def _signature(secret: str, content: bytes) -> str:
    key = b64decode(secret.removeprefix(PREFIX))
    return b64encode(hmac.digest(key, content, sha256)).decode()
