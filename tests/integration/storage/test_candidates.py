"""What the databases send of a document that fits: the words of the question, not all its words."""

import pytest

from core.domain.search import MOST_WORDS, Document
from core.ports.search import KINDS
from storage.candidate_statements import BEST, NEWEST, THESE
from storage.candidates import Asked, by_words, these
from storage.connection import Connection
from storage.search_index import row_of
from storage.search_terms import Sought, word_terms
from storage.session import EVERY, Draft
from storage.statements import Row, Statement, insertion
from storage.tables import search_documents
from storage.term_spread import TermSpread
from tests.integration.storage.house import House, opened

QUESTION = ("comet", "pool", "nowhere")
LONG = "A comet hit the pool. " + " ".join(f"w{number}" for number in range(MOST_WORDS))
_INSERT = insertion(search_documents)


async def _write(house: House, *documents: Document) -> None:
    async def work(draft: Draft) -> None:
        for one in documents:
            draft.stage(_INSERT, row_of(one, house.organization_id), ("search", EVERY))

    await house.storage.writer.submit(work)


def _asked(house: House) -> Asked:
    return Asked(organization_id=house.organization_id, words=QUESTION, kinds=KINDS)


async def test_a_candidate_comes_with_those_words_of_the_question_that_it_has(
    database_url: str,
) -> None:
    async with opened(database_url) as house:
        await _write(
            house,
            Document(id="inc_1", kind="incident", title="Long", body=LONG),
            Document(id="inc_2", kind="incident", title="Pool", body="Nothing else"),
            Document(id="inc_3", kind="incident", title="Other", body="Nothing else"),
        )
        asked = _asked(house)

        found = await house.storage.readers.ask(
            lambda reading: by_words(reading, TermSpread(), asked)
        )
        named = await house.storage.readers.ask(
            lambda reading: these(reading, asked, ["inc_2", "inc_3", "inc_4"])
        )

    assert {one.id: one.words for one in found.held} == {
        "inc_1": {"comet", "pool"},
        "inc_2": {"pool"},
    }
    assert {one.id: one.words for one in named} == {"inc_2": {"pool"}, "inc_3": set()}


@pytest.mark.parametrize("statement", [BEST, NEWEST, THESE])
async def test_postgres_sends_no_words_that_nobody_asked_for(
    postgres_url: str, statement: Statement
) -> None:
    async with opened(postgres_url) as house:
        await _write(house, Document(id="inc_1", kind="incident", title="Long", body=LONG))
        terms = word_terms(QUESTION, house.organization_id)
        which = {
            "organization": house.organization_id,
            "sought": Sought(terms=terms[:2], together=True),
            "terms": terms,
            "ids": ["inc_1"],
            "kinds": sorted(KINDS),
            "limit": 5,
        }

        async def question(connection: Connection) -> list[Row]:
            return await connection.fetch(statement, which)

        [(*_, sent)] = await house.storage.readers.ask(question)

    assert set(sent) == set(terms[:2])
