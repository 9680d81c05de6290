"""What was written is found by its words at once, best first, the same on every storage."""

from dataclasses import replace
from typing import Any

import pytest

from core.domain.article import Article
from core.domain.incident import Incident
from core.domain.procedure import Procedure, Step
from core.ports import Found, SearchQuery, UnitOfWork, Work
from core.usecases.records import add, change, remove
from tests.contract.house import ALICE, House
from tests.fakes.moment import NOON

STACK_TRACE = """\
Traceback (most recent call last):
  File "/srv/checkout/pool.py", line 42, in acquire
    raise PoolTimeoutException("QueuePool limit of size 5 overflow 10 reached; 'x' OR 1=1 -- \\"")
com.example.checkout.PoolTimeoutException: 100% of 5 connections are in use (a:b*, ^c) & !d | (e
\tat com.example.checkout.ConnectionPool.acquire(ConnectionPool.java:117)
"""


async def _find(house: House, text: str, **query: Any) -> list[Found]:
    return await house.storage.search.find(house.organization_id, SearchQuery(text=text, **query))


async def _titles(house: House, text: str, **query: Any) -> list[str]:
    return [found.title for found in await _find(house, text, **query)]


def _procedure(house: House, title: str, **changes: Any) -> Work[Procedure]:
    procedure = Procedure(
        id=house.new_id("prc"), title=title, created_at=NOON, updated_at=NOON, **changes
    )

    async def work(uow: UnitOfWork) -> Procedure:
        return await add(procedure, uow, by=ALICE, at=NOON)

    return work


def _article(house: House, title: str, body: str) -> Work[Article]:
    article = Article(
        id=house.new_id("art"), title=title, body=body, created_at=NOON, updated_at=NOON
    )

    async def work(uow: UnitOfWork) -> Article:
        return await add(article, uow, by=ALICE, at=NOON)

    return work


async def _three_things(house: House) -> None:
    await house.declare(
        title="Queue of orders is full", description="Workers wait for the database connection."
    )
    await house.run(
        _procedure(
            house,
            "Drain the queue",
            steps=(Step(title="Stop the workers", command="queuectl drain orders"),),
            tags=("rabbit",),
        )
    )
    await house.run(_article(house, "How orders travel", "From the shop through the queue."))


async def test_nothing_is_found_where_nothing_is(house: House) -> None:
    assert await _find(house, "queue") == []


async def test_what_fits_best_comes_first(house: House) -> None:
    await _three_things(house)

    found = await _find(house, "How do ORDERS travel?")

    assert [(one.kind, one.title) for one in found] == [
        ("article", "How orders travel"),
        ("incident", "Queue of orders is full"),
        ("procedure", "Drain the queue"),
    ]
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


async def test_the_order_and_the_scores_are_the_same_everywhere(house: House) -> None:
    await _three_things(house)

    found = await _find(house, "orders wait for workers")

    assert [(one.title, one.score) for one in found] == [
        ("Queue of orders is full", 0.9994),
        ("Drain the queue", 0.6794),
        ("How orders travel", 0.1045),
    ]


async def test_a_snippet_shows_why(house: House) -> None:
    description = f"{'Nothing to see here. ' * 40}Then the replica lagged behind. {'More. ' * 60}"
    await house.declare(description=description)

    [found] = await _find(house, "replicas lag")

    assert found.snippet.startswith("…Then the replica lagged behind. More.")
    assert found.snippet.endswith("…")
    assert len(found.snippet) < 210


async def test_a_text_without_more_than_a_title_shows_its_title(house: House) -> None:
    await house.declare(title="Checkout is slow")

    [found] = await _find(house, "slow")

    assert found.snippet == "Checkout is slow"


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("ÉCOLE injoignable", "ecole"),
        ("Straße", "STRASSE"),
        ("Timeouts in retries", "timeout retry"),
        ("PoolTimeoutException", "pool exception"),
        ("max_connections", "connection"),
        ("Выкатка сломала оплату", "ОПЛАТУ"),
        ("us-east-1 is down", "us-east-1"),
        ("決済 が失敗", "決済"),
    ],
)
async def test_words_are_found_whatever_their_form(house: House, text: str, query: str) -> None:
    await house.declare(title=text)
    await house.declare(title="Something else")

    assert await _titles(house, query) == [text]


async def test_a_whole_stack_trace_can_be_asked(house: House) -> None:
    await house.declare(title="ConnectionPool of checkout exhausted")
    await house.declare(title="Certificate expired")

    assert await _titles(house, STACK_TRACE) == ["ConnectionPool of checkout exhausted"]


@pytest.mark.parametrize(
    "query",
    ["", "   ", "?!", "'", '"', "\\", "%", "*", "NOT AND OR", "a:b", "x | & ! <-> y", "\x00 queue"],
)
async def test_nothing_in_a_question_means_anything_else(house: House, query: str) -> None:
    await house.declare(title="Checkout is slow")

    assert await _find(house, query) == []


async def test_words_of_every_sentence_do_not_count(house: House) -> None:
    await house.declare(title="The cache of the shop is cold")

    assert await _titles(house, "the database is in flames") == []
    assert await _titles(house, "the of is") == ["The cache of the shop is cold"]


async def test_a_limit_and_a_least_score_cut_the_end_off(house: House) -> None:
    await _three_things(house)

    assert len(await _find(house, "queue orders", limit=1)) == 1
    best = (await _find(house, "queue orders"))[0]
    assert await _find(house, "queue orders", least=best.score) == [best]


async def test_kinds_narrow_a_search(house: House) -> None:
    await _three_things(house)

    found = await _find(house, "queue", kinds=frozenset({"procedure", "article"}))

    assert {one.kind for one in found} == {"procedure", "article"}


async def test_every_part_of_a_procedure_is_found(house: House) -> None:
    await _three_things(house)

    for word in ("drain", "stop", "queuectl", "rabbit"):
        assert await _titles(house, word) == ["Drain the queue"], word


async def test_over_is_not_forgotten(house: House) -> None:
    incident = await house.declare(title="Checkout is slow")

    async def resolve(uow: UnitOfWork) -> Incident:
        before = await uow.incidents.get(incident.id)
        after, event = before.resolve(by=ALICE, at=NOON)
        return await uow.incidents.save(after, because=event)

    await house.run(resolve)

    assert await _titles(house, "checkout") == ["Checkout is slow"]


async def test_other_words_replace_the_old_ones(house: House) -> None:
    procedure = await house.run(_procedure(house, "Drain the queue"))

    async def rename(uow: UnitOfWork) -> Procedure:
        before = await uow.records(Procedure).get(procedure.id)
        return await change(before, replace(before, title="Empty it"), uow, by=ALICE, at=NOON)

    await house.run(rename)

    assert await _titles(house, "queue") == []
    assert await _titles(house, "empty") == ["Empty it"]


async def test_deleted_is_not_found(house: House) -> None:
    incident = await house.declare(title="Queue")
    procedure = await house.run(_procedure(house, "Queue"))

    async def delete(uow: UnitOfWork) -> None:
        before = await uow.incidents.get(incident.id)
        after, event = before.delete(by=ALICE, at=NOON)
        await uow.incidents.save(after, because=event)
        await remove(await uow.records(Procedure).get(procedure.id), uow, by=ALICE, at=NOON)

    await house.run(delete)

    assert await _find(house, "queue") == []


async def test_what_was_refused_is_not_found(house: House) -> None:
    async def work(uow: UnitOfWork) -> None:
        await house.declaring(title="Queue")(uow)
        raise LookupError

    with pytest.raises(LookupError):
        await house.run(work)
    assert await _find(house, "queue") == []


async def test_the_neighbours_find_nothing_of_ours(house: House) -> None:
    await _three_things(house)

    assert await house.storage.search.find(house.neighbour_id, SearchQuery(text="queue")) == []


async def test_a_long_article_is_found_by_its_beginning(house: House) -> None:
    body = " ".join(f"word{number}" for number in range(12_000))
    await house.run(_article(house, "Long", body))

    assert await _titles(house, "word17") == ["Long"]
    assert await _titles(house, "word11999") == []
