"""One address in many organisations, whoever has added it there, on each of the storages."""

import re
from dataclasses import replace

import pytest

from bot.mail import Letter
from bot.passwords import Passwords
from core.commands import AddUser
from core.domain.account import Role, User
from tests.fakes.people import the_operator
from tests.integration.api.accounts import QUICK
from tests.integration.api.doorstep import Doorstep, a_doorstep

AUTH = "/api/v1/auth"
EMAIL = "engineer@example.com"
MOST = 5
TOKEN = re.compile(r"^([\w-]{40,})$", re.MULTILINE)


class Counted(Passwords):
    def __init__(self) -> None:
        super().__init__(QUICK)
        self.tries = 0

    async def fits(self, password: str, hash: str | None) -> bool:
        self.tries += 1
        return await super().fits(password, hash)


class Box:
    """Where letters arrive."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    async def send(self, letter: Letter) -> bool:
        self.letters.append(letter)
        return True


async def next_door(doorstep: Doorstep, number: int) -> Doorstep:
    doorstep.clock.advance(seconds=1)
    name = f"Number {number}"
    theirs = await doorstep.storage.directory.ensure_organization(f"number-{number}", name)
    return replace(doorstep, organization_id=theirs.id)


async def add_without_password(doorstep: Doorstep) -> User:
    return await doorstep.bus.execute(
        AddUser(
            caller=the_operator(doorstep.organization_id),
            email=EMAIL,
            name="Jane Doe",
            role=Role.VIEWER,
        )
    )


async def asked(doorstep: Doorstep) -> None:
    assert (await doorstep.ask("POST", f"{AUTH}/password/reset", {"email": EMAIL}))[0] == 202
    await doorstep.desk.errands.close()


@pytest.mark.parametrize("known", [True, False])
async def test_who_has_no_password_takes_no_part_in_a_login(
    doorstep: Doorstep, known: bool
) -> None:
    for number in range(3):
        await add_without_password(await next_door(doorstep, number))
    if known:
        await doorstep.hire(EMAIL)
    passwords = Counted()

    async with a_doorstep(doorstep.storage, doorstep.clock, passwords=passwords) as counted:
        status, _ = await counted.try_to_sign_in(EMAIL)

    assert (status, passwords.tries) == (200 if known else 401, 1)


async def test_the_oldest_few_are_asked_and_others_by_name(doorstep: Doorstep) -> None:
    doors = [await next_door(doorstep, number) for number in range(MOST + 2)]
    for number, door in enumerate(doors):
        doorstep.clock.advance(seconds=1)
        await door.hire(EMAIL, password=f"the password of {number}")
    passwords = Counted()

    async with a_doorstep(doorstep.storage, doorstep.clock, passwords=passwords) as counted:
        oldest, _ = await counted.try_to_sign_in(EMAIL, "the password of 0")
        for_all = passwords.tries
        newest, _ = await counted.try_to_sign_in(EMAIL, f"the password of {MOST + 1}")
        passwords.tries = 0
        named, body = await counted.try_to_sign_in(
            EMAIL, f"the password of {MOST + 1}", organization=f"number-{MOST + 1}"
        )

    assert (oldest, newest, named) == (200, 401, 200)
    assert (for_all, passwords.tries) == (MOST, 1)
    assert body["user"]["organization_id"] == doors[-1].organization_id


async def test_one_letter_has_a_token_for_each_of_the_oldest_accounts(doorstep: Doorstep) -> None:
    for number in range(MOST + 1):
        await add_without_password(await next_door(doorstep, number))
    box = Box()

    async with a_doorstep(doorstep.storage, doorstep.clock, post=box) as mailing:
        await asked(mailing)
        (letter,) = box.letters
        tokens = TOKEN.findall(letter.text)
        for token in tokens:
            wish = {"token": token, "password": "a new password"}
            assert (await mailing.ask("POST", f"{AUTH}/password/reset/confirm", wish))[0] == 200

    assert len(set(tokens)) == MOST
    assert [f"Number {number}" in letter.text for number in range(MOST + 1)] == [
        *(True for _ in range(MOST)),
        False,
    ]


@pytest.mark.usefixtures("engineer")
async def test_an_account_is_mailed_once_in_a_few_minutes(doorstep: Doorstep) -> None:
    box = Box()
    async with a_doorstep(doorstep.storage, doorstep.clock, post=box) as mailing:
        for _ in range(3):
            await asked(mailing)
        assert len(box.letters) == 1

        mailing.clock.advance(minutes=5)
        await asked(mailing)

    assert len(box.letters) == 2
