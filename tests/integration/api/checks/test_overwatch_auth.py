"""Checks 1 to 16: signing in as Overwatch's clients do, on each of the storages."""

from base64 import urlsafe_b64decode
from typing import Any

import orjson
import pytest

from core.domain.account import Role, User
from core.domain.session import ACCESS_LASTS, REFRESH_LASTS
from tests.integration.api.doorstep import Doorstep

INCIDENTS, AUTH = "/api/v1/incidents", "/api/v1/auth"
EBODY = {
    *("detail", "error", "status_code", "timestamp", "path", "type", "status"),
    *("request_id", "errors", "title", "meta"),
}
EMAIL, PASSWORD = "engineer@example.com", "your-password"

pytestmark = pytest.mark.usefixtures("engineer")


def claims_of(token: str) -> dict[str, Any]:
    head, body, signature = token.split(".")
    assert head.startswith("eyJ")
    assert signature
    claims: dict[str, Any] = orjson.loads(urlsafe_b64decode(body + "=="))
    return claims


async def test_check_01_a_login_answers_tokens_and_the_person(
    doorstep: Doorstep, engineer: User
) -> None:
    status, body = await doorstep.ask(
        "POST", f"{AUTH}/login", {"email": EMAIL, "password": PASSWORD}
    )

    assert status == 200
    assert body["token_type"] == "bearer"
    assert body["expires_in"] == 3600
    assert body["user"] == {
        "id": engineer.id,
        "email": EMAIL,
        "name": "Jane Doe",
        "role": "engineer",
        "organization_id": doorstep.organization_id,
    }
    assert body.keys() == {"access_token", "refresh_token", "token_type", "expires_in", "user"}


async def test_check_02_another_example_of_the_documents_signs_in(doorstep: Doorstep) -> None:
    john = await doorstep.hire(
        "your_email@example.com", Role.ADMIN, name="John Doe", password="your_password"
    )

    body = await doorstep.sign_in("your_email@example.com", "your_password")

    assert body["user"]["id"] == john.id
    assert (body["user"]["name"], body["user"]["role"]) == ("John Doe", "admin")


async def test_check_03_the_two_tokens_differ_and_last_as_long_as_promised(
    doorstep: Doorstep,
) -> None:
    body = await doorstep.sign_in(EMAIL)

    access, refresh = claims_of(body["access_token"]), claims_of(body["refresh_token"])
    assert body["access_token"] != body["refresh_token"]
    assert access["exp"] - access["iat"] == 3600
    assert refresh["exp"] - refresh["iat"] == 604_800
    assert access["iat"] == int(doorstep.clock().timestamp())


async def test_check_04_a_wrong_password_is_unauthorized(doorstep: Doorstep) -> None:
    status, body = await doorstep.try_to_sign_in(EMAIL, "another-password")

    assert status == 401
    assert body["detail"] == "The e-mail address or the password is wrong."


async def test_check_05_an_unknown_address_is_answered_as_a_wrong_password(
    doorstep: Doorstep,
) -> None:
    known = await doorstep.try_to_sign_in(EMAIL, "another-password")
    unknown = await doorstep.try_to_sign_in("nobody@example.com", "another-password")

    differ = {"timestamp", "request_id"}
    assert known[0] == unknown[0] == 401
    assert {k: v for k, v in known[1].items() if k not in differ} == {
        k: v for k, v in unknown[1].items() if k not in differ
    }


async def test_check_06_a_login_without_a_password_is_a_validation_error(
    doorstep: Doorstep,
) -> None:
    status, body = await doorstep.ask("POST", f"{AUTH}/login", {"email": EMAIL})

    assert status == 422
    assert body.keys() >= EBODY
    assert body["path"] == "/api/v1/auth/login"
    assert [one["path"] for one in body["errors"]] == ["password"]


async def test_check_07_an_access_token_opens_the_list(doorstep: Doorstep) -> None:
    token = (await doorstep.sign_in(EMAIL))["access_token"]

    status, _ = await doorstep.ask("GET", INCIDENTS, token=token)

    assert status == 200


async def test_check_08_a_refresh_token_is_exchanged_without_a_password(
    doorstep: Doorstep,
) -> None:
    body = await doorstep.sign_in(EMAIL)

    status, fresh = await doorstep.ask(
        "POST", f"{AUTH}/refresh", {"refresh_token": body["refresh_token"]}
    )

    assert (status, fresh["expires_in"], fresh["token_type"]) == (200, 3600, "bearer")
    assert fresh["user"] == body["user"]
    assert fresh["refresh_token"] != body["refresh_token"]
    assert (await doorstep.ask("GET", INCIDENTS, token=fresh["access_token"]))[0] == 200


async def test_check_09_nothing_but_a_refresh_token_is_exchanged(doorstep: Doorstep) -> None:
    token = (await doorstep.sign_in(EMAIL))["access_token"]

    answers = [
        await doorstep.ask("POST", f"{AUTH}/refresh", {"refresh_token": offered})
        for offered in (token, "garbage", "a.b.c", "", token[:-2] + "xx", "ä.ö.ü")
    ]

    assert [status for status, _ in answers] == [401] * 6


async def test_check_10_tokens_end_when_they_should(doorstep: Doorstep) -> None:
    body = await doorstep.sign_in(EMAIL)
    refresh = {"refresh_token": body["refresh_token"]}

    doorstep.clock.advance(seconds=ACCESS_LASTS.total_seconds() + 1)
    status, expired = await doorstep.ask("GET", INCIDENTS, token=body["access_token"])
    assert (status, expired["detail"]) == (401, "JWT token has expired")
    status, fresh = await doorstep.ask("POST", f"{AUTH}/refresh", refresh)
    assert status == 200

    doorstep.clock.advance(seconds=REFRESH_LASTS.total_seconds() + 1)
    newest = {"refresh_token": fresh["refresh_token"]}
    assert (await doorstep.ask("POST", f"{AUTH}/refresh", newest))[0] == 401


async def test_check_11_a_refresh_token_opens_nothing(doorstep: Doorstep) -> None:
    token = (await doorstep.sign_in(EMAIL))["refresh_token"]

    assert (await doorstep.ask("GET", INCIDENTS, token=token))[0] == 401


async def test_check_12_whoever_registers_can_sign_in_and_cannot_register_again(
    doorstep: Doorstep,
) -> None:
    wish = {"email": "Alice@Example.com", "password": "correct horse", "name": "Alice Archer"}

    status, body = await doorstep.ask("POST", f"{AUTH}/register", wish)
    assert status == 201
    assert (body["user"]["email"], body["user"]["role"]) == ("alice@example.com", "owner")

    signed_in = await doorstep.sign_in("alice@example.com", "correct horse")
    assert signed_in["user"] == body["user"]
    status, refused = await doorstep.ask("POST", f"{AUTH}/register", wish)
    assert status == 422
    assert refused.keys() >= EBODY
    assert refused["errors"][0]["path"] == "email"


async def test_check_13_a_logout_ends_both_tokens(doorstep: Doorstep) -> None:
    body = await doorstep.sign_in(EMAIL)
    token, refresh = body["access_token"], {"refresh_token": body["refresh_token"]}
    assert (await doorstep.ask("GET", INCIDENTS, token=token))[0] == 200

    status, _ = await doorstep.ask("POST", f"{AUTH}/logout", token=token)

    assert status == 200
    assert (await doorstep.ask("GET", INCIDENTS, token=token))[0] == 401
    assert (await doorstep.ask("POST", f"{AUTH}/refresh", refresh))[0] == 401


async def test_check_14_one_can_ask_who_one_is(doorstep: Doorstep) -> None:
    body = await doorstep.sign_in(EMAIL)

    status, me = await doorstep.ask("GET", f"{AUTH}/me", token=body["access_token"])

    assert status == 200
    assert {name: me[name] for name in body["user"]} == body["user"] == me["data"]
    assert "password" not in orjson.dumps(me).decode()
    assert "argon2" not in orjson.dumps(me).decode()


async def test_check_15_a_reset_is_answered_the_same_for_known_and_unknown(
    doorstep: Doorstep,
) -> None:
    answers = [
        await doorstep.ask("POST", f"{AUTH}/password/reset", {"email": email})
        for email in (EMAIL, "nobody@example.com", "no address")
    ]

    assert answers[0][0] == 202
    assert answers[0] == answers[1] == answers[2]


async def test_check_16_without_a_token_nothing_is_shown(doorstep: Doorstep) -> None:
    token = (await doorstep.sign_in(EMAIL))["access_token"]

    assert (await doorstep.ask("GET", INCIDENTS))[0] == 401
    assert (await doorstep.ask("GET", INCIDENTS, token=token))[0] == 200
