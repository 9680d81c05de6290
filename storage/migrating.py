"""The door to migrations; Alembic is loaded only when it is used, for start-up must stay fast."""

import asyncio
from importlib import import_module

_UPGRADING = "storage.upgrading"


async def migrate(url: str, revision: str = "head") -> None:
    """Upgrade to `revision`, in one transaction; changes nothing when it is there already."""
    upgrading = await asyncio.to_thread(import_module, _UPGRADING)
    await upgrading.migrate(url, revision)
