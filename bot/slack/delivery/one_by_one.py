"""Several places, of which one that fails keeps no other one from its turn."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TypeAlias

from core.ports import Undeliverable, Unreachable

Act: TypeAlias = Callable[[], Awaitable[object]]


async def one_by_one(acts: Iterable[Act]) -> None:
    """Each is tried, whatever became of those before; what failed is raised when all had their
    turn: as `Unreachable` as long as trying again may help any of them. Refusals are put in the
    same words whatever the order of the places, for the same ones are told once."""
    missed: list[Unreachable] = []
    refusals: list[str] = []
    for act in acts:
        try:
            await act()
        except Unreachable as failure:
            missed.append(failure)
        except Undeliverable as refusal:
            refusals.append(str(refusal))
    if missed:
        raise _as_one(missed)
    if refusals:
        raise Undeliverable(" ".join(sorted({*refusals})))


def _as_one(missed: Sequence[Unreachable]) -> Unreachable:
    """Doubt about one is doubt about all; a wait that was asked for counts where nothing worse
    happened."""
    waits = [failure.retry_after for failure in missed if failure.retry_after is not None]
    return Unreachable(
        " ".join(dict.fromkeys(map(str, missed))),
        retry_after=max(waits) if len(waits) == len(missed) else None,
        doubtful=any(failure.doubtful for failure in missed),
    )
