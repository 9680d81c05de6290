"""`tocsin users`."""

import sys
from argparse import Namespace

from bot.answers import Answer, table
from bot.bootstrap import administration
from bot.office import Office
from bot.passwords import hash_password, new_password
from bot.settings import Settings
from core.commands import AddUser, ChangePassword, ChangeUser, DeleteUser
from core.domain.account import User, UserState
from core.errors import NotFound


async def create_user(given: Namespace, settings: Settings) -> Answer:
    password = _password(given)
    hash = await hash_password(password)
    name = given.name or given.email.partition("@")[0]
    async with administration(settings, given.organization) as office:
        user = await office.bus.execute(
            AddUser(
                caller=office.caller,
                email=given.email,
                name=name,
                role=given.role,
                password_hash=hash,
            )
        )
    told = {"id": user.id, "email": user.email, "name": user.name, "role": user.role}
    return _with_password(given, told, password, f"{user.name} <{user.email}> is {user.role}.")


async def reset_password(given: Namespace, settings: Settings) -> Answer:
    password = _password(given)
    hash = await hash_password(password)
    async with administration(settings, given.organization) as office:
        user = await office.bus.execute(
            ChangePassword(caller=office.caller, email=given.email, password_hash=hash)
        )
    told = {"id": user.id, "email": user.email}
    return _with_password(given, told, password, f"{user.email} has a new password.")


async def list_users(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        everybody = await office.reads.users(office.organization_id, deleted_too=True)
    wanted = [user for user in everybody if _is_wanted(user, given.state)]
    return Answer(
        object={"users": [_shown(user) for user in wanted]},
        words=table(
            ("ID", "E-MAIL", "NAME", "ROLE", "STATE"),
            [(user.id, user.email, user.name, user.role, user.state) for user in wanted],
            empty="There is nobody.",
        ),
    )


async def change_user(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        user = await _known(office, given.email)
        if given.state is UserState.DELETED:
            user = await office.bus.execute(DeleteUser(caller=office.caller, user_id=user.id))
        else:
            user = await office.bus.execute(
                ChangeUser(
                    caller=office.caller,
                    user_id=user.id,
                    name=given.name,
                    role=given.role,
                    state=given.state,
                )
            )
    return Answer(
        object=_shown(user), words=f"{user.name} <{user.email}> is {user.role} and {user.state}."
    )


def _is_wanted(user: User, state: UserState | None) -> bool:
    return not user.gone if state is None else user.state is state


async def _known(office: Office, email: str) -> User:
    user = await office.directory.user_with_email(office.organization_id, email)
    if user is None or user.gone:
        raise NotFound(f"There is no user {email}.")
    return user


def _shown(user: User) -> dict[str, object]:
    return {
        "id": user.id,
        "email": user.email,
        "name": user.name,
        "role": user.role,
        "state": user.state,
        "created_at": user.created_at,
        "last_login_at": user.last_login_at,
    }


def _password(given: Namespace) -> str:
    if given.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return new_password()


def _with_password(given: Namespace, told: dict[str, str], password: str, sentence: str) -> Answer:
    """A password somebody typed is known to them already and not repeated."""
    if given.password_stdin:
        return Answer(object=told, words=sentence)
    return Answer(
        object={**told, "password": password},
        words=f"{sentence}\nThe password, shown only now: {password}",
    )
