"""A desk at which people sign in quickly."""

from typing import Any

from argon2 import PasswordHasher

from bot.api.accounts.desk import Desk
from bot.api.accounts.errands import Errands
from bot.api.accounts.plans import Plans
from bot.api.accounts.seals import Seals
from bot.api.accounts.sessions import SignedIn
from bot.api.tokens import Mint
from bot.passwords import Passwords
from core.domain.plan import Plan
from core.ports import Clock, Directory, ReadModels

PASSWORD = "your-password"
SECRET = "a secret key for tests"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
USUAL = Plan(name="default", requests_per_minute_user=1_200, requests_per_minute_organization=6_000)


def a_desk(directory: Directory, reads: ReadModels, clock: Clock, **details: Any) -> Desk:
    mint = Mint([SECRET])
    values: dict[str, Any] = {
        "mint": mint,
        "signed_in": SignedIn(directory, mint, clock),
        "passwords": Passwords(QUICK),
        "seals": Seals(SECRET),
        "plans": Plans(reads, USUAL),
        "errands": Errands(),
        "post": None,
        "registration_open": True,
        "base_url": "https://tocsin.example.com",
        "beat": 0.0,
        **details,
    }
    return Desk(**values)
