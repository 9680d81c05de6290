"""The SQL of the outbox: each statement touches a few rows, however long the queue is."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    ScalarSelect,
    Select,
    Text,
    bindparam,
    case,
    func,
    literal_column,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy import update as sql_update

from core.domain.severity import Severity
from core.effects import PostReminder
from storage.statements import Statement, changing, insertion
from storage.tables import (
    incidents,
    outbox,
    outbox_channels,
    outbox_others,
    outbox_reminders,
    outbox_waiting,
)
from storage.types import UtcDateTime

_o = outbox.c
_now = bindparam("now", type_=UtcDateTime)
_until = bindparam("until", type_=UtcDateTime)
_this = (_o.organization_id == bindparam("organization"), _o.id == bindparam("this_id"))
_behind = (
    outbox_waiting,
    _o.organization_id == bindparam("organization"),
    _o.lane == bindparam("lane"),
    _o.id > bindparam("this_id"),
)
_other = outbox.alias("other")
_head = outbox.alias("head")
"""Of the lane of what is to be claimed: itself, or a reminder before it."""

_same_lane = (
    _other.c.lane == _o.lane,
    _other.c.settled_at.is_(None),
    _other.c.buried_at.is_(None),
)
_no_reminder = _other.c.kind.not_like(literal_column(f"'{PostReminder.__name__}'"))
"""Said so that no other index seems as good as that of the lanes."""


def _oldest(*which: ColumnElement[bool]) -> ScalarSelect[Any]:
    """Asked of each lane by itself: however PostgreSQL guesses how many wait, it looks up a few."""
    oldest = select(func.min(_other.c.id)).where(*_same_lane, *which)
    return oldest.correlate(outbox).scalar_subquery()


_is_idle = _oldest(_other.c.leased_until > _now).is_(None)
_newest = select(func.max(_other.c.id)).where(*_same_lane).scalar_subquery()


_rank = case(
    {str(severity): severity.rank for severity in Severity},
    value=type_coerce(incidents.c.severity, Text),
    else_=0,
)


def _claimable(head: FromClause) -> Select[Any]:
    """Heads of lanes that are due, in lanes where nothing is being tried."""
    h = head.c
    told = (h.id, h.organization_id, h.kind, h.body, h.attempts, h.doubtful, h.leased_until)
    return (
        select(*told, _newest)
        .where(
            func.coalesce(h.settled_at, h.buried_at).is_(None),  # so that it is found by its id
            h.due_at <= _now,
            h.leased_until.is_(None) | (h.leased_until <= _now),
            h.id == _oldest(),
            _is_idle,
        )
        .limit(bindparam("limit", type_=_o.attempts.type))
    )


def _before_reminders(which: ColumnElement[bool]) -> Select[Any]:
    """What is first in its lane but for reminders: they take its place in the order. However many
    reminders are due, those alone are looked at behind which something else is."""
    is_first = _o.id == _oldest(_no_reminder)
    return _claimable(_head).where(outbox_waiting, which, _o.due_at <= _now, is_first)


def _others() -> Select[Any]:
    return _before_reminders(outbox_others).order_by(_o.due_at, _o.id)


def _channels() -> Select[Any]:
    """Channels to be opened: Slack allows few in a minute, and the worst incidents get theirs
    first, by their severity as it is now."""
    worst_first = _before_reminders(outbox_channels).join(incidents, incidents.c.id == _o.lane)
    return worst_first.order_by(_rank.desc(), _o.id)


def _reminders() -> Select[Any]:
    return _claimable(outbox).where(outbox_waiting, outbox_reminders).order_by(_o.due_at, _o.id)


def _first_due(which: ColumnElement[bool], name: str) -> Select[Any]:
    first = (
        select(_o.due_at)
        .where(outbox_waiting, which, _o.leased_until.is_(None), _o.id == _oldest())
        .order_by(_o.due_at)
        .limit(1)
        .subquery(name)
    )
    return select(first.c.due_at)


def _moments_due() -> Select[Any]:
    """When the first free head is due, and when the first lease runs out."""
    others, reminders = _first_due(outbox_others, "other"), _first_due(outbox_reminders, "reminder")
    leased = select(func.min(_o.leased_until, type_=UtcDateTime()).label("due_at")).where(
        outbox_waiting, _o.leased_until.is_not(None)
    )
    moments = union_all(others, reminders, leased).subquery("moments")
    return select(func.min(moments.c.due_at, type_=UtcDateTime()))


INSERT = insertion(outbox)


def _claiming(rows: Select[Any], head: FromClause) -> Statement:
    locked = rows.with_for_update(skip_locked=True, of=head)
    return Statement({"sqlite": rows, "postgresql": locked})


CLAIM = _claiming(_others(), _head)
CLAIM_CHANNELS = _claiming(_channels(), _head)
CLAIM_REMINDERS = _claiming(_reminders(), outbox)

LEASE = changing(
    sql_update(outbox)
    .where(*_this)
    .values(
        leased_until=bindparam("leased_until", type_=UtcDateTime),
        doubtful=bindparam("doubtful", type_=_o.doubtful.type),
    ),
    outbox,
)
SETTLE = changing(
    sql_update(outbox).where(*_this).values(settled_at=_now, leased_until=None), outbox
)
SETTLE_EQUALS = changing(
    sql_update(outbox)
    .where(
        *_behind,
        _o.id <= bindparam("upto", type_=_o.id.type),
        _o.kind == bindparam("kind"),
        _o.body == bindparam("body"),
        _o.leased_until.is_(None),
    )
    .values(settled_at=_now),
    outbox,
)
POSTPONE = changing(
    sql_update(outbox)
    .where(*_this)
    .values(
        leased_until=None,
        due_at=_until,
        doubtful=bindparam("doubtful", type_=_o.doubtful.type),
        attempts=_o.attempts + bindparam("counted", type_=_o.attempts.type),
        reason=bindparam("reason"),
    ),
    outbox,
)
POSTPONE_OTHERS = changing(
    sql_update(outbox).where(*_behind, _o.due_at < _until).values(due_at=_until), outbox
)
"""Nothing overtakes in a lane, so what waits behind need not be looked at before."""

BURY = changing(
    sql_update(outbox)
    .where(*_this)
    .values(buried_at=_now, leased_until=None, reason=bindparam("reason")),
    outbox,
)
_is_buried = _o.buried_at.is_not(None)
FIND_BURIED = Statement(select(_o.id).where(*_this, _is_buried))
_all_buried = (_o.organization_id == bindparam("organization"), _is_buried)
COUNT_BURIED = Statement(select(func.count()).select_from(outbox).where(*_all_buried))
_dug_up = {
    "buried_at": None,
    "leased_until": None,
    "due_at": _now,
    "attempts": 0,
    "reason": "",
}
REPLAY = changing(sql_update(outbox).where(*_this, _is_buried).values(**_dug_up), outbox)
REPLAY_ALL = changing(sql_update(outbox).where(*_all_buried).values(**_dug_up), outbox)
RECOVER = changing(
    sql_update(outbox)
    .where(outbox_waiting, _o.leased_until.is_not(None))
    .values(leased_until=None, doubtful=True, due_at=_now),
    outbox,
)
BURIED = Statement(
    select(_o.id, _o.kind, _o.body, _o.attempts, _o.reason, _o.buried_at)
    .where(_o.organization_id == bindparam("organization"), _is_buried)
    .order_by(_o.buried_at.desc(), _o.id.desc())
    .limit(bindparam("limit", type_=_o.attempts.type))
)
OLDER = Statement(
    select(_o.id)
    .where(
        outbox_waiting,
        _o.organization_id == bindparam("organization"),
        _o.lane == bindparam("lane"),
        _o.id < bindparam("this_id"),
    )
    .limit(1)
)
WAITING = Statement(select(func.count()).select_from(outbox).where(outbox_waiting))
NEXT_DUE = Statement(_moments_due())
