"""Who is signed in, and who may choose a new password, in SQL."""

from sqlalchemy import Table, bindparam, select
from sqlalchemy import update as sql_update

from core.domain.ids import OrganizationId, PasswordResetId, SessionId, UserId
from core.domain.session import PasswordReset, Session
from core.errors import NotFound
from storage.mapping import Mapping
from storage.session import EVERY, Draft
from storage.statements import Statement, guarded, insertion
from storage.tables import password_resets, sessions

SESSION = Mapping(Session)
RESET = Mapping(PasswordReset)

_our_sessions = select(*SESSION.columns(sessions)).where(
    sessions.c.organization_id == bindparam("organization")
)
_GET = Statement(_our_sessions.where(sessions.c.id == bindparam("id")))
_OF_USER = Statement(
    _our_sessions.where(sessions.c.user_id == bindparam("user"), sessions.c.revoked_at.is_(None))
)
_our_resets = select(*RESET.columns(password_resets)).where(
    password_resets.c.organization_id == bindparam("organization")
)
_GET_RESET = Statement(_our_resets.where(password_resets.c.id == bindparam("id")))
_RESETS_OF_USER = Statement(
    _our_resets.where(
        password_resets.c.user_id == bindparam("user"), password_resets.c.used_at.is_(None)
    )
)


def _overwriting(table: Table, *names: str) -> Statement:
    """Nobody else writes meanwhile, so no version need be compared."""
    changes = {name: bindparam(name, type_=table.c[name].type) for name in names}
    ours = (
        table.c.organization_id == bindparam("organization"),
        table.c.id == bindparam("this_id"),
    )
    return guarded(sql_update(table).where(*ours).values(changes), table)


_ADD = insertion(sessions)
_SAVE = _overwriting(sessions, "last_used_at", "expires_at", "token_id", "revoked_at")
_ADD_RESET = insertion(password_resets)
_SAVE_RESET = _overwriting(password_resets, "used_at")
_SESSIONS, _RESETS = ("sessions", EVERY), ("password_resets", EVERY)


class SqlSessions:
    def __init__(self, draft: Draft, organization_id: OrganizationId) -> None:
        self._draft = draft
        self._organization_id = organization_id

    async def get(self, id: SessionId) -> Session:
        values = {"organization": self._organization_id, "id": id}
        row = await self._draft.one(_GET, values, _SESSIONS)
        if row is None:
            raise NotFound(f"There is no session {id}.")
        return SESSION.value(row)

    async def of_user(self, user_id: UserId) -> list[Session]:
        values = {"organization": self._organization_id, "user": user_id}
        rows = await self._draft.fetch(_OF_USER, values, _SESSIONS)
        return [SESSION.value(row) for row in rows]

    async def add(self, session: Session) -> None:
        row = SESSION.row(session, organization_id=self._organization_id)
        self._draft.stage(_ADD, row, ("sessions", session.id))

    async def save(self, session: Session) -> None:
        await self._draft.settle(_SESSIONS)
        row = SESSION.row(session, organization=self._organization_id, this_id=session.id)
        self._draft.stage(_SAVE, row, ("sessions", session.id))


class SqlPasswordResets:
    def __init__(self, draft: Draft, organization_id: OrganizationId) -> None:
        self._draft = draft
        self._organization_id = organization_id

    async def get(self, id: PasswordResetId) -> PasswordReset:
        values = {"organization": self._organization_id, "id": id}
        row = await self._draft.one(_GET_RESET, values, _RESETS)
        if row is None:
            raise NotFound(f"There is no password reset {id}.")
        return RESET.value(row)

    async def of_user(self, user_id: UserId) -> list[PasswordReset]:
        values = {"organization": self._organization_id, "user": user_id}
        rows = await self._draft.fetch(_RESETS_OF_USER, values, _RESETS)
        return [RESET.value(row) for row in rows]

    async def add(self, reset: PasswordReset) -> None:
        row = RESET.row(reset, organization_id=self._organization_id)
        self._draft.stage(_ADD_RESET, row, ("password_resets", reset.id))

    async def save(self, reset: PasswordReset) -> None:
        await self._draft.settle(_RESETS)
        row = RESET.row(reset, organization=self._organization_id, this_id=reset.id)
        self._draft.stage(_SAVE_RESET, row, ("password_resets", reset.id))
