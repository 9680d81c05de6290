"""What stands beside the incidents: what they are found by, how many there are, notes on them."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table

from core.domain.actor import Surface
from core.domain.particulars import Mode
from core.domain.severity import Severity
from core.domain.state import State
from storage.tables.base import metadata, moment, organization, sequence, text
from storage.types import Word

incident_facets = Table(
    "incident_facets",
    metadata,
    text("incident_id", ForeignKey("incidents.id"), primary_key=True),
    text("kind", primary_key=True),
    text("key", primary_key=True),
    Column("position", Integer, primary_key=True),
    organization(),
    text("value"),
    Index("ix_incident_facets_by_value", "organization_id", "kind", "key", "value", "incident_id"),
)

incident_counts = Table(
    "incident_counts",
    metadata,
    organization(primary_key=True),
    Column("state", Word(State), primary_key=True),
    Column("severity", Word(Severity), primary_key=True),
    Column("mode", Word(Mode), primary_key=True),
    Column("count", Integer, nullable=False),
)

notes = Table(
    "notes",
    metadata,
    sequence("sequence"),
    text("id", unique=True),
    organization(),
    text("incident_id", ForeignKey("incidents.id")),
    text("text"),
    Column("surface", Word(Surface), nullable=False),
    text("author"),
    text("author_id", nullable=True),
    moment("at", nullable=False),
    Index("ix_notes_of_incident", "incident_id", "sequence"),
)
