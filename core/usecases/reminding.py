"""Sets and takes away the timers that follow from what happened in one transaction."""

from collections.abc import Iterable, Sequence

from core.domain.reminding import Change, Drop, Happened, Put, together
from core.ports import UnitOfWork
from core.usecases.settings import settings_in


async def remind(happened: Sequence[Happened], uow: UnitOfWork) -> None:
    """Everything at once, at its end: what the transaction itself takes back is never written."""
    if not happened:
        return
    settings = await settings_in(uow, happened[0][0].at)
    await carry_out(together(happened, settings), uow)


async def carry_out(changes: Iterable[Change], uow: UnitOfWork) -> None:
    for change in changes:
        match change:
            case Put(timer=timer, keep=keep):
                if not (keep and await uow.timers.get(timer.kind, timer.subject_id)):
                    await uow.timers.set(timer)
            case Drop(kinds=kinds, subject_id=id):
                await uow.timers.cancel_all(kinds, id)
