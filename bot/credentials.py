"""Secrets for programs: made at random, shown once, kept as a hash."""

from base64 import b64encode
from hashlib import sha256
from secrets import token_bytes, token_hex, token_urlsafe

from core.domain.account import Dialect

_TOKEN_BYTES = 32
_SHOWN = 12
_BEGINNINGS = ("overwatch_ak_", "obs_pub_", "ok_", "tocsin_")
_TELLING = 4


def new_api_key(dialect: Dialect) -> str:
    """A fresh key in the form that holders of the dialect expect."""
    match dialect:
        case Dialect.OVERWATCH:
            return f"overwatch_ak_{token_hex(_TOKEN_BYTES)}"
        case Dialect.OBSERVER:
            return f"obs_pub_{token_urlsafe(_TOKEN_BYTES)}"
        case Dialect.OPSKNIGHT:
            return f"ok_{token_urlsafe(_TOKEN_BYTES)}"
        case Dialect.NEUTRAL | Dialect.INCIDENT_IO:
            return f"tocsin_{token_urlsafe(_TOKEN_BYTES)}"


def new_token() -> str:
    """A fresh token for an alert source; safe in a URL path."""
    return token_urlsafe(_TOKEN_BYTES)


def new_signing_secret() -> str:
    """A fresh secret by which outgoing webhooks are signed, as Standard Webhooks spells them."""
    return f"whsec_{b64encode(token_bytes(_TOKEN_BYTES)).decode()}"


def hash_of(secret: str) -> str:
    """What is stored. The secrets are 256 random bits, so one round of SHA-256 is enough."""
    return sha256(secret.encode()).hexdigest()


def shown_prefix(secret: str) -> str:
    """The first characters, by which a person recognises a key in a list: some of chance too."""
    begins = next((one for one in _BEGINNINGS if secret.startswith(one)), "")
    return secret[: max(_SHOWN, len(begins) + _TELLING)]
