"""People, Slack members, keys, alert sources and services."""

from datetime import timedelta

import pytest

from core import commands as c
from core.bus import CommandBus
from core.domain.account import Dialect, Role, User
from core.domain.actor import Caller
from core.domain.ids import OrganizationId, ServiceId, SlackUserId, TeamId, UserId
from core.errors import InvalidInput, NotFound, NotPermitted
from tests.fakes.moment import NOON, FakeClock
from tests.fakes.people import the_operator, the_relay
from tests.fakes.store import FakeStore


def _member(
    organization_id: OrganizationId,
    member: str = "U1",
    email: str = "Bob@Example.com",
    role: Role = Role.ENGINEER,
) -> c.LinkSlackUser:
    return c.LinkSlackUser(
        caller=the_relay(organization_id),
        team_id=TeamId("T1"),
        slack_user_id=SlackUserId(member),
        email=email,
        name="Bob Baker",
        role=role,
    )


async def _users(store: FakeStore, organization_id: OrganizationId) -> list[User]:
    return await store.reads.users(organization_id)


async def test_an_address_belongs_to_one_person(bus: CommandBus, alice: Caller) -> None:
    again = c.AddUser(caller=alice, email="ALICE@example.com", name="Another", role=Role.VIEWER)

    with pytest.raises(InvalidInput, match=r"user alice@example\.com already") as refused:
        await bus.execute(again)

    assert refused.value.field == "email"


async def test_only_those_who_administer_add_people(bus: CommandBus, bob: Caller) -> None:
    with pytest.raises(NotPermitted, match="ask an admin"):
        await bus.execute(
            c.AddUser(caller=bob, email="c@example.com", name="Carol", role=Role.OWNER)
        )


async def test_a_slack_member_is_the_user_with_that_address(
    bus: CommandBus, store: FakeStore, bob: Caller, organization_id: OrganizationId
) -> None:
    linked = await bus.execute(_member(organization_id))

    assert linked.id == bob.actor.user_id
    assert (linked.slack_team_id, linked.slack_user_id) == ("T1", "U1")
    assert len(await _users(store, organization_id)) == 1


@pytest.mark.parametrize("role", [Role.ENGINEER, Role.VIEWER])
async def test_an_unknown_slack_member_becomes_a_user(
    bus: CommandBus, store: FakeStore, organization_id: OrganizationId, role: Role
) -> None:
    made = await bus.execute(_member(organization_id, role=role))

    assert (made.email, made.name, made.role) == ("bob@example.com", "Bob Baker", role)
    assert [type(event).__name__ for event in store.events(organization_id)] == [
        "UserAdded",
        "UserLinked",
    ]


async def test_a_known_slack_member_is_recognised_whatever_the_address(
    bus: CommandBus, store: FakeStore, organization_id: OrganizationId
) -> None:
    first = await bus.execute(_member(organization_id))
    events = store.events(organization_id)

    again = await bus.execute(_member(organization_id, email="married@example.com"))

    assert again == first
    assert store.events(organization_id) == events


async def test_linking_does_not_change_what_somebody_may_do(
    bus: CommandBus, alice: Caller, organization_id: OrganizationId
) -> None:
    linked = await bus.execute(
        _member(organization_id, email="alice@example.com", role=Role.VIEWER)
    )

    assert linked.role is Role.ADMIN


async def test_a_password_is_changed_by_address(
    bus: CommandBus, alice: Caller, organization_id: OrganizationId
) -> None:
    operator = the_operator(organization_id)
    changed = await bus.execute(
        c.ChangePassword(caller=operator, email=" Alice@example.com", password_hash="argon2…")
    )

    assert changed.password_hash == "argon2…"


async def test_nobody_has_an_unknown_address(bus: CommandBus, alice: Caller) -> None:
    with pytest.raises(NotFound, match=r"There is no user nobody@example\.com\."):
        await bus.execute(
            c.ChangePassword(caller=alice, email="nobody@example.com", password_hash="x")
        )


def _key(caller: Caller, *scopes: str, lasts: timedelta | None = None) -> c.CreateApiKey:
    return c.CreateApiKey(
        caller=caller,
        name="ci",
        prefix="tk_abc",
        hash="h",
        scopes=scopes,
        dialect=Dialect.OBSERVER,
        expires_at=NOON + lasts if lasts else None,
    )


async def test_a_key_keeps_its_scopes_in_our_words(bus: CommandBus, alice: Caller) -> None:
    key = await bus.execute(_key(alice, "write:incidents", "incidents:create", "services:read"))

    assert key.scopes == ("incidents:write", "services:read")
    assert (key.dialect, key.created_by) == (Dialect.OBSERVER, alice.actor.user_id)


@pytest.mark.parametrize(
    ("scopes", "lasts", "field"),
    [
        ((), None, "scopes"),
        (("incidents:own",), None, "scopes"),
        (("incidents:read",), timedelta(seconds=-1), "expires_at"),
    ],
)
async def test_a_key_that_makes_no_sense_is_refused(
    bus: CommandBus, alice: Caller, scopes: tuple[str, ...], lasts: timedelta | None, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        await bus.execute(_key(alice, *scopes, lasts=lasts))

    assert refused.value.field == field


async def test_a_key_is_usable_until_it_expires(
    bus: CommandBus, clock: FakeClock, alice: Caller
) -> None:
    key = await bus.execute(_key(alice, "incidents:read", lasts=timedelta(days=1)))

    assert key.usable(clock())
    assert not key.usable(clock.advance(days=1))


async def test_revoking_twice_is_once(
    bus: CommandBus, store: FakeStore, clock: FakeClock, alice: Caller
) -> None:
    key = await bus.execute(_key(alice, "incidents:read"))
    once = await bus.execute(c.RevokeApiKey(caller=alice, api_key_id=key.id))
    events = store.events(alice.organization_id)

    clock.advance(minutes=1)
    twice = await bus.execute(c.RevokeApiKey(caller=alice, api_key_id=key.id))

    assert not once.usable(clock())
    assert twice == once
    assert store.events(alice.organization_id) == events


async def test_an_alert_source_is_for_a_service_that_exists(bus: CommandBus, alice: Caller) -> None:
    nowhere = c.CreateIntegration(
        caller=alice,
        source="alertmanager",
        name="prod",
        token_hash="h",
        service_id=ServiceId("svc_404"),
    )

    with pytest.raises(InvalidInput, match="svc_404") as refusal:
        await bus.execute(nowhere)

    assert refusal.value.field == "service_id"


async def test_an_alert_source_is_one_that_is_known(bus: CommandBus, alice: Caller) -> None:
    unknown = c.CreateIntegration(caller=alice, source="nagios", name="prod", token_hash="h")

    with pytest.raises(InvalidInput, match="“nagios” is not a known alert source"):
        await bus.execute(unknown)


async def test_a_service_has_a_name_of_its_own(bus: CommandBus, alice: Caller) -> None:
    await bus.execute(c.AddService(caller=alice, name="Checkout"))

    with pytest.raises(InvalidInput, match="There is a service checkout already"):
        await bus.execute(c.AddService(caller=alice, name=" checkout "))


async def test_a_service_is_owned_by_people_who_exist(bus: CommandBus, alice: Caller) -> None:
    with pytest.raises(NotFound):
        await bus.execute(
            c.AddService(caller=alice, name="checkout", owner_ids=(UserId("usr_404"),))
        )
