"""Who shows an access token: its session and its person, as they are now or were a second ago."""

from dataclasses import dataclass

from bot.api.auth import Client
from bot.api.tokens import BadToken, Claims, ExpiredToken, Kind, Mint
from bot.web.authorization import unauthorized
from bot.web.lookups import Recent
from bot.web.problems import Refusal
from core.domain.account import Dialect, User, UserState
from core.domain.actor import Actor, Caller, Surface
from core.domain.ids import OrganizationId, SessionId
from core.domain.session import Session
from core.permissions import ROLES
from core.ports import Clock, Directory


@dataclass(frozen=True, slots=True)
class _Known:
    session: Session
    user: User
    client: Client


class SignedIn:
    """The callers who signed in. What ends a session is seen at once here, and elsewhere within a
    second."""

    def __init__(self, directory: Directory, mint: Mint, clock: Clock) -> None:
        self._directory = directory
        self._mint = mint
        self._clock = clock
        self._recent = Recent(self._ask)

    async def client_of(self, token: str) -> Client:
        """Whoever it belongs to; a `Refusal` when it is no good any more."""
        claims = self.claims_of(token, Kind.ACCESS)
        known = await self._recent.find(claims.session_id)
        if (
            known is None
            or known.client.organization_id != claims.organization_id
            or known.user.state is not UserState.ACTIVE
            or not known.session.live(self._clock())
        ):
            raise unauthorized("session_ended", "This session has ended; sign in again.")
        return known.client

    def claims_of(self, token: str, kind: Kind) -> Claims:
        try:
            return self._mint.read(token, kind, self._clock())
        except ExpiredToken as error:
            raise unauthorized("token_expired", "JWT token has expired") from error
        except BadToken as error:
            raise bad_token(kind) from error

    def forget(self) -> None:
        """A session has ended, or somebody has changed."""
        self._recent.forget()

    async def _ask(self, session_id: str) -> _Known | None:
        found = await self._directory.session(SessionId(session_id))
        if found is None:
            return None
        organization_id, session, user = found
        return _Known(session, user, _client(organization_id, session, user))


def bad_token(kind: Kind) -> Refusal:
    return unauthorized("invalid_token", f"This is not {_SPOKEN[kind]} of ours; sign in again.")


_SPOKEN = {Kind.ACCESS: "an access token", Kind.REFRESH: "a refresh token"}


def _client(organization_id: OrganizationId, session: Session, user: User) -> Client:
    caller = Caller(
        organization_id=organization_id,
        actor=Actor(surface=Surface.REST, name=user.name, user_id=user.id),
        permissions=ROLES[user.role],
    )
    return Client(caller=caller, dialect=Dialect.OVERWATCH, member=user.id, session_id=session.id)
