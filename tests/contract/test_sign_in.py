"""Sessions, resets, invitations, organisations and plans are kept, found and changed."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.account import ApiKey, Organization, Role, User, UserState
from core.domain.events import Event, RecordCreated, RecordDeleted
from core.domain.ids import (
    InvitationId,
    OrganizationId,
    PasswordResetId,
    SessionId,
    UserId,
)
from core.domain.invitation import Invitation
from core.domain.plan import Plan
from core.domain.session import PasswordReset, Session
from core.errors import Conflict, NotFound
from core.ports import UnitOfWork, Work
from tests.contract.house import ALICE, House
from tests.contract.samples import a_key, a_user, user_adding
from tests.fakes.moment import NOON

WEEK = timedelta(days=7)
PLAN = Plan(name="large", requests_per_minute_user=5, requests_per_minute_organization=50)


def a_session(house: House, user: User) -> Session:
    return Session(
        id=SessionId(house.new_id("ses")),
        user_id=user.id,
        created_at=NOON,
        last_used_at=NOON,
        expires_at=NOON + WEEK,
        token_id=house.new_id("jti"),
    )


def a_reset(house: House, user: User, hash: str = "reset") -> PasswordReset:
    return PasswordReset(
        id=PasswordResetId(house.new_id("pwr")),
        user_id=user.id,
        hash=hash,
        created_at=NOON,
        expires_at=NOON + timedelta(hours=1),
    )


def an_invitation(house: House, email: str = "carol@example.com") -> Invitation:
    return Invitation(
        id=InvitationId(house.new_id("inv")),
        email=email,
        role=Role.MANAGER,
        hash=house.new_id("hash"),
        created_at=house.clock(),
        expires_at=NOON + WEEK,
    )


def because(invitation: Invitation) -> Event:
    return RecordCreated(
        by=ALICE, at=NOON, noun="invitation", record_id=invitation.id, name=invitation.email
    )


def inviting(invitation: Invitation) -> Work[Invitation]:
    async def work(uow: UnitOfWork) -> Invitation:
        return await uow.invitations.save(invitation, because=because(invitation))

    return work


async def test_a_session_is_kept_and_found_with_its_person(house: House) -> None:
    bob = await a_user(house)
    session = a_session(house, bob)

    async def work(uow: UnitOfWork) -> Session:
        await uow.sessions.add(session)
        return await uow.sessions.get(session.id)

    assert await house.run(work) == session
    found = await house.storage.directory.session(session.id)
    assert found == (house.organization_id, session, bob)
    assert await house.storage.directory.session(SessionId("ses_404")) is None


async def test_the_sessions_of_a_person_are_those_that_were_not_revoked(house: House) -> None:
    bob, zoe = await a_user(house), await a_user(house, "Zoe Zander")
    one, two, hers = (a_session(house, user) for user in (bob, bob, zoe))

    async def work(uow: UnitOfWork) -> list[Session]:
        for session in (one, two, hers):
            await uow.sessions.add(session)
        await uow.sessions.save(one.revoked(NOON))
        return await uow.sessions.of_user(bob.id)

    assert await house.run(work) == [two]
    found = await house.storage.directory.session(one.id)
    assert found is not None
    assert found[1] == one.revoked(NOON)


async def test_a_session_goes_on_with_its_next_token(house: House) -> None:
    bob = await a_user(house)
    session = a_session(house, bob)
    later = session.refreshed("jti_next", NOON + timedelta(hours=1))

    async def add(uow: UnitOfWork) -> None:
        await uow.sessions.add(session)

    async def refresh(uow: UnitOfWork) -> None:
        await uow.sessions.save(later)

    await house.run(add)
    await house.run(refresh)

    found = await house.storage.directory.session(session.id)
    assert found is not None
    assert found[1] == later


async def test_a_reset_is_found_by_its_hash_until_it_is_used(house: House) -> None:
    bob = await a_user(house)
    one, two = a_reset(house, bob, "one"), a_reset(house, bob, "two")

    async def work(uow: UnitOfWork) -> list[PasswordReset]:
        await uow.password_resets.add(one)
        await uow.password_resets.add(two)
        await uow.password_resets.save(one.used(NOON))
        return await uow.password_resets.of_user(bob.id)

    assert await house.run(work) == [two]
    directory = house.storage.directory
    assert await directory.password_reset("one") == (house.organization_id, one.used(NOON))
    assert await directory.password_reset("two") == (house.organization_id, two)
    assert await directory.password_reset("three") is None


async def test_an_invitation_is_kept_and_found_by_its_hash(house: House) -> None:
    saved = await house.run(inviting(an_invitation(house)))

    assert saved.version == 1
    directory = house.storage.directory
    assert await directory.invitation(saved.hash) == (house.organization_id, saved)
    assert await directory.invitation("another") is None


async def test_invitations_are_listed_newest_first_and_those_open_to_an_address_are_known(
    house: House,
) -> None:
    old = await house.run(inviting(an_invitation(house)))
    house.clock.advance(minutes=1)
    new = await house.run(inviting(an_invitation(house)))
    withdrawn = await house.run(inviting(old.revoked(NOON)))

    async def to_carol(uow: UnitOfWork) -> list[Invitation]:
        return [
            *await uow.invitations.to("carol@example.com"),
            *await uow.invitations.to("dave@example.com"),
        ]

    assert await house.reads.invitations(house.organization_id) == [new, withdrawn]
    assert await house.run(to_carol) == [new]


async def test_the_open_invitations_of_one_person_are_found(house: House) -> None:
    bob, zoe = await a_user(house), await a_user(house, "Zoe Zander")
    used, old, one, two, hers = [
        await house.run(inviting(replace(an_invitation(house), invited_by=user.id)))
        for user in (bob, bob, bob, bob, zoe)
    ]
    await house.run(inviting(used.accepted(NOON)))
    await house.run(inviting(old.revoked(NOON)))

    async def theirs(uow: UnitOfWork) -> list[set[Invitation]]:
        return [set(await uow.invitations.of_inviter(user.id)) for user in (bob, zoe)]

    assert await house.run(theirs) == [{one, two}, {hers}]
    assert await house.next_door(theirs) == [set(), set()]


async def test_an_invitation_is_changed_by_one_writer_at_a_time(house: House) -> None:
    saved = await house.run(inviting(an_invitation(house)))
    await house.run(inviting(saved.accepted(NOON)))

    with pytest.raises(Conflict):
        await house.run(inviting(saved.revoked(NOON)))


async def test_an_organisation_is_founded_with_its_owner_in_one_transaction(house: House) -> None:
    id = house.storage.directory.new_organization_id()
    founded = Organization(id=id, slug="acme", name="Acme", created_at=NOON)
    event = RecordCreated(by=ALICE, at=NOON, noun="organisation", record_id=id, name="Acme")
    add_owner = user_adding(house, "Olga Owner", role=Role.OWNER)

    async def work(uow: UnitOfWork) -> list[User]:
        await uow.organizations.add(founded, because=event)
        await add_owner(uow)
        return await uow.users.in_charge()

    owners = await house.storage.transactions.run(id, work)

    assert await house.storage.directory.organization("acme") == founded
    assert await house.reads.organization(id) == founded
    assert await house.reads.users(id) == owners


async def test_an_organisation_without_its_owner_is_not_founded(house: House) -> None:
    id = house.storage.directory.new_organization_id()
    founded = Organization(id=id, slug="acme", name="Acme", created_at=NOON)
    event = RecordCreated(by=ALICE, at=NOON, noun="organisation", record_id=id, name="Acme")

    async def work(uow: UnitOfWork) -> None:
        await uow.organizations.add(founded, because=event)
        raise NotFound("There is no owner.")

    with pytest.raises(NotFound):
        await house.storage.transactions.run(id, work)

    assert await house.storage.directory.organization("acme") is None
    with pytest.raises(NotFound):
        await house.reads.organization(id)


async def test_an_organisation_is_renamed(house: House) -> None:
    async def rename(uow: UnitOfWork) -> Organization:
        before = await uow.organizations.get()
        after = Organization(
            id=before.id, slug=before.slug, name="Renamed", created_at=before.created_at
        )
        event = RecordDeleted(by=ALICE, at=NOON, noun="name", record_id=before.id, name="Default")
        await uow.organizations.save(after, because=event)
        return await uow.organizations.get()

    renamed = await house.run(rename)

    assert renamed.name == "Renamed"
    assert await house.reads.organization(house.organization_id) == renamed
    assert (await house.reads.organization(house.neighbour_id)).name == "Neighbour"


async def test_a_plan_is_given_and_replaced(house: House) -> None:
    event = RecordCreated(by=ALICE, at=NOON, noun="plan", record_id="default", name="large")
    larger = Plan(name="larger", requests_per_minute_user=6, requests_per_minute_organization=60)

    async def give(uow: UnitOfWork) -> list[Plan | None]:
        seen = [await uow.organizations.plan()]
        for plan in (PLAN, larger):
            await uow.organizations.save_plan(plan, because=event)
            seen.append(await uow.organizations.plan())
        return seen

    assert await house.run(give) == [None, PLAN, larger]
    assert await house.reads.plan(house.organization_id) == larger
    assert await house.reads.plan(house.neighbour_id) is None


async def test_people_of_one_address_are_found_everywhere_oldest_first(house: House) -> None:
    theirs = await house.next_door(user_adding(house))
    house.clock.advance(minutes=1)
    ours = await a_user(house)
    await a_user(house, "Zoe Zander", state=UserState.DELETED)
    directory = house.storage.directory

    assert await directory.users_with_email("Bob@example.com") == [
        (house.neighbour_id, theirs),
        (house.organization_id, ours),
    ]
    assert await directory.users_with_email("zoe@example.com") == []


async def test_an_address_is_known_anywhere_until_its_person_is_deleted(house: House) -> None:
    await house.next_door(user_adding(house))
    await house.next_door(user_adding(house, "Zoe Zander", state=UserState.DELETED))

    async def work(uow: UnitOfWork) -> list[bool]:
        return [
            await uow.users.known_anywhere(email)
            for email in ("BOB@example.com", "zoe@example.com", "eve@example.com")
        ]

    assert await house.run(work) == [True, False, False]


async def test_how_somebody_signs_in_is_kept_without_a_line_in_the_timeline(house: House) -> None:
    bob = await a_user(house)

    async def note(uow: UnitOfWork) -> User:
        return await uow.users.note(bob.failed(NOON).failed(NOON))

    noted = await house.run(note)

    assert (noted.failed_logins, noted.version) == (2, bob.version + 1)
    assert await house.reads.users(house.organization_id) == [noted]


async def test_tries_at_once_are_all_counted(house: House) -> None:
    bob = await a_user(house)

    async def fail(uow: UnitOfWork) -> None:
        user = await uow.users.get(bob.id)
        await uow.users.note(user.failed(NOON))

    await asyncio.gather(*(house.run(fail) for _ in range(4)))

    assert (await house.reads.users(house.organization_id))[0].failed_logins == 4


async def test_deleted_people_are_listed_only_when_asked_for(house: House) -> None:
    bob = await a_user(house)
    zoe = await a_user(house, "Zoe Zander", state=UserState.DELETED)

    assert await house.reads.users(house.organization_id) == [bob]
    assert await house.reads.users(house.organization_id, deleted_too=True) == [bob, zoe]


async def test_a_key_remembers_its_networks_and_its_last_use(house: House) -> None:
    key = await a_key(house, "hash", networks=("192.0.2.0/24", "2001:db8::/32"))
    directory = house.storage.directory

    await directory.touch_api_key(key.id, NOON)

    async def touched() -> ApiKey:
        while True:  # it is never waited for, so a look may come too early
            found = await directory.api_key("hash")
            assert found is not None
            if found[1].last_used_at:
                return found[1]
            await asyncio.sleep(0.01)

    async with asyncio.timeout(5):
        assert await touched() == replace(key, last_used_at=NOON)


async def test_what_is_unknown_is_not_found(house: House) -> None:
    async def session(uow: UnitOfWork) -> object:
        return await uow.sessions.get(SessionId("ses_404"))

    async def reset(uow: UnitOfWork) -> object:
        return await uow.password_resets.get(PasswordResetId("pwr_404"))

    async def invitation(uow: UnitOfWork) -> object:
        return await uow.invitations.get(InvitationId("inv_404"))

    for work in (session, reset, invitation):
        with pytest.raises(NotFound):
            await house.run(work)


async def test_nobody_sees_what_is_next_door(house: House) -> None:
    bob = await a_user(house)
    session, invitation = a_session(house, bob), an_invitation(house)

    async def add(uow: UnitOfWork) -> None:
        await uow.sessions.add(session)
        await uow.invitations.save(invitation, because=because(invitation))

    await house.run(add)

    async def look(uow: UnitOfWork) -> list[object]:
        return [
            *await uow.sessions.of_user(UserId(bob.id)),
            *await uow.invitations.to(invitation.email),
            *await uow.users.in_charge(),
        ]

    assert await house.next_door(look) == []
    assert await house.reads.invitations(house.neighbour_id) == []
    with pytest.raises(NotFound):
        await house.reads.organization(OrganizationId("org_404"))
