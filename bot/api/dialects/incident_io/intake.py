"""What incident.io's ids and references mean in an organisation; all that is wrong at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.api.dialects.incident_io.field_shapes import CustomFieldEntryPayload
from bot.api.dialects.incident_io.incident_wishes import RoleAssignmentPayload
from bot.api.dialects.incident_io.people_shapes import UserReference
from bot.api.dialects.incident_io.vocabulary import Vocabulary
from bot.api.dialects.incident_io.wire import TYPE_ID
from core.domain.account import User
from core.domain.custom_field import CustomField, FieldOption, FieldType, checked_values
from core.domain.ids import OrganizationId, UserId
from core.domain.incident_role import LEAD
from core.domain.particulars import FieldEntry, RoleAssignment
from core.domain.severity_option import SeverityOption
from core.domain.status_option import StatusOption
from core.errors import InvalidInput
from core.flaws import Flaws

_KEYS: Mapping[FieldType, str] = {
    FieldType.SINGLE_SELECT: "value_option_id",
    FieldType.MULTI_SELECT: "value_option_id",
    FieldType.TEXT: "value_text",
    FieldType.LINK: "value_link",
    FieldType.NUMERIC: "value_numeric",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who plays which part: the lead apart, whom the incident is assigned to.

    `lead_given` says whether anything was said of the lead at all.
    """

    roles: tuple[RoleAssignment, ...]
    lead: UserId | None = None
    lead_given: bool = False


class Intake:
    """`InvalidInput` names the fields as the caller wrote them, those of an edit as `within` it."""

    def __init__(
        self, vocabulary: Vocabulary, organization_id: OrganizationId, *, within: str = ""
    ) -> None:
        self._vocabulary = vocabulary
        self._organization_id = organization_id
        self._within = within
        self.flaws = Flaws()

    async def severity(
        self, id: str | None, *, field: str = "severity_id"
    ) -> SeverityOption | None:
        if not id:
            return None
        row = (await self._vocabulary.severities(self._organization_id)).get(id)
        if row is None:
            self.flaw(field, "There is no severity with that id; list them with /v1/severities.")
        return row

    async def status(
        self, id: str | None, *, field: str = "incident_status_id"
    ) -> StatusOption | None:
        if not id:
            return None
        row = (await self._vocabulary.statuses(self._organization_id)).get(id)
        if row is None:
            message = "There is no status with that id; list them with /v1/incident_statuses."
            self.flaw(field, message)
        return row

    def type(self, id: str | None) -> str | None:
        if id and id != TYPE_ID:
            message = f"There is one incident type only; its id is {TYPE_ID}."
            self.flaw("incident_type_id", message)
        return id or None

    async def cast(
        self,
        wanted: Sequence[RoleAssignmentPayload] | None,
        before: Iterable[RoleAssignment] = (),
    ) -> Cast:
        """Roles that are not named stay as they were `before`."""
        if not wanted:
            return Cast(roles=tuple(before))
        roles = await self._vocabulary.roles(self._organization_id)
        users = await self._vocabulary.users(self._organization_id)
        taken = {one.role_id: one.user_id for one in before if _is_there(users.get(one.user_id))}
        lead, lead_given = None, False
        for index, one in enumerate(wanted):
            at = f"incident_role_assignments.{index}"
            if one.incident_role_id not in roles:
                message = "There is no role with that id; list them with /v2/incident_roles."
                self.flaw(f"{at}.incident_role_id", message)
                continue
            user_id = self._meant(one.assignee, users, f"{at}.assignee")
            if one.incident_role_id == LEAD:
                lead, lead_given = user_id, True
            elif user_id:
                taken[one.incident_role_id] = user_id
            else:
                taken.pop(one.incident_role_id, None)
        assigned = (RoleAssignment(role_id=id, user_id=user) for id, user in taken.items())
        return Cast(roles=tuple(assigned), lead=lead, lead_given=lead_given)

    async def entries(
        self,
        wanted: Sequence[CustomFieldEntryPayload] | None,
        before: Iterable[FieldEntry] = (),
    ) -> tuple[FieldEntry, ...]:
        """Fields that are not named stay as they were `before`."""
        kept = {one.field_id: one.values for one in before}
        fields = await self._vocabulary.fields(self._organization_id) if wanted else {}
        options = await self._vocabulary.options(self._organization_id) if wanted else []
        for index, one in enumerate(wanted or ()):
            at = f"custom_field_entries.{index}"
            if field := fields.get(one.custom_field_id):
                kept[field.id] = self._values(field, one, options, f"{at}.values")
            else:
                message = "There is no custom field with that id; list them at /v2/custom_fields."
                self.flaw(f"{at}.custom_field_id", message)
        return tuple(
            FieldEntry(field_id=id, values=values) for id, values in kept.items() if values
        )

    async def person(self, reference: UserReference | None, *, field: str) -> UserId | None:
        users = await self._vocabulary.users(self._organization_id)
        return self._meant(reference, users, field)

    def flaw(self, field: str, message: str) -> None:
        self.flaws.note(InvalidInput(message, field=f"{self._within}{field}"))

    def _values(
        self,
        field: CustomField,
        entry: CustomFieldEntryPayload,
        options: Sequence[FieldOption],
        at: str,
    ) -> tuple[str, ...]:
        key = _KEYS[field.type]
        given = [getattr(value, key) for value in entry.values]
        if None in given:
            self.flaw(at, f"{field.name} takes each value as {key}.")
            return ()
        place = f"{self._within}{at}"
        return self.flaws.checked(lambda: checked_values(field, given, options, field=place), ())

    def _meant(
        self, reference: UserReference | None, users: Mapping[UserId, User], field: str
    ) -> UserId | None:
        """Nobody, where the reference says nothing."""
        if reference is None or not (reference.id or reference.email or reference.slack_user_id):
            return None
        for user in users.values():
            if not user.gone and _is_meant(user, reference):
                return user.id
        self.flaw(field, "There is nobody like that; list people with /v2/users.")
        return None


def _is_there(user: User | None) -> bool:
    return user is not None and not user.gone


def _is_meant(user: User, reference: UserReference) -> bool:
    if reference.id:
        return user.id == reference.id
    if reference.email:
        return user.email.casefold() == reference.email.strip().casefold()
    return user.slack_user_id == reference.slack_user_id
