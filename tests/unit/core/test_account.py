"""Locks, states and networks: rules on people and keys that need no storage."""

from datetime import timedelta

import pytest

from core.domain.account import FAILURES_ALLOWED, LOCKED_FOR, ApiKey, Dialect, Role, User, UserState
from core.domain.ids import ApiKeyId, UserId
from core.domain.network import MOST_NETWORKS, networks_named
from core.errors import InvalidInput
from tests.fakes.moment import NOON


def a_user(state: UserState = UserState.ACTIVE) -> User:
    return User(
        id=UserId("usr_1"),
        email="bob@example.com",
        name="Bob Baker",
        role=Role.ENGINEER,
        created_at=NOON,
        state=state,
    )


def failed(user: User, times: int) -> User:
    for _ in range(times):
        user = user.failed(NOON)
    return user


def test_the_fifth_failure_locks_for_half_an_hour() -> None:
    user = failed(a_user(), FAILURES_ALLOWED - 1)
    assert user.may_sign_in(NOON)

    locked = user.failed(NOON)

    assert locked.locked_until == NOON + LOCKED_FOR == NOON + timedelta(minutes=30)
    assert not locked.may_sign_in(NOON + LOCKED_FOR - timedelta(seconds=1))
    assert locked.may_sign_in(NOON + LOCKED_FOR)


def test_a_failure_during_the_lock_changes_nothing() -> None:
    locked = failed(a_user(), FAILURES_ALLOWED)

    assert locked.failed(NOON + timedelta(minutes=29)) == locked


def test_the_first_failure_after_a_lock_is_the_first() -> None:
    again = failed(a_user(), FAILURES_ALLOWED).failed(NOON + LOCKED_FOR)

    assert (again.failed_logins, again.locked_until) == (1, None)


def test_a_success_and_a_new_password_forget_the_failures() -> None:
    locked = failed(a_user(), FAILURES_ALLOWED)

    for user in (locked.signed_in(NOON), locked.with_password("hash")):
        assert (user.failed_logins, user.locked_until) == (0, None)


@pytest.mark.parametrize(
    ("state", "after"),
    [
        (UserState.PENDING, UserState.ACTIVE),
        (UserState.ACTIVE, UserState.ACTIVE),
        (UserState.SUSPENDED, UserState.SUSPENDED),
    ],
)
def test_the_first_password_ends_the_waiting_and_no_suspension(
    state: UserState, after: UserState
) -> None:
    assert a_user(state).with_password("hash").state is after


@pytest.mark.parametrize("state", UserState)
def test_only_who_is_active_signs_in(state: UserState) -> None:
    assert a_user(state).may_sign_in(NOON) is (state is UserState.ACTIVE)


def a_key(*networks: str) -> ApiKey:
    return ApiKey(
        id=ApiKeyId("key_1"),
        name="CI",
        prefix="ok_",
        hash="hash",
        scopes=(),
        dialect=Dialect.NEUTRAL,
        created_at=NOON,
        networks=networks_named(networks, field="networks"),
    )


@pytest.mark.parametrize(
    ("address", "usable"),
    [
        ("192.0.2.7", True),
        ("::ffff:192.0.2.7", True),
        ("2001:db8::7", True),
        ("198.51.100.7", False),
        ("2001:db9::7", False),
        ("", False),
        ("somewhere", False),
    ],
)
def test_a_key_is_usable_from_its_networks_only(address: str, usable: bool) -> None:
    assert a_key("192.0.2.0/24", "2001:db8::/32").usable_from(address) is usable
    assert a_key().usable_from(address)


def test_networks_are_written_one_way_and_once() -> None:
    named = networks_named([" 192.0.2.7 ", "2001:DB8::/32", "192.0.2.7/32"], field="networks")

    assert named == ("192.0.2.7/32", "2001:db8::/32")


@pytest.mark.parametrize("word", ["", "here", "192.0.2.7/24", "192.0.2.0/33", "1.2.3"])
def test_what_is_no_network_is_refused_with_the_form(word: str) -> None:
    with pytest.raises(InvalidInput, match=r"write it as 192\.0\.2\.0/24") as no:
        networks_named([word], field="ip_whitelist")

    assert no.value.field == "ip_whitelist"


def test_there_is_a_limit_to_networks() -> None:
    words = [f"192.0.2.{number}" for number in range(MOST_NETWORKS + 1)]

    with pytest.raises(InvalidInput, match="At most 50"):
        networks_named(words, field="networks")


def test_no_secret_shows_in_a_representation() -> None:
    assert "hash" not in repr(a_key())
    assert "argon2" not in repr(a_user().with_password("argon2"))
