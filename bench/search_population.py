"""A hundred thousand documents that can be found: written straight into the tables, with vectors
that lie where a model would put them, at no cost of a model."""

import contextlib
import random
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from core.domain.condensing import to_embed
from core.domain.ids import OrganizationId
from core.domain.search import Document
from core.ports import Vector
from storage.search_index import row_of
from storage.similarity.documents import digest_of
from storage.statements import insertion
from storage.tables import document_vectors, search_documents

MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)
NOISE = 0.04
"""Of each number of a vector: enough that no two documents lie at one place."""
_SERVICES = """
checkout payments search login invoices catalogue basket shipping mail reports exports imports
billing ledger images video chat maps alerts identity
"""
_THINGS = """
connection pool, queue of orders, certificate of the gateway, disk of the replica, cache of
sessions, deploy of this morning, index of products, rate limit of the partner, batch of the night,
feature flag, message broker, load balancer, DNS record, secret of the vault, job scheduler, thread
pool, file handle, memory of the worker, search cluster, webhook
"""
_TROUBLES = """
is exhausted, is full, has expired, lags behind, is cold, answers with errors, is much too slow,
was rolled back, cannot be reached, was deleted by mistake, is missing, was refused, leaks,
is stuck, ran out of time, was sent twice
"""
SERVICES = _SERVICES.split()
THINGS = [" ".join(one.split()) for one in _THINGS.split(",")]
TROUBLES = [" ".join(one.split()) for one in _TROUBLES.split(",")]
REST = (
    "Customers see errors and try again. The graphs show it since the last deploy.",
    "The database of the service waits for locks, and requests time out.",
    "The team looks at the dashboard and at the logs of the cluster.",
    "It began with a few errors and grew quickly.",
    "Somebody restarted the service, and it went on as before.",
    "The error rate of the region is high, the others are fine.",
)


def text_of(number: int) -> tuple[str, str]:
    """Title and body; most words are in many of them, two are in few."""
    chosen = random.Random(number)
    service, thing = chosen.choice(SERVICES), chosen.choice(THINGS)
    title = f"{thing[0].upper()}{thing[1:]} {chosen.choice(TROUBLES)} in {service}"
    host = f"{service}-{chosen.randrange(900)}"
    rest = " ".join(chosen.sample(REST, 3))
    return title, f"{rest} Host {host}, code E{number % 5_000:05}."


def populate(database: Path, organization_id: OrganizationId, bases: Sequence[Vector],
             model: str, count: int) -> None:  # fmt: skip
    """Add `count` documents to an organisation of a migrated, idle SQLite file."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -200000")
        documents = insertion(search_documents).on("sqlite")
        vectors = insertion(document_vectors).on("sqlite")
        for start in range(0, count, 1_000):
            numbers = range(start, min(start + 1_000, count))
            connection.executemany(
                documents.sql,
                [documents.bind(_row(organization_id, number)) for number in numbers],
            )
            rows = _vectors(organization_id, numbers, bases, model)
            connection.executemany(vectors.sql, map(vectors.bind, rows))
        connection.commit()


def _document(organization_id: OrganizationId, number: int) -> Document:
    title, body = text_of(number)
    id = f"inc_{organization_id[-4:]}{number:022}"
    return Document(id=id, kind="incident", title=title, body=body)


def _row(organization_id: OrganizationId, number: int) -> dict[str, object]:
    return {**row_of(_document(organization_id, number), organization_id), "stale": False}


def _vectors(
    organization_id: OrganizationId, numbers: range, bases: Sequence[Vector], model: str
) -> Iterator[dict[str, object]]:
    around = [bases[number % len(bases)] for number in numbers]
    for number, vector in zip(numbers, _near(around, numbers.start), strict=True):
        document = _document(organization_id, number)
        yield {
            "id": document.id,
            "organization_id": organization_id,
            "kind": document.kind,
            "model": model,
            "digest": digest_of(model, to_embed(document.title, document.body)),
            "vector": vector,
            "made_at": MADE_AT,
        }


def _near(bases: Sequence[Vector], seed: int) -> list[Vector]:
    """Vectors of length 1 not far from others."""
    numbers = np.frombuffer(b"".join(bases), dtype="<f4").reshape(len(bases), -1)
    chosen = np.random.default_rng(seed)
    moved = numbers + chosen.normal(0.0, NOISE, numbers.shape)
    unit = moved / np.linalg.norm(moved, axis=1, keepdims=True)
    return [row.tobytes() for row in unit.astype("<f4")]
