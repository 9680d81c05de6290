"""A wish that is told again after a restart is known by its fingerprint, whatever it is made of."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from core.bus import CommandBus
from core.commands import DeclareIncident, ResolveIncident
from core.commands.postmortems import Contribute, DraftPostmortem
from core.domain.actor import Caller
from core.handlers import HANDLERS


class Clashing(str):
    """Words that stand in a set as they came, as they do by chance in two processes."""

    __slots__ = ()

    def __hash__(self) -> int:
        return 1


def _headings(*words: str) -> frozenset[str]:
    return frozenset(map(Clashing, words))


def _sets_within(hint: Any, seen: set[Any]) -> Iterator[Any]:
    """The sets deeper inside what a field holds."""
    if get_origin(hint) in (set, frozenset) or hint in (set, frozenset):
        yield hint
    for inner in get_args(hint):
        yield from _sets_within(inner, seen)
    if is_dataclass(hint) and hint not in seen:
        seen.add(hint)
        hints = get_type_hints(hint)
        for field in fields(hint):
            yield from _sets_within(hints[field.name], seen) if field.repr else ()


async def test_sets_are_the_same_wish_in_whatever_order_they_come(
    bus: CommandBus, bob: Caller
) -> None:
    declared = await bus.execute(DeclareIncident(caller=bob, title="Slow", severity="high"))
    incident = await bus.execute(ResolveIncident(caller=bob, incident_id=declared.id))
    drafted = await bus.execute(
        DraftPostmortem(caller=bob, incident_id=incident.id, title="Slow", body="## Summary")
    )
    wish: dict[str, Any] = {"caller": bob, "key": "k1", "postmortem_id": drafted.id, "text": "Odd."}
    one, other = _headings("Memories", "Erinnerungen"), _headings("Erinnerungen", "Memories")
    first = await bus.execute(Contribute(**wish, headings=one))

    again = await bus.execute(Contribute(**wish, headings=other))

    assert repr(one) != repr(other)
    assert again == first


@pytest.mark.parametrize("command", HANDLERS, ids=lambda command: command.__name__)
def test_no_command_holds_a_set_where_its_order_would_tell(command: type) -> None:
    hints = get_type_hints(command)
    wished = [one for one in fields(command) if one.repr and one.name != "caller"]

    deeper = {
        field.name: found
        for field in wished
        for part in (get_args(hints[field.name]) or (hints[field.name],))
        if (found := list(_sets_within(part, set())))
    }

    assert deeper == {}
