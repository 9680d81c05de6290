"""Which deliveries are decided together."""

from bot.webhooks.runs import MOST_ALERTS, Run, runs_of, shares_of
from core.domain.alert import Alert
from core.domain.ids import DeliveryId, IntegrationId, OrganizationId
from core.ports import PendingDelivery, RawDelivery
from tests.fakes.moment import NOON
from tests.unit.core.alerts import ended, firing


def pending(id: int, *, integration: str = "int_1") -> PendingDelivery:
    raw = RawDelivery(
        organization_id=OrganizationId("org_1"),
        integration_id=IntegrationId(integration),
        body=b"{}",
        received_at=NOON,
    )
    return PendingDelivery(id=DeliveryId(id), raw=raw, source="alertmanager")


def ids(runs: list[Run]) -> list[list[int]]:
    return [[int(delivery.id) for delivery in run.deliveries] for run in runs]


def told(*stories: tuple[Alert, ...]) -> list[tuple[PendingDelivery, tuple[Alert, ...]]]:
    return [(pending(n), story) for n, story in enumerate(stories, start=1)]


def test_deliveries_that_agree_are_decided_together() -> None:
    story = told((firing("a"),), (firing("b"),), (firing("a"), firing("c")))

    assert ids(runs_of(story)) == [[1, 2, 3]]


def test_an_alert_that_fires_and_ends_is_not_decided_at_once() -> None:
    story = told((firing("a"),), (ended("a"),), (firing("b"),))

    assert ids(runs_of(story)) == [[1], [2, 3]]


def test_integrations_do_not_wait_for_each_other() -> None:
    story = [
        (pending(1), (firing("a"),)),
        (pending(2, integration="int_2"), (firing("a"),)),
        (pending(3), (firing("b"),)),
    ]

    assert ids(runs_of(story)) == [[1, 3], [2]]


def test_a_run_is_bounded_but_takes_any_single_delivery() -> None:
    huge = tuple(firing(f"huge {n}") for n in range(MOST_ALERTS + 1))
    story = told(huge, (firing("b"),), (firing("c"),))

    assert ids(runs_of(story)) == [[1], [2, 3]]


def test_a_run_can_be_taken_apart() -> None:
    [run] = runs_of(told((firing("a"),), (firing("b"),)))

    assert ids(run.singly()) == [[1], [2]]


def test_neighbours_share_a_commit_as_long_as_it_stays_small() -> None:
    half = tuple(firing(f"half {n}") for n in range(MOST_ALERTS // 2))
    story = told(half, (ended("half 0"),), half, (ended("half 0"),))

    shares = shares_of(runs_of(story))

    assert [ids(share) for share in shares] == [[[1], [2]], [[3], [4]]]


def test_what_is_too_large_for_a_shared_commit_has_one_of_its_own() -> None:
    huge = tuple(firing(f"huge {n}") for n in range(MOST_ALERTS + 1))
    story = told((firing("a"),), huge, (firing("b"),))

    shares = shares_of(runs_of(story))

    assert [ids(share) for share in shares] == [[[1]], [[2]], [[3]]]
