"""The requests of `docs/api/accounts.md`, sent in their order as a reader would."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.mail import Letter
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.integration.api.doorstep import Doorstep, a_doorstep
from tests.integration.api.page_examples import Example, examples_of

ALICE = "alice@example.com"


class Box:
    """Where letters arrive."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    async def send(self, letter: Letter) -> bool:
        self.letters.append(letter)
        return True


class Reader:
    """Notes what an answer says, for the requests that come after it."""

    def __init__(self, doorstep: Doorstep, box: Box) -> None:
        self._doorstep = doorstep
        self._box = box
        self.names: dict[str, str] = {}

    async def try_out(self, example: Example) -> None:
        response = await example.send(self._doorstep.client, self.names)
        assert response.status == example.status, (str(example), await response.text())
        body = await response.json() if response.status != 204 else {}
        await self._note(response.url.path, body)

    async def _note(self, path: str, body: dict[str, Any]) -> None:
        match path.removeprefix("/api/v1/"):
            case "auth/register":
                self.names |= {
                    "SPARE": body["access_token"],
                    "ORGANIZATION": body["user"]["organization_id"],
                }
            case "auth/login" | "auth/refresh":
                self.names |= {"TOKEN": body["access_token"], "REFRESH": body["refresh_token"]}
            case "auth/password/reset":
                await self._doorstep.desk.errands.close()
                found = re.search(r"^([\w-]{40,})$", self._box.letters[-1].text, re.MULTILINE)
                assert found
                self.names["RESET"] = found[1]
            case "auth/password/reset/confirm":
                await self._begin_again("a better password")
            case "users" if "id" in body:
                self.names["USER"] = body["id"]
            case "invitations" if "token" in body:
                self.names |= {"INVITE": body["token"], "INVITATION": body["id"]}
            case "api-keys" if "api_key" in body:
                self.names["KEY"] = body["id"]

    async def _begin_again(self, password: str) -> None:
        """The reader's next request has the password of the first ones again."""
        token = (await self._doorstep.sign_in(ALICE, password))["access_token"]
        wish = {"current_password": password, "new_password": "correct horse battery"}
        path = "/api/v1/auth/password/change"
        assert (await self._doorstep.ask("POST", path, wish, token=token))[0] == 200
        self.names["TOKEN"] = token


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
async def doorstep(store: FakeStore, clock: FakeClock, box: Box) -> AsyncIterator[Doorstep]:
    async with a_doorstep(store, clock, post=box) as doorstep:
        yield doorstep


async def test_every_request_of_the_page_is_answered_as_it_says(
    doorstep: Doorstep, box: Box
) -> None:
    reader = Reader(doorstep, box)

    for example in examples_of("accounts.md"):
        await reader.try_out(example)


async def test_the_page_tries_every_operation_on_accounts(doorstep: Doorstep) -> None:
    document = await (await doorstep.client.get("/openapi.json")).json()
    served = {
        (method.upper(), re.sub(r"\{\w+\}", "…", path))
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if "Accounts" in operation.get("tags", ())
    }

    shown = set()
    for example in examples_of("accounts.md"):
        method = re.search(r"-X (\w+)", example.command)
        path = re.search(r'"\$TOCSIN([^"?]+)', example.command)
        assert path
        shown.add((method[1] if method else "GET", re.sub(r"\$\w+", "…", path[1])))
    assert served == shown
