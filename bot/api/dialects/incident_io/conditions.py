"""incident.io's filters as conditions on incidents."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias, TypeVar

from bot.api.dialects.incident_io.filters import Filter, date_of
from bot.api.dialects.incident_io.terms import Terms
from bot.api.dialects.incident_io.wire import TYPE_ID
from bot.api.dialects.incident_io.words import standard_row, status_v1
from core.domain.incident_role import LEAD
from core.domain.particulars import Mode
from core.domain.severity_option import SeverityOption, standard_severity_id
from core.domain.state import Phase, State
from core.domain.status_option import StatusCategory, StatusOption
from core.views import Condition, Op, Subject

REAL = frozenset({Mode.STANDARD, Mode.RETROSPECTIVE})
"""The modes of a list that asks for none."""

T = TypeVar("T")

_TOGETHER = (Op.ONE_OF, Op.NOT_IN)


def modes_in(filters: Sequence[Filter]) -> frozenset[Mode]:
    """Of the filter by mode, which narrows whatever else is asked for."""
    asked = [one for one in filters if one.subject == "mode"]
    if not asked:
        return REAL
    return frozenset(_mode(one, word) for one in asked for word in one.values)


def conditions_of(filters: Sequence[Filter], terms: Terms) -> tuple[Condition, ...]:
    return tuple(
        condition
        for one in filters
        if one.subject != "mode"
        for condition in _MEANINGS[one.subject](one, terms)
    )


def status_values(status: StatusOption) -> Iterator[str]:
    """By what an incident with this status is kept: its id, or the states that show it."""
    yield status.id
    for state in State:
        for phase in Phase:
            if standard_row(state, phase) == status.id:
                yield f"{state}/{phase}"


def values_v1(words: Collection[str], statuses: Iterable[StatusOption]) -> tuple[str, ...]:
    """The same for statuses of the first version, each of which stands for several."""
    given = (
        status.id
        for status in statuses
        if status_v1(status.states[0], status.phase or Phase.INVESTIGATING) in words
    )
    pairs = (
        f"{state}/{phase}" for state in State for phase in Phase if status_v1(state, phase) in words
    )
    return (*given, *pairs)


def _mode(one: Filter, word: str) -> Mode:
    one.op_in(Op.ONE_OF)
    try:
        return Mode(word.strip().lower())
    except ValueError:
        message = f"“{word[:40]}” is not a mode; use {', '.join(Mode)}."
        raise one.refuse(message) from None


def _status(one: Filter, terms: Terms) -> Iterator[Condition]:
    wanted = [_known(one, id, terms.statuses) for id in one.values]
    yield _among(one, Subject.STATUS_ID, [word for row in wanted for word in status_values(row)])


def _category(one: Filter, terms: Terms) -> Iterator[Condition]:
    for word in one.values:
        if word not in list(StatusCategory):
            known = ", ".join(StatusCategory)
            raise one.refuse(f"“{word[:40]}” is not a category of statuses; use {known}.")
    rows = [row for row in terms.statuses.values() if row.category in one.values]
    yield _among(one, Subject.STATUS_ID, [word for row in rows for word in status_values(row)])


def _severity(one: Filter, terms: Terms) -> Iterator[Condition]:
    op = one.op_in(Op.ONE_OF, Op.NOT_IN, Op.GTE, Op.LTE)
    wanted = [_known(one, id, terms.severities) for id in one.values]
    if op in _TOGETHER:
        yield _among(one, Subject.SEVERITY_ID, _severity_values(wanted))
        return
    for bound in wanted:
        rows = [row for row in terms.severities.values() if _compared(op, row.rank, bound.rank)]
        yield Condition(
            subject=Subject.SEVERITY_ID, op=Op.ONE_OF, values=tuple(_severity_values(rows))
        )


def _severity_values(rows: Sequence[SeverityOption]) -> list[str]:
    levels = [row.level for row in rows if row.id == standard_severity_id(row.level)]
    return [*(row.id for row in rows), *levels]


def _compared(op: Op, rank: int, bound: int) -> bool:
    return rank >= bound if op is Op.GTE else rank <= bound


def _type(one: Filter, terms: Terms) -> Iterator[Condition]:
    """There is one type, and every incident is of it."""
    if any(id != TYPE_ID for id in one.values):
        raise one.refuse(f"There is one incident type only; its id is {TYPE_ID}.")
    everything = one.op_in(*_TOGETHER) is Op.ONE_OF
    yield Condition(subject=Subject.STATE, op=Op.NOT_IN if everything else Op.ONE_OF)


def _moment(one: Filter, terms: Terms) -> Iterator[Condition]:
    subject = Subject(one.subject)
    if one.op == "date_range":
        for value in one.values:
            first, tilde, last = value.partition("~")
            if not tilde:
                raise one.refuse("A range of dates is written as 2026-11-01~2026-11-20.")
            ends = (date_of(one, first), date_of(one, last))
            yield Condition(subject=subject, op=Op.BETWEEN, values=ends)
        return
    if one.op not in (Op.GTE, Op.LTE):
        message = f"“{one.op[:40]}” is no way to filter by time; use gte, lte or date_range."
        raise one.refuse(message)
    for value in one.values:
        yield Condition(subject=subject, op=Op(one.op), values=(date_of(one, value),))


def _role(one: Filter, terms: Terms) -> Iterator[Condition]:
    role = _known(one, one.key or "", terms.roles)
    op = one.op_in(Op.ONE_OF, Op.NOT_IN, Op.IS_BLANK)
    values = _yes_or_no(one) if op is Op.IS_BLANK else one.values
    if role.id == LEAD:
        yield Condition(subject=Subject.ASSIGNEE, op=op, values=values)
    else:
        yield Condition(subject=Subject.ROLE, op=op, values=values, key=role.id)


def _field(one: Filter, terms: Terms) -> Iterator[Condition]:
    field = _known(one, one.key or "", terms.fields)
    op = one.op_in(Op.ONE_OF, Op.NOT_IN, Op.IS_BLANK)
    values = _yes_or_no(one) if op is Op.IS_BLANK else one.values
    yield Condition(subject=Subject.FIELD, op=op, values=values, key=field.id)


def _yes_or_no(one: Filter) -> tuple[str, ...]:
    answer = one.values[0].strip().lower()
    if answer not in ("true", "false"):
        raise one.refuse("Send true or false.")
    return () if answer == "true" else ("false",)


def _among(one: Filter, subject: Subject, values: Sequence[str]) -> Condition:
    return Condition(subject=subject, op=one.op_in(*_TOGETHER), values=tuple(values))


def _known(one: Filter, id: str, rows: Mapping[str, T]) -> T:
    row = rows.get(id)
    if row is None:
        raise one.refuse(f"There is nothing with the id {id[:80]}; list what there is first.")
    return row


Meaning: TypeAlias = Callable[[Filter, Terms], Iterator[Condition]]

_MEANINGS: Mapping[str, Meaning] = {
    "status": _status,
    "status_category": _category,
    "severity": _severity,
    "incident_type": _type,
    "created_at": _moment,
    "updated_at": _moment,
    "incident_role": _role,
    "custom_field": _field,
}
