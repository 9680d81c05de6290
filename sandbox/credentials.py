"""The secrets an app is given at installation, and what each token may do."""

import hmac
from dataclasses import dataclass, field, replace
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

    def belong_to(self, bot: str) -> None:
        """Point the tokens at the bot of a workspace that was restored."""
        for secret, token in self.tokens.items():
            if token.kind != "user":
                self.tokens[secret] = replace(token, user=bot)

    def secrets(self) -> tuple[str, ...]:
        """What must never appear in a message."""
        named = (self.signing_secret, self.bot_token, self.app_token, self.client_secret)
        return tuple(secret for secret in (*named, *self.tokens) if secret)
