"""How the steps of the schema spell columns; like the steps, it never changes what it means."""

from typing import Any

import sqlalchemy as sa

from storage.types import UtcDateTime

COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")


def text(name: str, *, nullable: bool = False, **options: Any) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=nullable, **options)


def texts(*names: str, nullable: bool = False) -> list[sa.Column[str]]:
    return [text(name, nullable=nullable) for name in names]


def moment(name: str, *, nullable: bool = True) -> sa.Column[Any]:
    return sa.Column(name, UtcDateTime, nullable=nullable)


def moments(*names: str) -> list[sa.Column[Any]]:
    return [moment(name) for name in names]


def number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def counter(name: str) -> sa.Column[int]:
    return sa.Column(name, COUNTER, primary_key=True, autoincrement=True)


def organization(**options: Any) -> sa.Column[str]:
    return refers("organization_id", "organizations", **options)


def refers(name: str, table: str, *, nullable: bool = False, **options: Any) -> sa.Column[str]:
    return sa.Column(name, sa.Text, sa.ForeignKey(f"{table}.id"), nullable=nullable, **options)
