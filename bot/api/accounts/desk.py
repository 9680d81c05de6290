"""What the routes of accounts share besides the usual doors."""

from dataclasses import dataclass

from bot.api.accounts.errands import Errands
from bot.api.accounts.plans import Plans
from bot.api.accounts.seals import Seals
from bot.api.accounts.sessions import SignedIn
from bot.api.tokens import Mint
from bot.mail import Post
from bot.passwords import Passwords

BEAT = 0.25
"""Seconds. Refusals of a login leave on such a beat, so that the few milliseconds which the
database takes for somebody who is known tell nobody anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """`post` is None where no mail can be sent."""

    mint: Mint
    signed_in: SignedIn
    passwords: Passwords
    seals: Seals
    plans: Plans
    errands: Errands
    post: Post | None
    registration_open: bool
    base_url: str
    beat: float = BEAT

    async def close(self) -> None:
        await self.errands.close()
