"""Sign-in tokens: what they say, whom they convince, and for how long."""

from datetime import timedelta
from typing import Any

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.api.tokens import BadToken, ExpiredToken, Kind, Mint
from bot.encryption import derived_key
from core.domain.ids import OrganizationId, SessionId, UserId
from core.domain.session import ACCESS_LASTS, REFRESH_LASTS, Session
from tests.fakes.moment import NOON

ORGANIZATION = OrganizationId("org_1")
SESSION = Session(
    id=SessionId("ses_1"),
    user_id=UserId("usr_1"),
    created_at=NOON,
    last_used_at=NOON,
    expires_at=NOON + REFRESH_LASTS,
    token_id="jti_1",
)
OLD, NEW = "the first secret key", "the second secret key"
MOMENT = timedelta(seconds=1)


def access(*secrets: str) -> str:
    return Mint(secrets or [OLD]).access(ORGANIZATION, SESSION, NOON)


def unverified(token: str) -> dict[str, Any]:
    claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return claims


def test_a_token_says_whose_session_it_is_of_and_no_secret() -> None:
    claims = unverified(access())

    assert claims.pop("jti")
    assert claims == {
        "iss": "tocsin",
        "aud": "tocsin-api",
        "sub": "usr_1",
        "org": "org_1",
        "sid": "ses_1",
        "typ": "access",
        "iat": int(NOON.timestamp()),
        "exp": int(NOON.timestamp()) + 3600,
    }


def test_each_access_token_has_a_name_of_its_own() -> None:
    assert unverified(access())["jti"] != unverified(access())["jti"]


def test_the_refresh_token_of_a_session_is_always_the_same() -> None:
    mint = Mint([OLD])

    assert mint.refresh(ORGANIZATION, SESSION) == mint.refresh(ORGANIZATION, SESSION)
    read = mint.read(mint.refresh(ORGANIZATION, SESSION), Kind.REFRESH, NOON)
    assert (read.token_id, read.session_id) == ("jti_1", "ses_1")


@pytest.mark.parametrize(
    ("kind", "lasts"), [(Kind.ACCESS, ACCESS_LASTS), (Kind.REFRESH, REFRESH_LASTS)]
)
def test_a_token_is_good_until_its_last_second(kind: Kind, lasts: timedelta) -> None:
    mint = Mint([OLD])
    token = access() if kind is Kind.ACCESS else mint.refresh(ORGANIZATION, SESSION)

    mint.read(token, kind, NOON + lasts - MOMENT)
    with pytest.raises(ExpiredToken):
        mint.read(token, kind, NOON + lasts)


def test_one_kind_does_not_stand_in_for_the_other() -> None:
    mint = Mint([OLD])

    with pytest.raises(BadToken):
        mint.read(access(), Kind.REFRESH, NOON)
    with pytest.raises(BadToken):
        mint.read(mint.refresh(ORGANIZATION, SESSION), Kind.ACCESS, NOON)


def test_a_secret_of_before_is_still_believed_and_signs_nothing() -> None:
    rotated = Mint([NEW, OLD])

    assert rotated.read(access(OLD), Kind.ACCESS, NOON).user_id == "usr_1"
    with pytest.raises(BadToken):
        Mint([OLD]).read(rotated.access(ORGANIZATION, SESSION, NOON), Kind.ACCESS, NOON)


def test_a_secret_that_was_given_up_is_not_believed() -> None:
    with pytest.raises(BadToken):
        Mint([NEW]).read(access(OLD), Kind.ACCESS, NOON)


KEY = derived_key(OLD, b"tocsin: sign-in tokens")
KID = jwt.get_unverified_header(access())["kid"]


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "somebody"},
        {"aud": "another-api"},
        {"typ": "refresh"},
        {"exp": None},
        {"sid": None},
        {"iat": None},
        {"org": None},
    ],
)
def test_a_claim_that_is_missing_or_another_makes_a_token_worthless(
    change: dict[str, str | None],
) -> None:
    claims = unverified(access()) | change
    whole = {name: value for name, value in claims.items() if value is not None}
    token = jwt.encode(whole, KEY, algorithm="HS256", headers={"kid": KID})

    with pytest.raises(BadToken):
        Mint([OLD]).read(token, Kind.ACCESS, NOON)


@pytest.mark.parametrize("algorithm", ["none", "HS384", "HS512"])
@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
def test_only_one_algorithm_is_believed(algorithm: str) -> None:
    key = "" if algorithm == "none" else KEY
    token = jwt.encode(unverified(access()), key, algorithm=algorithm, headers={"kid": KID})

    with pytest.raises(BadToken):
        Mint([OLD]).read(token, Kind.ACCESS, NOON)


def test_a_token_without_the_name_of_its_key_is_worthless() -> None:
    for headers in ({}, {"kid": "another"}, {"kid": ""}):
        token = jwt.encode(unverified(access()), KEY, algorithm="HS256", headers=headers)
        with pytest.raises(BadToken):
            Mint([OLD]).read(token, Kind.ACCESS, NOON)


@given(st.text() | st.from_regex(r"[\w-]*\.[\w-]*\.[\w-]*", fullmatch=True))
def test_whatever_somebody_writes_is_no_token(text: str) -> None:
    with pytest.raises(BadToken):
        Mint([OLD]).read(text, Kind.ACCESS, NOON)


@given(st.integers(0, 400), st.characters(codec="ascii"))
def test_a_changed_character_spoils_a_token(place: int, character: str) -> None:
    token = access()
    place %= len(token) - 4  # the last characters of a signature have bits that say nothing
    changed = token[:place] + character + token[place + 1 :]

    if changed != token:
        with pytest.raises(BadToken):
            Mint([OLD]).read(changed, Kind.ACCESS, NOON)
