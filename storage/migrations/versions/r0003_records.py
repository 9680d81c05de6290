"""Records, and what can be found by its words."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

from core.domain.search import Document
from storage.migrations.columns import (
    counter,
    moment,
    number,
    organization,
    refers,
    text,
    texts,
    unique,
)

revision = "0003"
down_revision = "0002"

LISTS = {
    "ix_records_newest": "created_at, id",
    "ix_records_by_parent": "parent_id, created_at, id",
}


SEARCH_TRIGGERS = {
    "INSERT": "INSERT INTO search_words (rowid, words) VALUES (new.sequence, new.words);",
    "DELETE": "INSERT INTO search_words (search_words, rowid, words)"
    " VALUES ('delete', old.sequence, old.words);",
}
SEARCH_TRIGGERS["UPDATE OF words"] = f"{SEARCH_TRIGGERS['DELETE']} {SEARCH_TRIGGERS['INSERT']}"
WORDS = sa.Text().with_variant(TSVECTOR(), "postgresql")
AT_ONCE = 1_000


def upgrade() -> None:
    _records()
    _search()
    _make_searchable(op.get_bind())


def _records() -> None:
    op.create_table(
        "records",
        text("id", primary_key=True),
        organization(),
        text("noun"),
        *texts("parent_id", "unique_key", nullable=True),
        *texts("search_text", "body"),
        moment("created_at", nullable=False),
        moment("updated_at", nullable=False),
        refers("created_by", "users", nullable=True),
        moment("deleted_at"),
        number("version"),
    )
    kept = sa.text("deleted_at IS NULL")
    op.create_index(
        "uq_records_by_key",
        "records",
        ["organization_id", "noun", "unique_key"],
        unique=True,
        sqlite_where=kept,
        postgresql_where=kept,
    )
    for name, columns in LISTS.items():
        listed = f"organization_id, noun, {columns}, deleted_at"
        op.create_index(name, "records", listed.split(", "))


def _search() -> None:
    op.create_table(
        "search_documents",
        counter("sequence"),
        text("id"),
        organization(),
        *texts("kind", "title", "body"),
        sa.Column("words", WORDS, nullable=False),
        unique("search_documents", "id"),
    )
    if op.get_context().dialect.name == "sqlite":
        _words_on_sqlite()
    else:
        op.create_index(
            "ix_search_documents_words", "search_documents", ["words"], postgresql_using="gin"
        )


def _words_on_sqlite() -> None:
    """The words are split and folded already: only spaces part them."""
    op.execute(
        "CREATE VIRTUAL TABLE search_words USING fts5"
        " (words, content='search_documents', content_rowid='sequence', tokenize='ascii')"
    )
    for event, statements in SEARCH_TRIGGERS.items():
        name = f"search_words_after_{event.split()[0].lower()}"
        op.execute(
            f"CREATE TRIGGER {name} AFTER {event} ON search_documents BEGIN {statements} END"
        )


def _make_searchable(connection: sa.Connection) -> None:
    """What words a text has is for Python to say, so that both databases agree."""
    names = ("id", "organization_id", "kind", "title", "body")
    columns = (*map(sa.column, names), sa.column("words", WORDS))
    fill = sa.insert(sa.table("search_documents", *columns))
    for batch in _incidents(connection):
        connection.execute(fill, batch)


def _incidents(connection: sa.Connection) -> Iterator[list[dict[str, str]]]:
    following = sa.text(
        "SELECT id, organization_id, title, description AS body FROM incidents"
        " WHERE id > :last AND deleted_at IS NULL ORDER BY id LIMIT :most"
    )
    last = ""
    while rows := connection.execute(following, {"last": last, "most": AT_ONCE}).all():
        yield [
            {**row._mapping, "kind": "incident", "words": _words(row.title, row.body)}
            for row in rows
        ]
        last = rows[-1].id


def _words(title: str, body: str) -> str:
    return " ".join(Document(id="", kind="", title=title, body=body).words)
