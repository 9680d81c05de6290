"""Use cases on people: added, recognised, changed, deleted."""

from dataclasses import replace
from datetime import datetime

from core import commands as c
from core.domain.account import MAX_NAME, User, UserState, email_address
from core.domain.actor import Actor
from core.domain.events import (
    Event,
    PasswordChanged,
    RecordChanged,
    RecordDeleted,
    UserAdded,
    UserLinked,
)
from core.domain.ids import UserId
from core.domain.text import one_line
from core.errors import InvalidInput, NotFound
from core.language import say
from core.ports import UnitOfWork
from core.usecases.ending import end_resets, end_sessions, withdraw_invitations_of
from core.usecases.joining import Newcomer, join
from core.usecases.rank import require_another_in_charge, require_rank

_STAYS = "A person becomes %s in another way; use active, inactive or suspended."


async def add_user(command: c.AddUser, uow: UnitOfWork, now: datetime) -> User:
    await require_rank(command.caller, command.role, uow)
    newcomer = Newcomer(
        email=email_address(command.email),
        name=command.name,
        role=command.role,
        password_hash=command.password_hash,
    )
    return await join(newcomer, uow, by=command.caller.actor, at=now)


async def link_slack_user(command: c.LinkSlackUser, uow: UnitOfWork, now: datetime) -> User:
    linked = await uow.users.in_slack(command.team_id, command.slack_user_id)
    if linked:
        return linked
    email = email_address(command.email)
    user = await uow.users.with_email(email)
    if user is None:
        user = User(
            id=UserId(uow.new_id("usr")),
            email=email,
            name=one_line(command.name, field="name", limit=MAX_NAME),
            role=command.role,
            created_at=now,
        )
        added = UserAdded(
            by=command.caller.actor, at=now, user_id=user.id, name=user.name, role=user.role
        )
        user = await uow.users.save(user, because=added)
    event = UserLinked(by=command.caller.actor, at=now, user_id=user.id, name=user.name)
    return await uow.users.save(user.linked(command.team_id, command.slack_user_id), because=event)


async def change_user(command: c.ChangeUser, uow: UnitOfWork, now: datetime) -> User:
    user = await _present(command.user_id, uow)
    changed = _with(user, command)
    if changed == user:
        return user
    await require_rank(command.caller, user.role, uow)
    await require_rank(command.caller, changed.role, uow)
    if (changed.role, changed.state) != (user.role, user.state):
        await require_another_in_charge(user, uow)
    if not changed.admitted:
        await _put_out(user, command.caller.actor, uow, now)
    return await uow.users.save(changed, because=_change(user, changed, command.caller.actor, now))


async def rename_self(command: c.RenameSelf, uow: UnitOfWork, now: datetime) -> User:
    actor = command.caller.actor
    user = await _present(actor.user_id, uow)
    changed = replace(user, name=one_line(command.name, field="name", limit=MAX_NAME))
    return await uow.users.save(changed, because=_change(user, changed, actor, now))


async def delete_user(command: c.DeleteUser, uow: UnitOfWork, now: datetime) -> User:
    user = await _present(command.user_id, uow)
    await require_rank(command.caller, user.role, uow)
    await require_another_in_charge(user, uow)
    await _put_out(user, command.caller.actor, uow, now)
    gone = replace(user, state=UserState.DELETED, password_hash=None)
    event = RecordDeleted(
        by=command.caller.actor, at=now, noun="user", record_id=user.id, name=user.name
    )
    return await uow.users.save(gone, because=event)


async def change_password(command: c.ChangePassword, uow: UnitOfWork, now: datetime) -> User:
    email = email_address(command.email)
    user = await uow.users.with_email(email)
    if user is None or user.gone:
        raise NotFound(say("There is no user {email}.", email=email))
    await end_sessions(user.id, uow, now)
    await end_resets(user.id, uow, now)
    event = PasswordChanged(by=command.caller.actor, at=now, user_id=user.id, name=user.name)
    return await uow.users.save(user.with_password(command.password_hash), because=event)


async def _put_out(user: User, by: Actor, uow: UnitOfWork, now: datetime) -> None:
    await end_sessions(user.id, uow, now)
    await withdraw_invitations_of(user.id, uow, now, by=by)


def _with(user: User, command: c.ChangeUser) -> User:
    if command.state in (UserState.PENDING, UserState.DELETED) and command.state != user.state:
        raise InvalidInput(_STAYS % command.state, field="state")
    name = user.name
    if command.name is not None:
        name = one_line(command.name, field="name", limit=MAX_NAME)
    return replace(
        user, name=name, role=command.role or user.role, state=command.state or user.state
    )


def _change(before: User, after: User, by: Actor, at: datetime) -> Event | None:
    fields = tuple(
        name for name in ("name", "role", "state") if getattr(before, name) != getattr(after, name)
    )
    if not fields:
        return None
    return RecordChanged(
        by=by, at=at, noun="user", record_id=after.id, name=after.name, fields=fields
    )


async def _present(id: UserId | None, uow: UnitOfWork) -> User:
    user = await uow.users.get(UserId(id or ""))
    if user.gone:
        raise NotFound(say("There is no user {id}.", id=id))
    return user
