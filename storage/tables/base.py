"""What the tables are made of: the schema they belong to, and their usual columns."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    Text,
)

from storage.types import UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def text(name: str, *arguments: Any, nullable: bool = False, **options: Any) -> Column[str]:
    return Column(name, Text, *arguments, nullable=nullable, **options)


def moment(name: str, *, nullable: bool = True) -> Column[Any]:
    return Column(name, UtcDateTime, nullable=nullable)


def organization(**options: Any) -> Column[str]:
    return text("organization_id", ForeignKey("organizations.id"), **options)


def sequence(name: str) -> Column[int]:
    """Counts up in the order of writing; a number is never used again."""
    counter = BigInteger().with_variant(Integer(), "sqlite")
    return Column(name, counter, primary_key=True, autoincrement=True)


def version() -> Column[int]:
    return Column("version", Integer, nullable=False)
