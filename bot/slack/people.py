"""Who acts in Slack, as the core knows them: members become users, users become callers."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.slack.failures import Refused
from bot.slack.gateway import Gateway
from bot.slack.shapes import Member
from bot.slack.workspaces import Workspace
from core.bus import CommandBus
from core.commands import LinkSlackUser
from core.domain.account import Role, User
from core.domain.actor import Actor, Caller, Surface
from core.domain.choice_words import worded
from core.domain.ids import OrganizationId, SlackUserId
from core.errors import InvalidInput, NotFound, NotPermitted
from core.flaws import Flaws
from core.language import say
from core.permissions import RELAY, ROLES
from core.ports import Directory, Unreachable

KEPT_FOR = 300.0
"""Seconds; after that a changed role or name is seen."""

MOST_KEPT = 10_000

PATIENCE = 1.0
"""Seconds that somebody who gives something away waits for whether the other has left."""


@dataclass(frozen=True, slots=True)
class _Kept:
    user: User
    until: float


def tocsin(organization_id: OrganizationId) -> Caller:
    """Tocsin itself, for what follows from what people did."""
    actor = Actor(surface=Surface.RELAY, name="Tocsin")
    return Caller(organization_id=organization_id, actor=actor, permissions=RELAY)


class People:
    def __init__(
        self, bus: CommandBus, directory: Directory, monotonic: Callable[[], float]
    ) -> None:
        self._bus = bus
        self._directory = directory
        self._monotonic = monotonic
        self._kept: dict[tuple[str, str], _Kept] = {}

    async def caller(self, workspace: Workspace, slack_user_id: str) -> Caller:
        """Whoever did something; `NotPermitted` for bots, for people who have left, and for those
        of other companies in a shared channel."""
        user = await self.user(workspace, slack_user_id)
        if not user.admitted:
            raise NotPermitted(
                say(
                    "The account of {name} is {state}; ask an admin.",
                    name=user.name,
                    state=worded(user.state),
                )
            )
        return Caller(
            organization_id=workspace.organization_id,
            actor=Actor(surface=Surface.SLACK, name=user.name, user_id=user.id),
            permissions=ROLES[user.role],
        )

    async def user(self, workspace: Workspace, slack_user_id: str) -> User:
        """The member's user, made now if Tocsin did not know them."""
        key = (workspace.team_id, slack_user_id)
        kept = self._kept.get(key)
        if kept and kept.until > self._monotonic():
            return kept.user
        user = await self._directory.slack_user(
            workspace.organization_id, workspace.team_id, SlackUserId(slack_user_id)
        )
        user = user or await self._met(workspace, slack_user_id)
        self._keep(key, user)
        return user

    async def named(self, workspace: Workspace, email: str) -> User:
        """A user by e-mail address, known to Tocsin or to Slack."""
        known = await self._directory.user_with_email(workspace.organization_id, email.lower())
        if known:
            return known
        member = await member_with_email(workspace.gateway, email)
        if member is None:
            raise NotFound(say("Nobody with the address {email} is known here.", email=email))
        return await self.user(workspace, member.id)

    async def require_present(self, workspace: Workspace, slack_user_id: str, field: str) -> None:
        """`InvalidInput` for who has left Slack, where Slack says so in time."""
        await self.require_all_present(workspace, [slack_user_id], field)

    async def require_all_present(
        self, workspace: Workspace, slack_user_ids: Iterable[str], field: str
    ) -> None:
        """The same for several, which are asked for at once; each that has left is named."""
        flaws = Flaws()
        asked = (looked_up(workspace.gateway, id) for id in slack_user_ids)
        for member in await asyncio.gather(*asked):
            if member and member.is_gone:
                flaws.note(
                    InvalidInput(
                        say("{name} has left Slack; name somebody else.", name=member.name),
                        field=field,
                    )
                )
        flaws.refuse()

    async def _met(self, workspace: Workspace, slack_user_id: str) -> User:
        member = await self._member(workspace.gateway, slack_user_id)
        if member.is_bot or member.is_gone:
            raise NotPermitted(
                say("{name} is a bot or has left; only people run incidents.", name=member.name)
            )
        if not member.is_of(workspace.team_id):
            raise NotPermitted(
                say(
                    "{name} is not of this workspace; only its own people run incidents.",
                    name=member.name,
                )
            )
        return await self._bus.execute(
            LinkSlackUser(
                caller=tocsin(workspace.organization_id),
                team_id=workspace.team_id,
                slack_user_id=SlackUserId(slack_user_id),
                email=member.email or _address_of(workspace, member),
                name=member.name,
                role=Role.VIEWER if member.is_guest else Role.ENGINEER,
            )
        )

    async def _member(self, gateway: Gateway, slack_user_id: str) -> Member:
        try:
            return await gateway.member(slack_user_id)
        except Refused as refused:
            if refused.code not in ("user_not_found", "user_not_visible"):
                raise
            raise InvalidInput(say("Slack does not know that person."), field="assignee") from None

    def _keep(self, key: tuple[str, str], user: User) -> None:
        now = self._monotonic()
        if len(self._kept) >= MOST_KEPT:
            self._kept = {key: kept for key, kept in self._kept.items() if kept.until > now}
        if len(self._kept) < MOST_KEPT:
            self._kept[key] = _Kept(user, now + KEPT_FOR)


async def looked_up(gateway: Gateway, slack_user_id: str) -> Member | None:
    """None where nobody knows: what Slack keeps to itself stops nobody."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await gateway.member(slack_user_id)
    except (Refused, Unreachable, TimeoutError):
        return None


async def member_with_email(gateway: Gateway, email: str) -> Member | None:
    """Who has that address in Slack; None when nobody has, or it cannot be one."""
    try:
        return await gateway.member_with_email(email)
    except Refused as refused:
        if refused.code in ("users_not_found", "enterprise_is_restricted", "invalid_arguments"):
            return None
        raise


def _address_of(workspace: Workspace, member: Member) -> str:
    """Slack shows no address of some guests; a reserved domain stands for it, mail never leaves."""
    return f"{member.id}@{workspace.team_id}.slack.invalid"
