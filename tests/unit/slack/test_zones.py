"""In which time zone people live, as Slack says, asked no more often than needed."""

from dataclasses import dataclass, field
from typing import cast

import pytest

from bot.slack.gateway import Gateway
from bot.slack.gesture import Gesture
from bot.slack.shapes import Member
from bot.slack.workspaces import Workspace
from bot.slack.zones import KEPT_FOR, Zones
from core.domain.ids import OrganizationId, TeamId


@dataclass(slots=True)
class Slack:
    """Knows in which zone everybody lives, and how often it was asked."""

    zone: str
    asked: list[str] = field(default_factory=list)

    async def member(self, user: str) -> Member:
        self.asked.append(user)
        return Member(
            id=user,
            name="Alice",
            email="",
            is_bot=False,
            is_guest=False,
            is_gone=False,
            timezone=self.zone,
        )


def a_gesture(slack: Slack, user: str = "U0ALICE") -> Gesture:
    workspace = Workspace(
        team_id=TeamId("T1"),
        organization_id=OrganizationId("org_1"),
        bot_user_id="U0BOT",
        bot_id="B1",
        token="",
        gateway=cast(Gateway, slack),
    )
    return Gesture(workspace=workspace, user_id=user, key="k")


@pytest.mark.parametrize(
    ("told", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("", "UTC"),
        ("Mars/Olympus", "UTC"),
        ("../etc/passwd", "UTC"),
    ],
)
async def test_a_zone_that_nobody_knows_is_utc(told: str, zone: str) -> None:
    assert await Zones(lambda: 0.0).of(a_gesture(Slack(told))) == zone


async def test_slack_is_asked_once_in_a_while_for_each_person() -> None:
    now = [0.0]
    zones, slack = Zones(lambda: now[0]), Slack("Europe/Berlin")
    await zones.of(a_gesture(slack))
    await zones.of(a_gesture(slack))
    await zones.of(a_gesture(slack, "U0BOB"))
    now[0] = KEPT_FOR + 1
    slack.zone = "Asia/Tokyo"

    later = await zones.of(a_gesture(slack))

    assert later == "Asia/Tokyo"
    assert slack.asked == ["U0ALICE", "U0BOB", "U0ALICE"]
