"""The secrets an app is given at installation, and what each token may do."""

import hmac
from dataclasses import dataclass, field, replace
from typing import Literal

Kind = Literal["bot", "app", "user"]
# What a token that once worked is answered, by what became of it.
STATES = {
    "revoked": "token_revoked",
    "expired": "token_expired",
    "inactive": "account_inactive",
}


def is_same(known: str, shown: str) -> bool:
    """Compare secrets; what is shown may hold bytes that are no text."""
    return hmac.compare_digest(*(one.encode(errors="surrogatepass") for one in (known, shown)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    kind: Kind
    user: str
    scopes: frozenset[str]


@dataclass(slots=True, kw_only=True)
class Credentials:
    """Tokens known to the workspace; those in `lost` are answered with the error beside them.

    `user_token` is empty unless the manifest asks for scopes of the person who installs the app.
    """

    signing_secret: str
    bot_token: str
    app_token: str
    client_id: str
    client_secret: str
    verification_token: str
    user_token: str = ""
    tokens: dict[str, Token] = field(default_factory=dict)
    lost: dict[str, str] = field(default_factory=dict)

    def find(self, secret: str) -> Token | None:
        for known, token in self.tokens.items():
            if is_same(known, secret):
                return token
        return None

    def secret_of(self, kind: Kind) -> str:
        named = {"bot": self.bot_token, "app": self.app_token, "user": self.user_token}
        return named[kind]

    def granted(self, kind: Kind) -> frozenset[str]:
        """The scopes of the installation, which may lag behind the manifest."""
        token = self.tokens.get(self.secret_of(kind))
        return token.scopes if token else frozenset()

    def grant(self, kind: Kind, user: str, scopes: frozenset[str]) -> None:
        """Give a token, or give it again after it was lost."""
        secret = self.secret_of(kind)
        self.lost.pop(secret, None)
        self.tokens[secret] = Token(kind=kind, user=user, scopes=scopes)

    def lose(self, secret: str, state: str) -> None:
        """Let a token stop working; the state is one of `STATES`."""
        if self.tokens.pop(secret, None):
            self.lost[secret] = STATES[state]

    def uninstall(self) -> None:
        """Every token dies: a bot's account is gone, a person's consent is withdrawn."""
        for secret, token in list(self.tokens.items()):
            self.lose(secret, "inactive" if token.kind == "bot" else "revoked")

    def belong_to(self, bot: str) -> None:
        """Point the tokens at the bot of a workspace that was restored."""
        for secret, token in self.tokens.items():
            if token.kind != "user":
                self.tokens[secret] = replace(token, user=bot)

    def secrets(self) -> tuple[str, ...]:
        """What must never appear in a message."""
        named = (self.signing_secret, self.bot_token, self.app_token, self.client_secret)
        return tuple(secret for secret in (*named, *self.tokens) if secret)
