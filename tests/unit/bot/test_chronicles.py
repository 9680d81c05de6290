"""The history of an incident in leaves, however people moved its lines about."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from bot.chronicles import Chronicles
from core.domain.ids import EntryId, IncidentId, OrganizationId
from core.domain.record import Record
from core.views import TimelineEntry
from tests.contract.histories import Edit, History, correction, differences, event, message
from tests.fakes.moment import FakeClock, FakeIds
from tests.fakes.store import FakeStore

ID, ORGANIZATION = IncidentId("inc_1"), OrganizationId("org_1")
MINUTES = st.integers(0, 3)
EDITS = st.builds(
    Edit,
    line=st.integers(0, 12),
    minute=st.none() | MINUTES,
    text=st.none() | st.just("In other words"),
    hidden=st.booleans(),
)
HISTORIES = st.builds(
    History,
    happened=st.lists(st.tuples(MINUTES, st.integers(0, 3)), max_size=9),
    said=st.lists(MINUTES, max_size=3),
    edits=st.lists(EDITS, max_size=6, unique_by=lambda edit: edit.line),
)


def _chronicles(history: History) -> Chronicles:
    store = FakeStore(clock=FakeClock(), new_id=FakeIds())
    ours = store.rows.of(ORGANIZATION)
    for number, (minute, kind) in enumerate(history.happened):
        one = event(ID, number, minute, kind)
        id = EntryId(f"ent_{number}")
        ours.timeline.append(TimelineEntry(id=id, at=one.at, event=one, number=number + 1))
    said: list[Record] = [message(ID, number, at) for number, at in enumerate(history.said)]
    lines = [*(one.id for one in ours.timeline), *(one.id for one in said)]
    edits = [edit for edit in history.edits if edit.line < len(lines)]
    corrections = [correction(ID, lines[edit.line], edit) for edit in edits]
    ours.records.update({one.id: one for one in [*said, *corrections]})
    return Chronicles(reads=store.reads, organization_id=ORGANIZATION, id=ID)


@given(history=HISTORIES)
def test_a_leaf_shows_what_the_whole_would_show_there(history: History) -> None:
    chronicles = _chronicles(history)

    found = asyncio.run(differences(chronicles))

    assert found == []
