"""The secrets an app is given at installation, and what each token may do."""

import hmac
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    kind: Literal["bot", "app", "user"]
    user: str
    scopes: frozenset[str]


@dataclass(slots=True, kw_only=True)
class Credentials:
    """Tokens known to the workspace; `revoked` ones are answered differently from unknown ones."""

    signing_secret: str
    bot_token: str
    app_token: str
    client_id: str
    client_secret: str
    verification_token: str
    tokens: dict[str, Token] = field(default_factory=dict)
    revoked: set[str] = field(default_factory=set)

    def find(self, secret: str) -> Token | None:
        for known, token in self.tokens.items():
            if hmac.compare_digest(known.encode(), secret.encode()):
                return token
        return None

    def secrets(self) -> tuple[str, ...]:
        """What must never appear in a message."""
        named = (self.signing_secret, self.bot_token, self.app_token, self.client_secret)
        return tuple(secret for secret in (*named, *self.tokens) if secret)
