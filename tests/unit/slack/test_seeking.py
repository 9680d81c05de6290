"""What Slack asks of search, and what it takes for an answer."""

import pytest

from bot.likenesses import LEAST, LEAST_IN_THE_WAY
from bot.slack.gesture import Person
from bot.slack.seeking import Seeking
from core.bus import CommandBus
from core.commands import DeclareIncident
from core.domain.actor import Caller
from core.ports import Found
from tests.fakes.answering_search import AnsweringSearch
from tests.fakes.store import FakeStore
from tests.unit.slack.test_zones import Slack, a_gesture


@pytest.mark.parametrize(
    ("score", "asks"), [(LEAST, False), (0.49, False), (LEAST_IN_THE_WAY, True), (0.9, True)]
)
async def test_only_what_is_likely_the_same_stops_somebody_who_declares(
    bus: CommandBus, store: FakeStore, alice: Caller, score: float, asks: bool
) -> None:
    wish = DeclareIncident(caller=alice, title="Checkout is slow", severity="high")
    incident = await bus.execute(wish)
    found = Found(id=incident.id, kind="incident", title="", score=score, snippet="")
    seeking = Seeking(store.reads, AnsweringSearch(found=[found]))
    person = Person(gesture=a_gesture(Slack("UTC")), caller=alice)

    rows = await seeking.going_on(person, "Checkout crawls")

    assert bool(rows) is asks
