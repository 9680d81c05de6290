"""Keeps secrets unreadable to whoever only has the database; keys for other purposes."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.private_files import read_or_make

SECRET_KEY_FILE = "secret.key"  # noqa: S105 - the name of a file
_KEY_BYTES = 32


class Unreadable(Exception):
    """It was encrypted with another secret key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """What is encrypted: `thing` as a sentence begins with it, `instead` what to do when the
    key is lost for good."""

    name: bytes
    thing: str
    instead: str


SLACK = Purpose(
    name=b"tocsin: slack installations",
    thing="What is stored of the Slack installation",
    instead="install the app again",
)
WEBHOOKS = Purpose(
    name=b"tocsin: webhook secrets",
    thing="The secret of the webhook endpoint",
    instead="give it a new one",
)
SOURCES = Purpose(
    name=b"tocsin: alert source secrets",
    thing="The secret of the alert source",
    instead="give it a new one, and its tool too",
)


class Cipher:
    """Authenticated encryption with a key derived from the secret key, for one purpose.

    What was encrypted with one of the `previous` keys can still be read.
    """

    def __init__(self, secret_key: str, *previous: str, purpose: Purpose = SLACK) -> None:
        keys = (derived_key(key, purpose.name) for key in (secret_key, *previous))
        self._fernet = MultiFernet([Fernet(urlsafe_b64encode(key)) for key in keys])
        self._purpose = purpose

    def encrypt(self, text: str) -> bytes:
        return self._fernet.encrypt(text.encode())

    def decrypt(self, sealed: bytes) -> str:
        """The text again; `Unreadable` when it was not this key that sealed it."""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            raise Unreadable(
                f"{self._purpose.thing} was encrypted with another secret key; "
                "bring TOCSIN_SECRET_KEY back, name it in TOCSIN_SECRET_KEYS_PREVIOUS, or "
                f"{self._purpose.instead}."
            ) from None


def derived_key(secret_key: str, purpose: bytes) -> bytes:
    """A key for one purpose, which tells nothing about those for others."""
    derivation = HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=purpose)
    return derivation.derive(secret_key.encode())


def secret_key_in(folder: Path) -> str:
    """The secret key of the data folder, made the first time it is asked for."""
    return read_or_make(folder / SECRET_KEY_FILE, lambda: token_urlsafe(_KEY_BYTES)).strip()
