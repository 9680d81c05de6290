"""No two roles of an organisation are called the same, by name or by short form."""

from datetime import datetime

from core.domain.incident_role import IncidentRole, names_of, standard_roles
from core.errors import InvalidInput
from core.flaws import Flaws
from core.language import say
from core.ports import UnitOfWork


async def require_other_names(
    role: IncidentRole, uow: UnitOfWork, now: datetime, before: IncidentRole | None = None
) -> None:
    """`InvalidInput` at each field that says what another role is called; what it was called
    `before` may stay."""
    own = await uow.records(IncidentRole).all()
    others = [one for one in (*standard_roles(now), *own) if one.id != role.id]
    flaws = Flaws()
    for field in ("name", "shortform"):
        wanted = getattr(role, field).casefold()
        kept = before is not None and wanted == getattr(before, field).casefold()
        taken = next((one for one in others if wanted in names_of(one)), None)
        if taken and not kept:
            message = say(
                "The role {taken} is called so already; choose other words.", taken=taken.name
            )
            flaws.note(InvalidInput(message, field=field))
    flaws.refuse()
