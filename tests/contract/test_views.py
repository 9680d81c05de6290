"""One incident as readers see it: record, card, timeline, updates, and where it is found."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.domain.custom_field import CustomField, FieldOption, FieldType
from core.domain.events import NoteAdded, UpdatePosted
from core.domain.ids import ChannelId, EntryId, IncidentId, SlackUserId, TeamId, UpdateId
from core.domain.incident import Incident
from core.domain.incident_role import IncidentRole
from core.domain.particulars import FieldEntry, RoleAssignment
from core.domain.state import Phase
from core.domain.update import StatusUpdate
from core.errors import NotFound
from core.ports import Posting, UnitOfWork
from core.ports.records import K
from core.usecases import records
from core.views import Person, TimelineEntry
from tests.contract.house import ALICE, House
from tests.contract.samples import a_key, a_service, a_user, an_episode, an_integration
from tests.fakes.moment import NOON

LATER = NOON + timedelta(minutes=1)
STRANGE = ["", "INC-2", "INC-", "INC-1x", "1", "inc_404", f"INC-{10**20}", "INC-٣", "INC-0"]


async def _updated(house: House, incident: Incident, text: str) -> StatusUpdate:
    update = StatusUpdate(
        id=UpdateId(house.new_id("upd")),
        incident_id=incident.id,
        phase=Phase.IDENTIFIED,
        text=text,
        by=replace(ALICE, user_id=None),
        at=house.clock(),
    )

    async def work(uow: UnitOfWork) -> None:
        current = await uow.incidents.get(incident.id)
        posted, event = current.post_update(
            update.id, update.phase, text, by=update.by, at=update.at
        )
        await uow.incidents.save(posted, because=event)
        await uow.updates.add(update)

    await house.run(work)
    return update


async def a_role(house: House, name: str) -> IncidentRole:
    at = house.clock()
    role = IncidentRole(id=house.new_id("rol"), created_at=at, updated_at=at, name=name)

    async def work(uow: UnitOfWork) -> IncidentRole:
        return await records.add(role, uow, by=ALICE, at=at)

    return await house.run(work)


async def a_record(house: House, kind: type[K], prefix: str, **parts: Any) -> K:
    at = house.clock()
    record = kind(id=house.new_id(prefix), created_at=at, updated_at=at, **parts)

    async def work(uow: UnitOfWork) -> K:
        return await records.add(record, uow, by=ALICE, at=at)

    return await house.run(work)


async def a_role_less(house: House, role: K) -> None:
    async def work(uow: UnitOfWork) -> K:
        return await records.remove(role, uow, by=ALICE, at=house.clock())

    await house.run(work)


async def _deleted(house: House, incident: Incident) -> None:
    async def work(uow: UnitOfWork) -> None:
        deleted, event = incident.delete(by=ALICE, at=house.clock())
        await uow.incidents.save(deleted, because=event)

    await house.run(work)


async def test_an_incident_is_found_by_id_and_by_reference_in_any_case(house: House) -> None:
    incident = await house.declare(created_by_name="Alice Archer")

    found = [
        await house.reads.incident(house.organization_id, name)
        for name in (incident.id, "INC-1", "inc-1", "Inc-1")
    ]

    assert [record.row.id for record in found] == [incident.id] * 4
    assert found[0].created_by_name == "Alice Archer"


@pytest.mark.parametrize("name", STRANGE)
async def test_any_other_name_is_not_found(house: House, name: str) -> None:
    await house.declare()

    with pytest.raises(NotFound):
        await house.reads.incident(house.organization_id, name)


async def test_a_deleted_incident_is_not_found_by_readers(house: House) -> None:
    incident = await house.declare()
    await _deleted(house, incident)

    for name in (incident.id, "INC-1"):
        with pytest.raises(NotFound):
            await house.reads.incident(house.organization_id, name)


async def test_a_record_has_the_updates_of_its_incident(house: House) -> None:
    incident, other = await house.declare(), await house.declare()
    await _updated(house, other, "Elsewhere.")
    first = await _updated(house, incident, "Found it.\nIt is the ☃.")
    house.clock.advance(minutes=1)
    second = await _updated(house, incident, "Mending it.")

    record = await house.reads.incident(house.organization_id, incident.id)

    assert sorted(record.updates, key=lambda update: update.at) == [first, second]


async def test_an_update_is_found_by_its_id(house: House) -> None:
    update = await _updated(house, await house.declare(), "Found it.")

    assert await house.reads.update(house.organization_id, update.id) == update
    with pytest.raises(NotFound):
        await house.reads.update(house.organization_id, "upd_404")


async def test_the_timeline_is_told_oldest_first(house: House) -> None:
    incident = await house.declare()
    await house.declare()
    for n in range(5):  # all in the same instant
        await _updated(house, incident, f"{n}")

    entries = await house.reads.timeline(house.organization_id, incident.id)

    assert [getattr(entry.event, "text", "") for entry in entries] == ["", "0", "1", "2", "3", "4"]
    assert await house.reads.entry(house.organization_id, entries[3].id) == entries[3]


async def test_a_transaction_reads_the_same_timeline(house: House) -> None:
    incident = await house.declare()
    await _updated(house, incident, "Found it.")

    async def work(uow: UnitOfWork) -> object:
        return await uow.timeline.entries(incident.id)

    assert await house.run(work) == await house.reads.timeline(house.organization_id, incident.id)


async def test_a_transaction_reads_what_of_some_kinds_happened(house: House) -> None:
    incident, other = await house.declare(), await house.declare()
    for told, text in ((incident, "0"), (other, "1"), (incident, "2")):
        await _updated(house, told, text)

    async def work(uow: UnitOfWork) -> list[TimelineEntry]:
        return await uow.timeline.of_kinds(incident.id, (UpdatePosted, NoteAdded))

    entries = await house.run(work)
    assert [getattr(entry.event, "text", "") for entry in entries] == ["0", "2"]


async def test_an_unknown_entry_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        await house.reads.entry(house.organization_id, EntryId("ent_404"))


async def test_a_card_shows_everything_about_an_incident(house: House) -> None:
    bob = await a_user(house, slack_team_id=TeamId("T1"), slack_user_id=SlackUserId("U1"))
    carol = await a_user(house, "Carol Cook")
    checkout = await a_service(house, owner_ids=(carol.id, bob.id))
    search = await a_service(house, "search", owner_ids=(carol.id,))
    incident = await house.declare(
        created_by=bob.id,
        assignee_id=carol.id,
        acknowledged_by=bob.id,
        service_ids=(checkout.id, search.id),
    )
    await _updated(house, incident, "Found it.")
    house.clock.advance(minutes=1)
    latest = await _updated(house, incident, "Mending it.")
    source = await an_integration(house)

    async def work(uow: UnitOfWork) -> None:
        firing = an_episode(house, source.id, "a", incident_id=incident.id)
        ended = an_episode(house, source.id, "b", incident_id=incident.id, ends_at=LATER)
        elsewhere = an_episode(house, source.id, "c")
        await uow.alerts.put([firing, ended, elsewhere])

    await house.run(work)
    card = await house.reads.card(house.organization_id, incident.id)

    he = Person(id=bob.id, name="Bob Baker", email=bob.email, slack_user_id=SlackUserId("U1"))
    she = Person(id=carol.id, name="Carol Cook", email=carol.email)
    assert card.incident.id == incident.id
    assert card.incident.phase is Phase.IDENTIFIED
    assert dict(card.services) == {checkout.id: "checkout", search.id: "search"}
    assert (card.creator, card.assignee, card.acknowledger) == (he, she, he)
    assert sorted(card.owners, key=lambda person: person.name) == [he, she]
    assert card.latest_update == latest
    assert (card.firing, card.alerts) == (1, 2)
    assert dict(card.links) == {"Runbook": "https://runbooks.example/latency"}


async def test_a_card_names_who_plays_which_role_but_for_the_lead(house: House) -> None:
    bob, carol = await a_user(house), await a_user(house, "Carol Cook")
    scribe = await a_role(house, "Customer liaison")
    gone = await a_role(house, "Runner")
    given = (
        RoleAssignment(role_id="role_lead", user_id=bob.id),
        RoleAssignment(role_id="role_communications", user_id=carol.id),
        RoleAssignment(role_id=scribe.id, user_id=bob.id),
        RoleAssignment(role_id=gone.id, user_id=carol.id),
    )
    incident = await house.declare(roles=given)
    await a_role_less(house, gone)

    card = await house.reads.card(house.organization_id, incident.id)

    assert [(one.role_id, one.role, one.person.name) for one in card.players] == [
        ("role_communications", "Communications Lead", "Carol Cook"),
        (scribe.id, "Customer liaison", "Bob Baker"),
    ]


async def test_a_card_says_what_the_organisations_own_fields_say_of_it(house: House) -> None:
    region = await a_record(house, CustomField, "fld", name="Region", type=FieldType.MULTI_SELECT)
    orders = await a_record(house, CustomField, "fld", name="Orders lost")
    gone = await a_record(house, CustomField, "fld", name="Gone")
    first = await a_record(house, FieldOption, "opt", field_id=region.id, value="eu-1")
    second = await a_record(house, FieldOption, "opt", field_id=region.id, value="us-1")
    entries = (
        FieldEntry(field_id=orders.id, values=("42",)),
        FieldEntry(field_id=region.id, values=(second.id, "opt_404", first.id)),
        FieldEntry(field_id=gone.id, values=("x",)),
    )
    incident = await house.declare(fields=entries)
    await a_role_less(house, gone)

    card = await house.reads.card(house.organization_id, incident.id)

    assert list(card.own_fields.items()) == [("Orders lost", ("42",)), ("Region", ("us-1", "eu-1"))]


async def test_a_bare_card_shows_nothing_that_is_not_there(house: House) -> None:
    incident = await house.declare()

    card = await house.reads.card(house.organization_id, incident.id)

    assert card.incident == incident
    assert (card.creator, card.assignee, card.acknowledger, card.owners) == (None, None, None, ())
    assert (card.latest_update, card.firing, card.alerts) == (None, 0, 0)
    assert (dict(card.services), dict(card.links)) == ({}, {})


async def test_the_card_of_a_deleted_incident_can_still_be_read(house: House) -> None:
    incident = await house.declare()
    await _deleted(house, incident)

    card = await house.reads.card(house.organization_id, incident.id)

    assert card.incident.deleted_at == NOON


async def test_there_is_no_card_of_an_unknown_incident(house: House) -> None:
    with pytest.raises(NotFound):
        await house.reads.card(house.organization_id, IncidentId("inc_404"))


async def test_an_incident_is_found_by_its_channel(house: House) -> None:
    await house.declare()
    incident = await house.declare(channel_id=ChannelId("C1"), channel_name="inc-2")

    assert await house.reads.in_channel(house.organization_id, ChannelId("C1")) == incident.id
    assert await house.reads.in_channel(house.organization_id, ChannelId("C2")) is None


async def test_services_and_people_are_listed_by_name(house: House) -> None:
    for name in ("search", "checkout"):
        await a_service(house, name)
    for name in ("Zoe Zander", "Bob Baker"):
        await a_user(house, name)

    services = await house.reads.services(house.organization_id)
    users = await house.reads.users(house.organization_id)

    assert [service.name for service in services] == ["checkout", "search"]
    assert [user.name for user in users] == ["Bob Baker", "Zoe Zander"]


async def test_keys_are_listed_newest_first_revoked_ones_included(house: House) -> None:
    old = await a_key(house, "one", revoked_at=NOON)
    house.clock.advance(minutes=1)
    new = await a_key(house, "two")

    assert await house.reads.api_keys(house.organization_id) == [new, old]


async def test_a_posting_is_recorded_and_replaced_by_role(house: House) -> None:
    incident = await house.declare()
    postings = house.storage.postings
    first = Posting(role="card", channel_id=ChannelId("C1"), ts="1.000100")
    moved = replace(first, channel_id=ChannelId("C2"), ts="2.000200")
    announced = replace(first, role="announcement")

    for posting in (first, announced, moved):
        await postings.record(house.organization_id, incident.id, posting)

    async def find(role: str) -> Posting | None:
        return await postings.find(house.organization_id, incident.id, role)

    assert await find("card") == moved
    assert await find("announcement") == announced
    assert await find("topic") is None


async def test_of_those_who_begin_a_thing_the_first_is_noted(house: House) -> None:
    postings, organization = house.storage.postings, house.organization_id
    first = Posting(role="digest", channel_id=ChannelId(""), ts="10:00/1")
    second, third = replace(first, ts="10:00/2"), replace(first, ts="11:00/3")
    for posting in (first, second):
        await postings.begin(organization, organization, posting)
    stood = await postings.find(organization, organization, "digest")
    await postings.record(organization, organization, replace(first, ts=""))

    await postings.begin(organization, organization, third)

    assert stood == first
    assert await postings.find(organization, organization, "digest") == third


async def test_those_who_begin_a_thing_at_the_same_time_leave_one_note(house: House) -> None:
    postings, organization = house.storage.postings, house.organization_id
    tries = [Posting(role="digest", channel_id=ChannelId(""), ts=f"/{one}") for one in range(5)]

    await asyncio.gather(*(postings.begin(organization, organization, one) for one in tries))

    assert await postings.all_of(organization, organization) in [[one] for one in tries]


async def test_what_stands_in_a_channel_moves_with_it(house: House) -> None:
    incident = await house.declare()
    postings = house.storage.postings
    card = Posting(role="card", channel_id=ChannelId("C1"), ts="1.000100")
    elsewhere = Posting(role="announcement", channel_id=ChannelId("C2"), ts="2.000200")
    theirs = replace(card, role="theirs")
    for posting in (card, elsewhere):
        await postings.record(house.organization_id, incident.id, posting)
    await postings.record(house.neighbour_id, IncidentId("inc_theirs"), theirs)

    await postings.move(house.organization_id, ChannelId("C1"), ChannelId("C9"))

    standing = await postings.all_of(house.organization_id, incident.id)
    assert standing == [elsewhere, replace(card, channel_id=ChannelId("C9"))]
    assert await postings.all_of(house.neighbour_id, "inc_theirs") == [theirs]
