"""The roles of an organisation, and which of them somebody means."""

from collections.abc import Sequence

from bot.incident_settings import LONG_AGO
from bot.slack.slash_parts import somebody
from bot.slack.wishes import Somebody
from core.domain.ids import OrganizationId, UserId
from core.domain.incident_role import IncidentRole, names_of, standard_roles
from core.errors import InvalidInput
from core.language import say
from core.ports import ReadModels, RecordQuery
from core.views import Condition, Op, Subject

MOST_OWN = 100
FIELD = "role_id"


async def roles_of(reads: ReadModels, organization_id: OrganizationId) -> list[IncidentRole]:
    """Those that everybody has, then the organisation's own, the oldest first."""
    page = await reads.records(organization_id, IncidentRole, RecordQuery(limit=MOST_OWN))
    return [*standard_roles(LONG_AGO), *reversed(page.rows)]


async def taking_part(
    reads: ReadModels, organization_id: OrganizationId, user_id: UserId
) -> tuple[Condition, ...]:
    """Any one of these makes an incident theirs: they lead it, or play another role in it."""
    roles = await roles_of(reads, organization_id)
    played = [
        Condition(subject=Subject.ROLE, op=Op.ONE_OF, values=(user_id,), key=role.id)
        for role in roles
    ]
    leads = Condition(subject=Subject.ASSIGNEE, op=Op.ONE_OF, values=(user_id,))
    return (leads, *played)


def role_named(word: str, roles: Sequence[IncidentRole]) -> IncidentRole:
    """By its name or short form, or by how one of them begins; `InvalidInput` names the choices.
    Of several that are called so exactly it is the one that every organisation has."""
    wanted = " ".join(word.casefold().split())
    exact = [role for role in roles if wanted in names_of(role)]
    begun = [role for role in roles if any(name.startswith(wanted) for name in names_of(role))]
    found = exact[:1] or begun
    if len(found) == 1:
        return found[0]
    choices = ", ".join(role.shortform or role.name for role in (found or roles))
    if found:
        raise InvalidInput(
            say("“{word}” could be several roles: {choices}.", word=word[:40], choices=choices),
            field=FIELD,
        )
    raise InvalidInput(
        say("There is no role “{word}”; the roles are {choices}.", word=word[:40], choices=choices),
        field=FIELD,
    )


def is_a_role(text: str, roles: Sequence[IncidentRole]) -> bool:
    """Whether it is the whole name of one."""
    wanted = " ".join(text.casefold().split())
    return any(wanted in names_of(role) for role in roles)


def role_typed(text: str, roles: Sequence[IncidentRole]) -> tuple[IncidentRole, Somebody]:
    """A role and then a person by a bare name, as in `communications Bob Brook`: of all roles that
    could be meant, the one with the longest name."""
    words = text.split()
    for count in range(len(words) - 1, 0, -1):
        head = " ".join(words[:count]).casefold()
        exact = [role for role in roles if head in names_of(role)]
        if exact:
            return exact[0], somebody(" ".join(words[count:]))
    return role_named(words[0], roles), somebody(" ".join(words[1:]))
