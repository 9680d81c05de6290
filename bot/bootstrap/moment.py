"""The clock and chance, which are read here and nowhere else."""

from datetime import UTC, datetime

from ulid import ULIDGenerator

from core.ports import NewId


def utc_now() -> datetime:
    return datetime.now(UTC)


def ulids() -> NewId:
    """Ids that sort by time, also those of one millisecond, whichever thread asks."""
    generator = ULIDGenerator()

    def new_id(prefix: str) -> str:
        return f"{prefix}_{str(generator.generate()).lower()}"

    return new_id
