"""The SQL of the outbox: each statement touches a few rows, however long the queue is."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
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
from core.effects import OpenChannel, PostReminder
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
_first = outbox.alias("first")
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


def _of_first(column: str) -> ScalarSelect[Any]:
    """Of what is first in the lane but for reminders."""
    first = select(_first.c[column]).where(_first.c.id == _oldest(_no_reminder))
    return first.correlate(outbox).scalar_subquery()


_is_head = _o.id == _oldest()
_is_idle = _oldest(_other.c.leased_until > _now).is_(None)
_newest = select(func.max(_other.c.id)).where(*_same_lane).scalar_subquery()


_rank = case(
    {str(severity): severity.rank for severity in Severity},
    value=type_coerce(incidents.c.severity, Text),
    else_=0,
)


def _claimable(*more: ColumnElement[Any]) -> Select[Any]:
    """Heads of lanes that are due, in lanes where nothing is being tried."""
    return (
        select(
            _o.id,
            _o.organization_id,
            _o.kind,
            _o.body,
            _o.attempts,
            _o.doubtful,
            _o.leased_until,
            _newest,
            *more,
        )
        .where(
            outbox_waiting,
            _o.due_at <= _now,
            _o.leased_until.is_(None) | (_o.leased_until <= _now),
            _is_head,
            _is_idle,
        )
        .limit(bindparam("limit", type_=_o.attempts.type))
    )


def _oldest_first(which: ColumnElement[bool]) -> Select[Any]:
    return _claimable(_o.due_at, _o.id).where(which).order_by(_o.due_at, _o.id)


def _channels() -> Select[Any]:
    """Channels to be opened: Slack allows few in a minute, and the worst incidents get theirs
    first, by their severity as it is now."""
    return (
        _claimable(-_rank, _o.id)
        .where(outbox_channels)
        .join(incidents, incidents.c.id == _o.lane)
        .order_by(_rank.desc(), _o.id)
    )


def _holding_up(channels: bool) -> Select[Any]:
    """Reminders behind which something else is due: they take its place in the order."""
    rank = select(-_rank).where(incidents.c.id == _o.lane).correlate(outbox).scalar_subquery()
    place = rank if channels else _of_first("due_at")
    kind = _of_first("kind")
    due = _of_first("due_at") <= _now
    is_channel = kind == OpenChannel.__name__ if channels else kind != OpenChannel.__name__
    behind = _newest > _o.id  # most have nothing, which costs one look
    reminders = _claimable(place, _oldest(_no_reminder)).where(outbox_reminders, behind)
    return reminders.where(due, is_channel).order_by(place, _o.id)


def _first_due(which: ColumnElement[bool], name: str) -> Select[Any]:
    first = (
        select(_o.due_at)
        .where(outbox_waiting, which, _o.leased_until.is_(None), _is_head)
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


def _claiming(rows: Select[Any]) -> Statement:
    locked = rows.with_for_update(skip_locked=True, of=outbox)
    return Statement({"sqlite": rows, "postgresql": locked})


CLAIM = _claiming(_oldest_first(outbox_others))
CLAIM_REMINDERS = _claiming(_oldest_first(outbox_reminders))
CLAIM_CHANNELS = _claiming(_channels())
CLAIM_BEFORE = _claiming(_holding_up(channels=False))
CLAIM_BEFORE_CHANNELS = _claiming(_holding_up(channels=True))
"""Each ends with what it is sorted by."""

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
