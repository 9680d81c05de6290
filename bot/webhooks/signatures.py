"""Signatures over the raw body, made with a secret that both sides know."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from hmac import digest as hmac_digest

from bot.web.authorization import unauthorized
from bot.web.problems import Refusal

TOLERANCE = timedelta(minutes=5)
"""How far the clock of a sender may be from ours, and how long a request may be on its way."""

_SCHEME = "sha256="


def hmac_sha256(secret: str, body: bytes) -> str:
    """In hexadecimal, small letters."""
    return hmac_digest(secret.encode(), body, sha256).hex()


def require_signature(offered: str | None, secret: str, body: bytes) -> None:
    """`Refusal` unless what was offered is the HMAC-SHA256 of the body, in hexadecimal, with
    `sha256=` before it or without."""
    if not offered:
        raise unsigned_request()
    given = offered.strip().lower().removeprefix(_SCHEME)
    if not compare_digest(given.encode("utf-8", "replace"), hmac_sha256(secret, body).encode()):
        raise wrongly_signed()


def require_recent(seconds: str, now: datetime) -> None:
    """`Refusal` unless that Unix time is about now."""
    try:
        apart = abs(now.timestamp() - int(seconds))
    except ValueError:
        raise wrongly_signed() from None
    if apart > TOLERANCE.total_seconds():
        raise unauthorized(
            "timestamp_out_of_range",
            "It was signed more than five minutes ago, or the clocks do not agree.",
        )


def first_of(headers: Iterable[str | None]) -> str | None:
    return next((one for one in headers if one), None)


def unsigned_request() -> Refusal:
    return unauthorized(
        "missing_signature",
        "The signature is missing; let the tool sign with the secret of this alert source.",
    )


def wrongly_signed() -> Refusal:
    return unauthorized(
        "invalid_signature",
        "The signature is not that of this body and the secret of this alert source.",
    )
