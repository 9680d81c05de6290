"""An incident that was merged, as readers of the API see it: where it goes on, if they may know."""

from datetime import timedelta

import pytest

from core.domain.ids import UserId
from core.domain.viewer import EVERYTHING, NOBODY, Viewer
from tests.contract.house import House

MEMBER = UserId("usr_member")


@pytest.mark.parametrize(
    ("viewer", "told"),
    [(EVERYTHING, True), (Viewer(user_id=MEMBER), True), (NOBODY, False)],
)
async def test_where_it_goes_on_is_told_to_whoever_may_know_of_that(
    house: House, viewer: Viewer, told: bool
) -> None:
    stays = await house.declare(title="Search is slow", private=True, members=(MEMBER,))
    gone = await house.declare(merged_into=stays.id)

    record = await house.reads.seen_by(viewer).incident(house.organization_id, gone.id)

    found = record.merged_into
    assert record.row.merged_into == stays.id
    assert (found.reference if found else None) == (stays.reference if told else None)


async def test_a_deleted_incident_is_nowhere_to_go_on(house: House) -> None:
    stays = await house.declare(deleted_at=house.clock())
    gone = await house.declare(merged_into=stays.id)

    record = await house.reads.incident(house.organization_id, gone.id)

    assert record.merged_into is None


async def test_when_news_was_promised_is_read_with_the_incident(house: House) -> None:
    soon = house.clock() + timedelta(hours=1)
    incident = await house.declare(update_due_at=soon)

    record = await house.reads.incident(house.organization_id, incident.id)

    assert record.row.update_due_at == soon
