"""Many tasks, a page at a time: what is still to be done first, then what is settled."""

from bot.slack.tasks.pages import LISTED, Leaf, leaf_of
from core.domain.follow_up import FollowUp, FollowUpStatus
from core.domain.task_list import Task, numbered
from tests.unit.slack.test_task_views import a_task


def tasks(count: int, *done: int) -> list[Task]:
    return numbered(_task(number, number in done) for number in range(1, count + 1))


def _task(number: int, done: bool) -> FollowUp:
    status = FollowUpStatus.COMPLETED if done else FollowUpStatus.OUTSTANDING
    return a_task(number, status=status)


def numbers(leaf: Leaf) -> list[int]:
    return [task.number for task in leaf.tasks]


def test_the_first_page_has_no_earlier_one() -> None:
    leaf = leaf_of(tasks(45))

    assert numbers(leaf) == [*range(1, LISTED + 1)]
    assert (leaf.earlier, leaf.later, leaf.first) == (None, "20", 1)


def test_what_is_settled_comes_after_all_that_is_open() -> None:
    leaf = leaf_of(tasks(22, 1, 2))

    assert numbers(leaf) == [*range(3, 23)]
    assert numbers(leaf_of(tasks(22, 1, 2), leaf.later or "")) == [1, 2]


def test_every_task_is_on_one_page_and_the_way_back_is_the_way_there() -> None:
    known, places, seen = tasks(67, *range(5, 60, 3)), [""], list[int]()
    while True:
        leaf = leaf_of(known, places[-1])
        seen += numbers(leaf)
        if leaf.later is None:
            break
        places.append(leaf.later)

    back = [places.pop()]
    while (earlier := leaf_of(known, back[-1]).earlier) is not None:
        back.append(earlier)

    assert sorted(seen) == [*range(1, 68)]
    assert back == ["done.38", "58", "28", ""]


def test_a_page_whose_tasks_are_gone_leads_to_the_last_one() -> None:
    leaf = leaf_of(tasks(25), "25")

    assert numbers(leaf) == [*range(21, 26)]


def test_a_page_goes_on_behind_the_task_whatever_became_of_those_before() -> None:
    leaf = leaf_of(tasks(25, 3, 4), "20")

    assert numbers(leaf) == [21, 22, 23, 24, 25, 3, 4]


def test_no_tasks_are_an_empty_page() -> None:
    leaf = leaf_of([])

    assert (numbers(leaf), leaf.earlier, leaf.later) == ([], None, None)
