"""Links that people share are shown to people of the own workspace only."""

from collections.abc import Coroutine
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.slack.desk import Desk
from bot.slack.listeners.links import LinkListeners
from tests.fakes.store import FakeStore


@dataclass(slots=True)
class Running:
    """Counts what was begun, and does nothing of it."""

    begun: list[str] = field(default_factory=list)

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        self.begun.append(type(work).__name__)
        work.close()


def listening(running: Running) -> LinkListeners:
    store = FakeStore()
    kit = SimpleNamespace(
        reads=store.reads, postings=store.postings, base_url="https://tocsin.example.com"
    )
    return LinkListeners(cast(Desk, SimpleNamespace(kit=kit, running=running)))


@pytest.mark.parametrize(("with_others", "looks"), [(True, 0), (False, 1)])
async def test_where_other_companies_read_it_no_link_is_shown(
    with_others: bool, looks: int
) -> None:
    running = Running()
    listeners = listening(running)
    event = {"links": [{"url": "https://tocsin.example.com/incidents/INC-1"}]}

    await listeners.shared({"is_ext_shared_channel": with_others, "event": event}, event)

    assert len(running.begun) == looks


@pytest.mark.parametrize(("source", "looks"), [("composer", 0), ("conversations_history", 1)])
async def test_while_somebody_still_writes_no_link_is_shown(source: str, looks: int) -> None:
    """What is shown then would go with a message of which nobody knows where it stands."""
    running = Running()
    event = {"links": [{"url": "https://tocsin.example.com/incidents/INC-1"}], "source": source}

    await listening(running).shared({"event": event}, event)

    assert len(running.begun) == looks
