"""Search by meaning: vectors beside the documents, what looks alike, and what fixed it."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import moment, number, organization, refers, text, texts
from storage.migrations.refiling import refile

revision = "0009"
down_revision = "0008"

LAST_WORDS = """
UPDATE incidents SET resolution = COALESCE((
    SELECT u.text FROM updates u WHERE u.incident_id = incidents.id AND u.phase = 'resolved'
    ORDER BY u.at DESC, u.id DESC LIMIT 1
), '') WHERE resolved_at IS NOT NULL
"""

JUDGED_BY = {
    "ix_likenesses_judged": ("judged_at", "incident_id", "other_id"),
    "ix_likenesses_judged_of_incident": ("incident_id", "other_id", "verdict"),
    "ix_likenesses_judged_of_other": ("other_id", "incident_id", "verdict"),
}


def upgrade() -> None:
    _what_fixed_it()
    _vectors()
    _likenesses()
    refile(op.get_bind())


def _what_fixed_it() -> None:
    for name in ("resolution", "root_cause"):
        op.add_column("incidents", text(name, server_default=""))
    op.execute(LAST_WORDS)


def _vectors() -> None:
    op.add_column(
        "search_documents",
        sa.Column("stale", sa.Boolean, nullable=False, server_default=sa.true()),
    )
    stale = sa.text("stale")
    op.create_index(
        "ix_search_documents_stale",
        "search_documents",
        ["sequence"],
        sqlite_where=stale,
        postgresql_where=stale,
    )
    op.create_table(
        "document_vectors",
        sa.Column(
            "id",
            sa.Text,
            sa.ForeignKey("search_documents.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        organization(),
        *texts("kind", "model", "digest"),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sa.Column("made_at", moment("made_at").type, nullable=False),
    )
    op.create_index(
        "ix_document_vectors_of_organization", "document_vectors", ["organization_id", "id"]
    )
    op.create_index("ix_document_vectors_made_at", "document_vectors", ["made_at"])


def _likenesses() -> None:
    op.create_table(
        "likenesses",
        refers("incident_id", "incidents", primary_key=True),
        text("other_id", primary_key=True),
        organization(),
        text("kind"),
        moment("found_at", nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        number("rank"),
        *texts("reason", "model"),
        text("verdict", nullable=True),
        text("judged_by"),
        moment("judged_at"),
    )
    op.create_index("ix_likenesses_of_other", "likenesses", ["organization_id", "other_id"])
    for name, columns in JUDGED_BY.items():
        _index_of_judged(name, "organization_id", *columns)


def _index_of_judged(name: str, *columns: str) -> None:
    judged = sa.text("verdict IS NOT NULL")
    op.create_index(name, "likenesses", list(columns), sqlite_where=judged, postgresql_where=judged)
