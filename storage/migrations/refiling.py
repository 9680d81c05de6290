"""Files all that can be found anew: terms of one organisation each, and all that incidents say."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSVECTOR

from core.domain.search import MOST_UPDATES, Document, incident_document
from storage.search_terms import filed

AT_ONCE = 1_000
WORDS = sa.Text().with_variant(TSVECTOR(), "postgresql")
_FOLLOWING = sa.text(
    "SELECT sequence, id, organization_id, kind, title, body FROM search_documents"
    " WHERE sequence > :last ORDER BY sequence LIMIT :most"
)
_TOLD = sa.text(
    "SELECT id, description, resolution, root_cause FROM incidents WHERE id IN :ids"
).bindparams(sa.bindparam("ids", expanding=True))
_SAID = sa.text(
    "SELECT incident_id, text FROM (SELECT incident_id, text, sequence, row_number() OVER"
    " (PARTITION BY incident_id ORDER BY sequence DESC) AS back FROM updates"
    " WHERE incident_id IN :ids) AS said WHERE back <= :most ORDER BY sequence"
).bindparams(sa.bindparam("ids", expanding=True), most=MOST_UPDATES)
_FILE = sa.text(
    "UPDATE search_documents SET body = :body, words = :words WHERE sequence = :sequence"
).bindparams(sa.bindparam("words", type_=WORDS))
_TRIGGER = "search_words_after_update"
_INDEX = "ix_search_documents_words"


def refile(connection: sa.Connection) -> None:
    """The index of the terms is made anew in one go, not row by row."""
    if connection.dialect.name == "sqlite":
        _on_sqlite(connection)
    else:
        _on_postgresql(connection)


def _on_sqlite(connection: sa.Connection) -> None:
    trigger = _dropped(connection)
    _file_all(connection)
    connection.exec_driver_sql("INSERT INTO search_words (search_words) VALUES ('rebuild')")
    connection.exec_driver_sql(trigger)
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE search_words_spread USING fts5vocab('search_words', 'row')"
    )


def _on_postgresql(connection: sa.Connection) -> None:
    connection.exec_driver_sql(f"DROP INDEX IF EXISTS {_INDEX}")
    _file_all(connection)
    connection.exec_driver_sql(f"CREATE INDEX {_INDEX} ON search_documents USING gin (words)")


def _file_all(connection: sa.Connection) -> None:
    for batch in _batches(connection):
        connection.execute(_FILE, batch)


def _dropped(connection: sa.Connection) -> str:
    found = connection.execute(
        sa.text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": _TRIGGER}
    )
    trigger: str = found.scalar_one()
    connection.exec_driver_sql(f"DROP TRIGGER {_TRIGGER}")
    return trigger


def _batches(connection: sa.Connection) -> Iterator[list[dict[str, Any]]]:
    last = 0
    while rows := connection.execute(_FOLLOWING, {"last": last, "most": AT_ONCE}).all():
        incidents = _incidents(connection, [row for row in rows if row.kind == "incident"])
        yield [_filed(row, incidents.get(row.id)) for row in rows]
        last = rows[-1].sequence


def _incidents(connection: sa.Connection, rows: Sequence[sa.Row[Any]]) -> dict[str, Document]:
    ids = [row.id for row in rows]
    if not ids:
        return {}
    said: dict[str, list[str]] = {}
    for id, text in connection.execute(_SAID, {"ids": ids}):
        said.setdefault(id, []).append(text)
    told = {id: rest for id, *rest in connection.execute(_TOLD, {"ids": ids})}
    return {
        row.id: incident_document(row.id, row.title, told[row.id], said.get(row.id, ()))
        for row in rows
        if row.id in told
    }


def _filed(row: sa.Row[Any], incident: Document | None) -> dict[str, Any]:
    document = incident or Document(id=row.id, kind=row.kind, title=row.title, body=row.body)
    words = " ".join(filed(document, row.organization_id))
    return {"sequence": row.sequence, "body": document.body, "words": words}
