"""The use case of what people say to Tocsin: it is answered once."""

from datetime import datetime

from core.commands.hearing import TakeUp
from core.ports import Processed, UnitOfWork


async def take_up(command: TakeUp, uow: UnitOfWork, now: datetime) -> bool:
    """Whether nobody did before; of two at once one learns of it when it is stored."""
    kind, id = type(command).__name__, command.event_id
    key = f"{kind}:{id}"
    if await uow.processed.find(key):
        return False
    await uow.processed.add(Processed(key=key, fingerprint=kind, subject_id=id), now)
    return True
