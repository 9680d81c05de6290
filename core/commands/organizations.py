"""Commands on organisations."""

from dataclasses import dataclass, field

from core.commands.base import Command
from core.domain.account import Organization, User
from core.domain.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterOrganization(Command[User]):
    """Somebody new, and the organisation that they own; it has the id the caller names."""

    name: str
    owner_name: str
    email: str
    password_hash: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameOrganization(Command[Organization]):
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPlan(Command[Plan]):
    plan: Plan
