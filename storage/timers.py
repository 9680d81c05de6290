"""What is due without anybody asking, in SQL."""

from collections.abc import Collection

from sqlalchemy import bindparam, delete, exists, select

from core.domain.ids import IncidentId, OrganizationId
from core.domain.timer import Timer, TimerKind
from storage.expressions import OneOf
from storage.mapping import Mapping
from storage.session import EVERY, Draft, Key
from storage.statements import Statement, deletion, replacement
from storage.tables import alert_timers, incidents
from storage.types import Word

_NOUN = "alert timers"
_TIMER = Mapping(Timer)
_THIS = (
    alert_timers.c.organization_id == bindparam("organization"),
    alert_timers.c.kind == bindparam("this_kind", type_=Word(TimerKind)),
    alert_timers.c.subject_id == bindparam("this_subject"),
)
_get = select(*_TIMER.columns(alert_timers)).where(*_THIS)
_GET = Statement({"sqlite": _get, "postgresql": _get.with_for_update()})
_SET = replacement(alert_timers, "organization_id", "kind", "subject_id")
_CANCEL = deletion(delete(alert_timers).where(*_THIS), alert_timers)
_CANCEL_ALL = deletion(
    delete(alert_timers).where(
        alert_timers.c.organization_id == bindparam("organization"),
        OneOf(alert_timers.c.kind, "kinds"),
        alert_timers.c.subject_id == bindparam("this_subject"),
    ),
    alert_timers,
)
_UNAWAITED = Statement(
    select(incidents.c.id)
    .where(
        incidents.c.organization_id == bindparam("organization"),
        incidents.c.channel_id.is_not(None),
        incidents.c.archived_at.is_(None),
        incidents.c.deleted_at.is_(None),
        ~exists().where(
            alert_timers.c.organization_id == incidents.c.organization_id,
            alert_timers.c.kind == bindparam("archive", type_=Word(TimerKind)),
            alert_timers.c.subject_id == incidents.c.id,
        ),
    )
    .order_by(incidents.c.number.desc())
)


class SqlTimers:
    def __init__(self, draft: Draft, organization_id: OrganizationId) -> None:
        self._draft = draft
        self._organization_id = organization_id

    async def get(self, kind: TimerKind, subject_id: str) -> Timer | None:
        row = await self._draft.one(_GET, self._which(kind, subject_id), _key(kind, subject_id))
        return _TIMER.value(row) if row else None

    async def set(self, timer: Timer) -> None:
        key = _key(timer.kind, timer.subject_id)
        await self._draft.settle(key)
        row = _TIMER.row(timer, organization_id=self._organization_id)
        self._draft.stage(_SET, row, key)

    async def cancel(self, kind: TimerKind, subject_id: str) -> None:
        key = _key(kind, subject_id)
        await self._draft.settle(key)
        self._draft.stage(_CANCEL, self._which(kind, subject_id), key)

    async def cancel_all(self, kinds: Collection[TimerKind], subject_id: str) -> None:
        keys = [_key(kind, subject_id) for kind in kinds]
        await self._draft.settle(*keys)
        these = {
            "organization": self._organization_id,
            "kinds": [kind.value for kind in kinds],
            "this_subject": subject_id,
        }
        self._draft.stage(_CANCEL_ALL, these, *keys)

    async def unawaited_channels(self) -> list[IncidentId]:
        values = {"organization": self._organization_id, "archive": TimerKind.ARCHIVE}
        rows = await self._draft.fetch(_UNAWAITED, values, ("incidents", EVERY), (_NOUN, EVERY))
        return [IncidentId(id) for (id,) in rows]

    def _which(self, kind: TimerKind, subject_id: str) -> dict[str, str]:
        return {
            "organization": self._organization_id,
            "this_kind": kind,
            "this_subject": subject_id,
        }


def _key(kind: TimerKind, subject_id: str) -> Key:
    return (_NOUN, f"{kind} {subject_id}")
