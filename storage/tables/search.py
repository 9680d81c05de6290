"""What can be found by its words, kept in the same transaction as the thing itself."""

from sqlalchemy import Column, Index, Table

from storage.tables.base import metadata, organization, sequence, text
from storage.types import Terms

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
)

Index("ix_search_documents_words", search_documents.c.words, postgresql_using="gin").ddl_if(
    dialect="postgresql"
)

SQLITE_INDEX = "search_words"
"""On SQLite the index of the words is a table of its own, which triggers keep up to date."""
