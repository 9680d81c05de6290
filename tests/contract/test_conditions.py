"""Lists by condition: each subject and each way to compare, all together or any of them."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from core.domain.ids import UserId
from core.domain.particulars import FieldEntry, Mode, RoleAssignment
from core.domain.severity import Severity
from core.domain.state import Phase, State
from core.domain.urgency import Urgency
from core.views import Condition, IncidentPage, IncidentQuery, Op, Subject
from tests.contract.house import House
from tests.contract.samples import a_service, a_user
from tests.fakes.moment import NOON

BOB, CAROL = UserId("usr_bob"), UserId("usr_carol")
LONG = "x" * 3_000


async def _declared(house: House) -> None:
    """Three that differ in everything, a minute apart: one, two, three."""
    await house.declare(
        title="one",
        status_id="sta_1",
        severity_id="sev_1",
        type_id="typ_1",
        severity=Severity.CRITICAL,
        roles=(RoleAssignment(role_id="rol_1", user_id=BOB),),
        fields=(FieldEntry(field_id="fld_1", values=("red", "green")),),
    )
    house.clock.advance(minutes=1)
    await house.declare(
        title="two",
        state=State.ACKNOWLEDGED,
        phase=Phase.MONITORING,
        severity=Severity.LOW,
        urgency=Urgency.MEDIUM,
        mode=Mode.TEST,
        type_id="typ_2",
        updated_at=NOON + timedelta(hours=1),
        roles=(
            RoleAssignment(role_id="rol_1", user_id=CAROL),
            RoleAssignment(role_id="rol_2", user_id=BOB),
        ),
        fields=(FieldEntry(field_id="fld_2", values=(LONG,)),),
    )
    house.clock.advance(minutes=1)
    await house.declare(title="three", state=State.RESOLVED, phase=Phase.RESOLVED)


def _where(subject: Subject, op: Op, *values: str | datetime, key: str | None = None) -> Condition:
    return Condition(subject=subject, op=op, values=values, key=key)


async def _page(house: House, *conditions: Condition, **query: Any) -> IncidentPage:
    wanted = IncidentQuery(conditions=conditions, **query)
    return await house.reads.incidents(house.organization_id, wanted)


async def _titles(house: House, *conditions: Condition, **query: Any) -> list[str]:
    page = await _page(house, *conditions, **query)
    assert page.total == len(page.rows)
    return [row.title for row in reversed(page.rows)]


MINUTE = timedelta(minutes=1)
CASES: list[tuple[Condition, list[str]]] = [
    (_where(Subject.STATE, Op.ONE_OF, "open", "resolved"), ["one", "three"]),
    (_where(Subject.STATE, Op.NOT_IN, "open"), ["two", "three"]),
    (_where(Subject.STATE, Op.ONE_OF), []),
    (_where(Subject.STATE, Op.NOT_IN), ["one", "two", "three"]),
    (_where(Subject.PHASE, Op.ONE_OF, "monitoring"), ["two"]),
    (_where(Subject.STATUS_ID, Op.ONE_OF, "sta_1", "acknowledged/monitoring"), ["one", "two"]),
    (_where(Subject.STATUS_ID, Op.ONE_OF, "open/investigating"), []),
    (_where(Subject.STATUS_ID, Op.NOT_IN, "sta_1", "resolved/resolved"), ["two"]),
    (_where(Subject.SEVERITY, Op.ONE_OF, "low"), ["two"]),
    (_where(Subject.SEVERITY_ID, Op.ONE_OF, "sev_1", "high"), ["one", "three"]),
    (_where(Subject.SEVERITY_ID, Op.NOT_IN, "sev_1"), ["two", "three"]),
    (_where(Subject.TYPE_ID, Op.ONE_OF, "typ_2"), ["two"]),
    (_where(Subject.TYPE_ID, Op.NOT_IN, "typ_2"), ["one", "three"]),
    (_where(Subject.TYPE_ID, Op.IS_BLANK), ["three"]),
    (_where(Subject.TYPE_ID, Op.IS_BLANK, "false"), ["one", "two"]),
    (_where(Subject.MODE, Op.NOT_IN, "test"), ["one", "three"]),
    (_where(Subject.URGENCY, Op.ONE_OF, "high"), ["one", "three"]),
    (_where(Subject.URGENCY, Op.ONE_OF, "medium", "low"), ["two"]),
    (_where(Subject.CREATED_AT, Op.GTE, NOON + MINUTE), ["two", "three"]),
    (_where(Subject.CREATED_AT, Op.LTE, NOON + MINUTE), ["one", "two"]),
    (_where(Subject.CREATED_AT, Op.BETWEEN, NOON + MINUTE, NOON + MINUTE), ["two"]),
    (_where(Subject.UPDATED_AT, Op.GTE, NOON + 5 * MINUTE), ["two"]),
    (_where(Subject.ROLE, Op.ONE_OF, BOB, key="rol_1"), ["one"]),
    (_where(Subject.ROLE, Op.ONE_OF, BOB, CAROL, key="rol_1"), ["one", "two"]),
    (_where(Subject.ROLE, Op.NOT_IN, BOB, key="rol_1"), ["two", "three"]),
    (_where(Subject.ROLE, Op.IS_BLANK, key="rol_2"), ["one", "three"]),
    (_where(Subject.ROLE, Op.IS_BLANK, "false", key="rol_2"), ["two"]),
    (_where(Subject.FIELD, Op.ONE_OF, "green", key="fld_1"), ["one"]),
    (_where(Subject.FIELD, Op.ONE_OF, "green", key="fld_2"), []),
    (_where(Subject.FIELD, Op.ONE_OF, LONG, key="fld_2"), ["two"]),
    (_where(Subject.FIELD, Op.NOT_IN, "red", key="fld_1"), ["two", "three"]),
    (_where(Subject.FIELD, Op.IS_BLANK, key="fld_1"), ["two", "three"]),
]


async def test_a_condition_chooses_what_meets_it(house: House) -> None:
    await _declared(house)

    chosen = [(condition, await _titles(house, condition)) for condition, _ in CASES]

    assert chosen == CASES


async def test_who_works_on_it_is_a_condition(house: House) -> None:
    bob = await a_user(house)
    await house.declare(title="his", assignee_id=bob.id)
    await house.declare(title="nobody's")

    assert await _titles(house, _where(Subject.ASSIGNEE, Op.ONE_OF, bob.id)) == ["his"]
    assert await _titles(house, _where(Subject.ASSIGNEE, Op.NOT_IN, bob.id)) == ["nobody's"]
    assert await _titles(house, _where(Subject.ASSIGNEE, Op.IS_BLANK)) == ["nobody's"]


async def test_conditions_are_met_together_or_one_at_least(house: House) -> None:
    await _declared(house)
    bobs = _where(Subject.ROLE, Op.ONE_OF, BOB, key="rol_2")
    critical = _where(Subject.SEVERITY, Op.ONE_OF, "critical")
    acknowledged = _where(Subject.STATE, Op.ONE_OF, "acknowledged")

    assert await _titles(house, bobs, critical) == []
    assert await _titles(house, bobs, acknowledged) == ["two"]
    assert await _titles(house, bobs, critical, match_any=True) == ["one", "two"]


async def test_everything_else_narrows_what_conditions_chose(house: House) -> None:
    await _declared(house)
    early = _where(Subject.CREATED_AT, Op.LTE, NOON + MINUTE)
    late = _where(Subject.CREATED_AT, Op.GTE, NOON + 2 * MINUTE)
    modes = frozenset({Mode.STANDARD})

    assert await _titles(house, early, late, match_any=True, modes=modes) == ["one", "three"]


async def test_a_list_by_condition_is_walked_by_key(house: House) -> None:
    await _declared(house)
    anything = _where(Subject.STATE, Op.NOT_IN, "canceled")

    first = await _page(house, anything, limit=1)
    rest = await _page(house, anything, after=(first.rows[0].created_at, first.rows[0].id))

    assert [row.title for row in (*first.rows, *rest.rows)] == ["three", "two", "one"]
    assert (first.total, first.more, rest.total) == (3, True, 3)


async def test_a_facet_that_was_taken_away_finds_nothing(house: House) -> None:
    service = await a_service(house)
    incident = await house.declare(
        service_ids=(service.id,),
        fields=(FieldEntry(field_id="fld_1", values=("red",)),),
    )
    red, blue = (_where(Subject.FIELD, Op.ONE_OF, word, key="fld_1") for word in ("red", "blue"))

    await house.edit(incident, fields=(FieldEntry(field_id="fld_1", values=("blue",)),))

    assert (len(await _titles(house, red)), len(await _titles(house, blue))) == (0, 1)
    assert len(await _titles(house, blue, service_id=service.id)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": Subject.CREATED_AT, "op": Op.ONE_OF, "values": (NOON,)},
        {"subject": Subject.CREATED_AT, "op": Op.GTE, "values": ("yesterday",)},
        {"subject": Subject.CREATED_AT, "op": Op.BETWEEN, "values": (NOON,)},
        {"subject": Subject.SEVERITY, "op": Op.GTE, "values": ("high",)},
        {"subject": Subject.ROLE, "op": Op.ONE_OF, "values": (BOB,)},
        {"subject": Subject.STATE, "op": Op.ONE_OF, "values": ("open",), "key": "rol_1"},
    ],
)
def test_what_cannot_be_compared_is_no_condition(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="no condition"):
        Condition(**wrong)
