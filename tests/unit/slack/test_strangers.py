"""People of other companies in a shared channel run no incidents."""

from dataclasses import dataclass
from typing import Any, cast

import pytest

from bot.slack.gateway import Gateway
from bot.slack.people import People
from bot.slack.shapes import Member, member_from
from bot.slack.workspaces import Workspace
from core.bus import CommandBus
from core.domain.ids import TeamId
from core.errors import NotPermitted
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore


@dataclass(slots=True, kw_only=True)
class Slack:
    """Tells of everybody the same."""

    told: dict[str, Any]

    async def member(self, user: str) -> Member:
        return member_from({"id": user, "name": "eve", "real_name": "Eve Elm", **self.told})


async def meet(told: dict[str, Any]) -> str:
    """By what name Tocsin knows whoever Slack tells so of."""
    store = FakeStore()
    people = People(CommandBus(store.transactions, FakeClock()), store.directory, lambda: 0.0)
    organization = await store.directory.ensure_organization("default", "Default")
    workspace = Workspace(
        team_id=TeamId("T1"),
        organization_id=organization.id,
        bot_user_id="U0BOT",
        bot_id="B1",
        token="",
        gateway=cast(Gateway, Slack(told=told)),
    )
    return (await people.caller(workspace, "U0EVE")).actor.name


@pytest.mark.parametrize(
    "told",
    [
        {"team_id": "T2"},
        {"team_id": "T1", "is_stranger": True},
        {"team_id": "T2", "enterprise_user": {"teams": ["T2", "T3"]}},
    ],
)
async def test_somebody_of_another_workspace_is_let_into_nothing(told: dict[str, Any]) -> None:
    with pytest.raises(NotPermitted, match="Eve Elm is not of this workspace"):
        await meet(told)


@pytest.mark.parametrize(
    "told", [{}, {"team_id": "T1"}, {"team_id": "E9", "enterprise_user": {"teams": ["T1", "T2"]}}]
)
async def test_whoever_is_of_the_workspace_is_met(told: dict[str, Any]) -> None:
    assert await meet(told) == "Eve Elm"
