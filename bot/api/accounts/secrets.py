"""Passwords that people choose, refused in the words of the API."""

from bot.api.accounts.desk import Desk
from bot.passwords import BadPassword
from core.errors import InvalidInput


async def new_hash(desk: Desk, password: str, *, field: str = "password") -> str:
    """What is kept of a new password; `InvalidInput` names the `field` of one that cannot be."""
    try:
        return await desk.passwords.hash(password)
    except BadPassword as problem:
        raise InvalidInput(str(problem), field=field) from problem
