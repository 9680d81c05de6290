"""What Slack asks of search, and what it takes for an answer."""

import pytest

from bot.likenesses import LEAST, LEAST_IN_THE_WAY
from bot.slack.blocks import MAX_BLOCKS
from bot.slack.gesture import Person
from bot.slack.seeking import SHOWN, Seeking
from bot.slack.views.likenesses import similar
from core.bus import CommandBus
from core.commands import DeclareIncident, JudgeLikeness
from core.domain.actor import Caller
from core.domain.incident import Incident
from core.domain.likeness import Verdict
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
    incident = await _declared(bus, alice)
    found = Found(id=incident.id, kind="incident", title="", score=score, snippet="")
    seeking = Seeking(store.reads, AnsweringSearch(found=[found]))
    person = Person(gesture=a_gesture(Slack("UTC")), caller=alice)

    rows = await seeking.going_on(person, "Checkout crawls")

    assert bool(rows) is asks


async def test_the_answer_fits_into_a_message_however_much_was_called_unrelated(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    now, *others = [await _declared(bus, alice) for _ in range(31)]
    likely, unrelated = others[:SHOWN], others[SHOWN:]
    for other in unrelated:
        await bus.execute(
            JudgeLikeness(
                caller=alice, incident_id=now.id, other_id=other.id, verdict=Verdict.NOT_RELATED
            )
        )
    found = [
        Found(id=one.id, kind="incident", title="", score=0.9, snippet="", reason="because")
        for one in likely
    ]
    person = Person(gesture=a_gesture(Slack("UTC")), caller=alice)

    rows = await Seeking(store.reads, AnsweringSearch(found=found)).about(person, now.id)

    assert [row.id for row in rows[:SHOWN]] == [one.id for one in likely]
    assert {row.verdict for row in rows[SHOWN:]} == {Verdict.NOT_RELATED}
    assert len(similar(now.id, now.reference, rows).blocks) <= MAX_BLOCKS


async def _declared(bus: CommandBus, by: Caller) -> Incident:
    return await bus.execute(DeclareIncident(caller=by, title="Checkout is slow", severity="high"))
