"""Writes labelled incidents into a database, as an organisation that has seen some years has it."""

import contextlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from bench.population import BEGAN, SAME
from bench.similar.labelled import Labelled
from core.domain.ids import OrganizationId
from core.domain.search import incident_document
from core.domain.severity import Severity
from core.domain.state import Phase, State
from storage.search_index import row_of
from storage.statements import insertion
from storage.tables import incident_services, incidents, search_documents, services

Rows = Iterable[Mapping[str, object]]


def write(database: Path, organization_id: OrganizationId, corpus: Sequence[Labelled]) -> None:
    """Into a migrated, idle SQLite file; vectors are for the indexer to make."""
    names = sorted({one.service for one in corpus})
    tables = (
        (services, (_service(organization_id, name) for name in names)),
        (incidents, (_row(organization_id, *one) for one in enumerate(corpus, 1))),
        (incident_services, (_affected(organization_id, one) for one in corpus)),
        (search_documents, (_document(organization_id, one) for one in corpus)),
    )
    with contextlib.closing(sqlite3.connect(database)) as connection:
        for table, rows in tables:
            insert = insertion(table).on("sqlite")
            connection.executemany(insert.sql, map(insert.bind, rows))
        connection.commit()


def _service(organization_id: OrganizationId, name: str) -> dict[str, object]:
    return {
        "id": f"svc_{name}",
        "organization_id": organization_id,
        "name": name,
        "folded_name": name,
        "depends_on": (),
        "description": "",
        "created_at": BEGAN,
        "version": 1,
    }


def _row(organization_id: OrganizationId, number: int, one: Labelled) -> dict[str, object]:
    at = BEGAN + timedelta(hours=number)
    return {
        **SAME,
        "id": one.id,
        "organization_id": organization_id,
        "number": number,
        "title": one.title,
        "description": one.text,
        "resolution": one.fix,
        "root_cause": one.cause,
        "search_text": one.title.casefold(),
        "severity": Severity.MEDIUM,
        "severity_word": Severity.MEDIUM.value,
        "state": State.RESOLVED,
        "phase": Phase.RESOLVED,
        "created_at": at,
        "updated_at": at,
        "published_at": at,
        "resolved_at": at + timedelta(hours=1),
    }


def _affected(organization_id: OrganizationId, one: Labelled) -> dict[str, object]:
    return {
        "incident_id": one.id,
        "service_id": f"svc_{one.service}",
        "organization_id": organization_id,
        "position": 0,
    }


def _document(organization_id: OrganizationId, one: Labelled) -> dict[str, object]:
    document = incident_document(one.id, one.title, (one.text, one.fix, one.cause))
    return {**row_of(document, organization_id), "stale": True}
