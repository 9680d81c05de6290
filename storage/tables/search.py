"""What can be found, by its words and by its meaning, and what was found to look alike."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table

from core.domain.likeness import Verdict
from storage.tables.base import metadata, moment, organization, sequence, text
from storage.types import Real, Terms, Word

search_documents = Table(
    "search_documents",
    metadata,
    sequence("sequence"),
    text("id", unique=True),
    organization(),
    text("kind"),
    text("title"),
    text("body"),
    Column("words", Terms, nullable=False),
    Column("stale", Boolean, nullable=False),
)
"""`stale` from when its words change until its vector is of these words."""

Index(
    "ix_search_documents_stale",
    search_documents.c.sequence,
    sqlite_where=search_documents.c.stale,
    postgresql_where=search_documents.c.stale,
)

document_vectors = Table(
    "document_vectors",
    metadata,
    text("id", ForeignKey("search_documents.id", ondelete="CASCADE"), primary_key=True),
    organization(),
    text("kind"),
    text("model"),
    text("digest"),
    Column("vector", LargeBinary, nullable=False),
    moment("made_at", nullable=False),
    Index("ix_document_vectors_of_organization", "organization_id", "id"),
    Index("ix_document_vectors_made_at", "made_at"),
)
"""The vectors beside the rows: the index for search by meaning can always be made of them."""

likenesses = Table(
    "likenesses",
    metadata,
    text("incident_id", ForeignKey("incidents.id"), primary_key=True),
    text("other_id", primary_key=True),
    organization(),
    text("kind"),
    moment("found_at", nullable=False),
    Column("score", Real, nullable=False),
    Column("rank", Integer, nullable=False),
    text("reason"),
    text("model"),
    Column("verdict", Word(Verdict), nullable=True),
    text("judged_by"),
    moment("judged_at"),
    Index("ix_likenesses_of_other", "organization_id", "other_id"),
)

JUDGED_BY = {
    "ix_likenesses_judged": ("judged_at", "incident_id", "other_id"),
    "ix_likenesses_judged_of_incident": ("incident_id", "other_id", "verdict"),
    "ix_likenesses_judged_of_other": ("other_id", "incident_id", "verdict"),
}
"""Few of what was found is judged: each of these is small, however much was found."""

for _name, _columns in JUDGED_BY.items():
    _judged = likenesses.c.verdict.is_not(None)
    Index(
        _name,
        *(likenesses.c[column] for column in ("organization_id", *_columns)),
        sqlite_where=_judged,
        postgresql_where=_judged,
    )

Index("ix_search_documents_words", search_documents.c.words, postgresql_using="gin").ddl_if(
    dialect="postgresql"
)

SQLITE_INDEX = "search_words"
"""On SQLite the index of the words is a table of its own, which triggers keep up to date."""

SQLITE_VOCABULARY = "search_words_spread"
"""In how many rows each word is, as that index knows it."""
