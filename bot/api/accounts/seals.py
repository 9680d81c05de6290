"""What tells one secret of a request from another, and nothing to who has not the secret key."""

import hmac
from hashlib import sha256

from bot.encryption import derived_key

_PURPOSE = b"tocsin: passwords of repeated requests"


class Seals:
    """Made with the first secret key only: while replicas exchange it, a request that is repeated
    may be taken for another one, but never another one for the same."""

    def __init__(self, secret_key: str) -> None:
        self._key = derived_key(secret_key, _PURPOSE)

    def of(self, *secrets: str) -> str:
        """The same for the same secrets in the same order."""
        apart = b"".join(
            sha256(secret.encode(errors="surrogatepass")).digest() for secret in secrets
        )
        return hmac.digest(self._key, apart, sha256).hex()
