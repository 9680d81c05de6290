"""What could be found before the words were filed for one organisation each is found after it."""

from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from core.domain.actor import Actor, Surface
from core.domain.ids import IncidentId, OrganizationId
from core.domain.incident import Incident
from core.domain.search import MOST_UPDATES
from core.ports import SearchQuery, UnitOfWork, Work
from core.ports.search import KINDS
from storage.migrating import migrate
from storage.migrations.refiling import _SAID, refile
from storage.upgrading import on_schema
from tests.integration.storage.house import House, now, opened

OURS, THEIRS = OrganizationId("org_1"), OrganizationId("org_2")
WHEN = {"sqlite": "2026-03-01T10:00:00.000000+00:00", "postgresql": "2026-03-01 10:00+00"}
OLGA = Actor(surface=Surface.CLI, name="Olga Operator")
SAID = (("identified", "The replica lags"), ("resolved", "Restarted PgBouncer"))


def _some_past(connection: Connection) -> None:
    """Two organisations, each with an incident of the same words and an article, as 0008 has
    them."""
    at = WHEN[connection.dialect.name]
    for organization in (OURS, THEIRS):
        connection.execute(
            text(
                "INSERT INTO organizations (id, slug, name, created_at)"
                f" VALUES (:id, :id, :id, '{at}')"
            ),
            {"id": organization},
        )
        _incident(connection, organization, at)
        _document(connection, organization, f"art_{organization}", "article", "Kettles", "boil")


def _incident(connection: Connection, organization: OrganizationId, at: str) -> None:
    id, title, body = f"inc_{organization}", "Checkout is slow", "Carts are lost"
    connection.execute(
        text(
            "INSERT INTO incidents (id, organization_id, number, title, severity, created_at,"
            " updated_at, source, state, phase, description, severity_word, created_by_name,"
            " channel_name, version, resolved_at)"
            f" VALUES (:id, :organization, 1, :title, 'high', '{at}', '{at}', 'rest', 'resolved',"
            f" 'resolved', :body, 'sev2', 'Olga', '', 2, '{at}')"
        ),
        {"id": id, "organization": organization, "title": title, "body": body},
    )
    for number, (phase, said) in enumerate(SAID):
        connection.execute(
            text(
                "INSERT INTO updates (id, organization_id, incident_id, phase, text, surface,"
                f" author, at) VALUES (:id, :organization, :incident, :phase, :text, 'rest',"
                f" 'Olga', '{at}')"
            ),
            {
                "id": f"upd_{organization}_{number}",
                "organization": organization,
                "incident": id,
                "phase": phase,
                "text": said,
            },
        )
    _document(connection, organization, id, "incident", title, body)


def _document(
    connection: Connection, organization: str, id: str, kind: str, title: str, body: str
) -> None:
    values = {"id": id, "organization": organization, "kind": kind, "title": title, "body": body}
    connection.execute(
        text(
            "INSERT INTO search_documents (id, organization_id, kind, title, body, words)"
            " VALUES (:id, :organization, :kind, :title, :body, 'old words')"
        ),
        values,
    )


async def _found(house: House, text: str, organization_id: OrganizationId = OURS) -> list[str]:
    found = await house.storage.search.find(organization_id, SearchQuery(text=text))
    return [one.id for one in found]


@pytest.mark.parametrize("words", ["checkout", "carts", "replica", "PgBouncer"])
async def test_an_incident_of_the_past_is_found_by_all_that_was_said(
    untouched_url: str, words: str
) -> None:
    await migrate(untouched_url, "0008")
    await on_schema(untouched_url, _some_past)

    async with opened(untouched_url) as house:
        found = await _found(house, words)

    assert found == ["inc_org_1"]


async def test_everything_of_the_past_can_be_found_and_suggested_and_waits_for_its_vector(
    untouched_url: str,
) -> None:
    await migrate(untouched_url, "0008")
    await on_schema(untouched_url, _some_past)

    async with opened(untouched_url) as house:
        kettles = await _found(house, "kettle")
        theirs = await _found(house, "checkout kettles", THEIRS)
        gone = await _found(house, "old words")
        suggested = await house.storage.search.suggest(OURS, "ket", frozenset(KINDS), 5)
        stale = await on_schema(untouched_url, _stale)

    assert kettles == ["art_org_1"]
    assert sorted(theirs) == ["art_org_2", "inc_org_2"]
    assert gone == []
    assert [one.title for one in suggested] == ["Kettles"]
    assert stale == 4


async def test_words_can_be_changed_after_it(untouched_url: str) -> None:
    await migrate(untouched_url, "0008")
    await on_schema(untouched_url, _some_past)

    async with opened(untouched_url) as house:
        before = await house.storage.transactions.run(OURS, _renaming("Basket is slow"))
        old, new, said = [await _found(house, word) for word in ("checkout", "basket", "replica")]

    assert before.resolution == "Restarted PgBouncer"
    assert (old, new, said) == ([], ["inc_org_1"], ["inc_org_1"])


@pytest.mark.parametrize("added", [0, MOST_UPDATES])
async def test_of_what_was_said_no_more_is_read_than_is_found_by(
    untouched_url: str, added: int
) -> None:
    await migrate(untouched_url, "0008")
    await on_schema(untouched_url, _some_past)
    await on_schema(untouched_url, lambda connection: _say(connection, added))

    said = await on_schema(
        untouched_url, lambda connection: connection.execute(_SAID, {"ids": ["inc_org_1"]}).all()
    )

    every = [*(text for _, text in SAID), *(f"Step {number}" for number in range(added))]
    assert [text for _, text in said] == every[-MOST_UPDATES:]


async def test_on_postgres_all_is_filed_without_the_index_which_is_made_anew_in_one_go(
    postgres_url: str,
) -> None:
    await migrate(postgres_url, "0008")
    await on_schema(postgres_url, _some_past)
    await migrate(postgres_url)

    steps = await on_schema(postgres_url, _steps_of_refiling)

    assert steps == ["DROP", "UPDATE", "CREATE"]
    assert await on_schema(postgres_url, _indexes_of_words) == ["gin (words)"]


def _say(connection: Connection, count: int) -> None:
    for number in range(count):
        connection.execute(
            text(
                "INSERT INTO updates (id, organization_id, incident_id, phase, text, surface,"
                " author, at) SELECT :id, organization_id, incident_id, phase, :text, surface,"
                " author, at FROM updates WHERE id = 'upd_org_1_0'"
            ),
            {"id": f"upd_more_{number}", "text": f"Step {number}"},
        )


def _steps_of_refiling(connection: Connection) -> list[str]:
    steps: list[str] = []

    def note(*happened: Any) -> None:
        step = str(happened[2]).split()[0]
        if step in ("DROP", "UPDATE", "CREATE") and step not in steps[-1:]:
            steps.append(step)

    event.listen(connection, "before_cursor_execute", note)
    refile(connection)
    return steps


def _indexes_of_words(connection: Connection) -> list[str]:
    found = connection.execute(
        text("SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_search_documents_words'")
    )
    return [str(definition).split(" USING ")[1] for (definition,) in found]


def _renaming(title: str) -> Work[Incident]:
    """Answers the incident as it was."""

    async def work(uow: UnitOfWork) -> Incident:
        before = await uow.incidents.get(IncidentId("inc_org_1"))
        renamed, renaming = before.edit(by=OLGA, at=now(), title=title)
        await uow.incidents.save(renamed, because=renaming)
        return before

    return work


def _stale(connection: Connection) -> int:
    found = connection.execute(text("SELECT count(*) FROM search_documents WHERE stale"))
    count: int = found.scalar_one()
    return count
