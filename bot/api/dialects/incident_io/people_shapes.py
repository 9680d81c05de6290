"""People, and what a key is called, on incident.io's wire."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from bot.api.dialects.incident_io.paging import MOST_USERS, USUAL, After, Blankless, PaginationMeta
from bot.api.shape import Shape

OldRole: TypeAlias = Literal["viewer", "responder", "administrator", "owner", "unset"]
Seat: TypeAlias = Literal["full_access", "viewer_only", "none"]


class UserV2(Shape):
    id: str
    name: str
    email: str
    role: OldRole
    slack_user_id: str | None = Field(None, description="Absent for who is not known in Slack.")


class BaseRoleV2(Shape):
    id: str
    name: str
    slug: str


class SeatsV2(Shape):
    on_call: Seat
    response: Seat


class UserWithRolesV2(UserV2):
    base_role: BaseRoleV2
    custom_roles: list[BaseRoleV2]
    is_active: bool
    seats: SeatsV2


class UsersV2(Shape):
    users: list[UserWithRolesV2]
    pagination_meta: PaginationMeta


class UserAnswerV2(Shape):
    user: UserWithRolesV2


class UsersQueryV2(Blankless):
    email: str | None = None
    slack_user_id: str | None = None
    include_inactive: bool = False
    page_size: Annotated[int, Field(ge=1, le=MOST_USERS)] = USUAL
    after: After = None


class UserReference(Shape):
    """Whom, by one of the three; by none: nobody."""

    id: str | None = None
    email: str | None = None
    slack_user_id: str | None = None


class KeyActor(Shape):
    id: str
    name: str


class ActorV2(Shape):
    """A person, or a program by the name of its key or alert source."""

    user: UserV2 | None = None
    api_key: KeyActor | None = None


class IdentityTeamV1(Shape):
    id: str
    name: str


class IdentityV1(Shape):
    name: str
    roles: list[str]
    dashboard_url: str
    team_roles: list[str]
    teams: list[IdentityTeamV1]


class IdentityAnswerV1(Shape):
    identity: IdentityV1
