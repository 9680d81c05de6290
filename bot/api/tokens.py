"""Sign-in tokens: JSON Web Tokens that say whose session they belong to, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from secrets import token_hex
from typing import Any

import jwt
from jwt.types import Options

from bot.encryption import derived_key
from core.domain.ids import OrganizationId, SessionId, UserId
from core.domain.session import ACCESS_LASTS, REFRESH_LASTS, Session

ALGORITHM = "HS256"
ISSUER = "tocsin"
AUDIENCE = "tocsin-api"

_PURPOSE = b"tocsin: sign-in tokens"
_REQUIRED = ("iss", "aud", "sub", "org", "sid", "jti", "typ", "iat", "exp")
_OPTIONS: Options = {
    "require": list(_REQUIRED),
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
}


class Kind(StrEnum):
    """An access token opens doors, a refresh token is exchanged for new tokens."""

    ACCESS = "access"
    REFRESH = "refresh"


class BadToken(Exception):
    """It was not made here, was changed, or is for another use."""


class ExpiredToken(Exception):
    """It was good once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a token says."""

    organization_id: OrganizationId
    user_id: UserId
    session_id: SessionId
    token_id: str


class Mint:
    """Signs with a key derived from the first secret key, and knows what the others signed.

    Times are arguments: the library would look at a clock of its own.
    """

    def __init__(self, secret_keys: Sequence[str]) -> None:
        keys = [derived_key(key, _PURPOSE) for key in secret_keys]
        self._keys = {_name_of(key): key for key in keys}
        self._newest = _name_of(keys[0])

    def access(self, organization_id: OrganizationId, session: Session, now: datetime) -> str:
        return self._signed(
            Kind.ACCESS, organization_id, session, (token_hex(16), now, ACCESS_LASTS)
        )

    def refresh(self, organization_id: OrganizationId, session: Session) -> str:
        """The session's newest, and the same each time it is asked for."""
        times = (session.token_id, session.last_used_at, REFRESH_LASTS)
        return self._signed(Kind.REFRESH, organization_id, session, times)

    def read(self, token: str, kind: Kind, now: datetime) -> Claims:
        """What the token says; `BadToken` or `ExpiredToken` when that is worth nothing."""
        claims = self._verified(token)
        if claims["typ"] != kind:
            raise BadToken
        if now.timestamp() >= claims["exp"]:
            raise ExpiredToken
        return Claims(
            organization_id=OrganizationId(claims["org"]),
            user_id=UserId(claims["sub"]),
            session_id=SessionId(claims["sid"]),
            token_id=claims["jti"],
        )

    def _signed(
        self,
        kind: Kind,
        organization_id: OrganizationId,
        session: Session,
        made: tuple[str, datetime, timedelta],
    ) -> str:
        token_id, at, lasts = made
        issued_at = int(at.timestamp())
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": session.user_id,
            "org": organization_id,
            "sid": session.id,
            "jti": token_id,
            "typ": kind.value,
            "iat": issued_at,
            "exp": issued_at + int(lasts.total_seconds()),
        }
        key = self._keys[self._newest]
        return jwt.encode(claims, key, algorithm=ALGORITHM, headers={"kid": self._newest})

    def _verified(self, token: str) -> dict[str, Any]:
        try:
            key = self._keys.get(str(jwt.get_unverified_header(token).get("kid")))
            if key is None:
                raise BadToken
            return jwt.decode(
                token,
                key,
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                issuer=ISSUER,
                options=_OPTIONS,
            )
        except (jwt.PyJWTError, ValueError) as error:
            raise BadToken from error


def _name_of(key: bytes) -> str:
    """By which a token names its key without telling anything about it."""
    return sha256(key).hexdigest()[:16]
