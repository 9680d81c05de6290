"""What is said of incidents: messages in lists, notes beside them."""

from typing import Any

import pytest

from core.commands import AddNote, DeclareIncident, DeleteIncident, PostUpdate
from core.domain.ids import IncidentId
from core.domain.incident import Incident
from core.domain.state import Phase
from core.domain.update import FirstMessage
from core.errors import InvalidInput, NotFound
from core.views import UpdatePage, UpdateQuery
from tests.contract.house import House
from tests.fakes.people import a_caller


async def _page(house: House, **query: Any) -> UpdatePage:
    return await house.reads.updates(house.organization_id, UpdateQuery(**query))


async def _told(house: House, incident: Incident, *texts: str) -> None:
    caller = a_caller(house.organization_id)
    for text in texts:
        await house.bus.execute(PostUpdate(caller=caller, incident_id=incident.id, text=text))


def _texts(page: UpdatePage) -> list[str]:
    return [update.text for update in page.updates]


async def test_messages_are_listed_newest_first(house: House) -> None:
    one, two = await house.declare(), await house.declare()
    await _told(house, one, "a", "b")
    await _told(house, two, "c")

    assert _texts(await _page(house)) == ["c", "b", "a"]
    assert _texts(await _page(house, incident_id=one.id)) == ["b", "a"]
    assert _texts(await _page(house, incident_id=IncidentId("inc_404"))) == []


async def test_messages_are_walked_by_the_last_one_seen(house: House) -> None:
    one, two = await house.declare(), await house.declare()
    await _told(house, one, "a", "b")
    await _told(house, two, "c")

    first = await _page(house, limit=2)
    rest = await _page(house, limit=2, after=first.updates[-1].id)

    assert (_texts(first), first.more) == (["c", "b"], True)
    assert (_texts(rest), rest.more) == (["a"], False)


async def test_a_place_nobody_knows_is_refused(house: House) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await _page(house, after="upd_404")

    assert refusal.value.field == "after"


async def test_messages_of_a_deleted_incident_are_in_no_list(house: House) -> None:
    incident = await house.declare()
    await _told(house, incident, "a")
    caller = a_caller(house.organization_id)
    await house.bus.execute(DeleteIncident(caller=caller, incident_id=incident.id))

    assert _texts(await _page(house)) == []


async def test_a_first_message_is_there_with_the_incident(house: House) -> None:
    declared = await house.bus.execute(
        DeclareIncident(
            caller=a_caller(house.organization_id),
            title="Slow",
            severity="high",
            first_message=FirstMessage(phase=Phase.IDENTIFIED, text="A bad deploy."),
        )
    )

    record = await house.reads.incident(house.organization_id, declared.id)

    assert [(one.phase, one.text) for one in record.updates] == [
        (Phase.IDENTIFIED, "A bad deploy.")
    ]
    assert record.row.phase is Phase.IDENTIFIED


async def test_notes_are_kept_in_the_order_they_were_made(house: House) -> None:
    incident, other = await house.declare(), await house.declare()
    caller = a_caller(house.organization_id)
    notes = [
        await house.bus.execute(AddNote(caller=caller, incident_id=id, text=text))
        for id, text in ((incident.id, "one ☃"), (other.id, "else"), (incident.id, "two\nlines"))
    ]

    assert await house.reads.notes(house.organization_id, incident.id) == [notes[0], notes[2]]
    assert await house.reads.notes(house.neighbour_id, incident.id) == []


async def test_a_key_makes_one_note(house: House) -> None:
    incident = await house.declare()
    wish = AddNote(
        caller=a_caller(house.organization_id), key="k", incident_id=incident.id, text="Once."
    )

    first, second = await house.bus.execute(wish), await house.bus.execute(wish)

    assert first == second
    assert await house.reads.notes(house.organization_id, incident.id) == [first]


async def test_there_is_no_note_on_what_is_not_there(house: House) -> None:
    with pytest.raises(NotFound):
        await house.bus.execute(
            AddNote(
                caller=a_caller(house.organization_id),
                incident_id=IncidentId("inc_404"),
                text="Hello?",
            )
        )
