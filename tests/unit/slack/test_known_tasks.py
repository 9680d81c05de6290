"""What Slack knows of the tasks of an incident: the newest of very many, each by its own number."""

from datetime import timedelta

from bot.slack.tasks.known import MOST_OF_ONE, number_of, tasks_of
from core.domain.follow_up import FollowUp
from core.domain.ids import IncidentId, OrganizationId
from tests.fakes.moment import NOON
from tests.fakes.store import FakeStore

ID, ORGANIZATION = IncidentId("inc_1"), OrganizationId("org_1")


def a_task(number: int) -> FollowUp:
    at = NOON + number * timedelta(seconds=1)
    return FollowUp(
        id=f"fup_{number:04}",
        created_at=at,
        updated_at=at,
        incident_id=ID,
        title=f"Look at {number}",
    )


def kept(store: FakeStore, count: int) -> list[FollowUp]:
    tasks = [a_task(number) for number in range(1, count + 1)]
    store.rows.of(ORGANIZATION).records.update({one.id: one for one in tasks})
    return tasks


async def test_a_task_keeps_its_number_when_there_are_very_many(store: FakeStore) -> None:
    kept(store, MOST_OF_ONE + 30)

    known = await tasks_of(store.reads, ORGANIZATION, ID)

    assert {one.what.title: one.number for one in known} == {
        f"Look at {number}": number for number in range(31, MOST_OF_ONE + 31)
    }


async def test_the_number_of_one_is_known_without_the_others(store: FakeStore) -> None:
    tasks = kept(store, 40)

    numbers = [await number_of(store.reads, ORGANIZATION, one) for one in tasks]

    assert numbers == [*range(1, 41)]


async def test_a_task_that_was_deleted_at_once_has_the_number_that_it_would_have(
    store: FakeStore,
) -> None:
    kept(store, 40)

    number = await number_of(store.reads, ORGANIZATION, a_task(41))

    assert number == 41
