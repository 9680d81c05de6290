"""Signs what is sent, as Standard Webhooks asks for."""

from collections.abc import Iterable
from datetime import datetime

from standardwebhooks import Webhook

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"


def signed_headers(id: str, at: datetime, body: bytes, secrets: Iterable[str]) -> dict[str, str]:
    """One signature for each secret: a receiver needs to know one of them."""
    text = body.decode()
    signatures = " ".join(Webhook(secret).sign(id, at, text) for secret in secrets)
    return {ID: id, TIMESTAMP: str(int(at.timestamp())), SIGNATURE: signatures}
