"""The doctor looks for the channel where incidents are announced."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.checks.finding import Finding
from bot.checks.slack import check_slack
from bot.settings import Settings
from sandbox.server import Sandbox
from tests.integration.slack.stage import MANIFEST


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(MANIFEST) as sandbox:
        yield sandbox


async def trouble(sandbox: Sandbox, channel: str, folder: Path) -> list[Finding]:
    settings = Settings(data_dir=folder).model_copy(
        update={
            "slack_bot_token": SecretStr(sandbox.bot_token),
            "slack_signing_secret": SecretStr(sandbox.signing_secret),
            "slack_api_url": sandbox.api_url,
            "announcement_channel": channel,
        }
    )
    return [finding for finding in await check_slack(settings) if not finding.well]


async def test_a_channel_that_is_there_is_no_trouble(sandbox: Sandbox, tmp_path: Path) -> None:
    room = await sandbox.channel_named("incidents")

    for channel in ("incidents", room.id):
        assert await trouble(sandbox, channel, tmp_path) == []


@pytest.mark.parametrize(("channel", "shown"), [("alarms", "#alarms"), ("C0123456789",) * 2])
async def test_a_missing_channel_comes_with_its_mend(
    sandbox: Sandbox, tmp_path: Path, channel: str, shown: str
) -> None:
    (finding,) = await trouble(sandbox, channel, tmp_path)

    assert finding.name == "announcement channel"
    assert f"There is no channel {shown} that Tocsin can see; create" in finding.says
    assert "“/invite @" in finding.says
    assert "TOCSIN_ANNOUNCEMENT_CHANNEL" in finding.says


@pytest.mark.parametrize("by", ["name", "id"])
async def test_an_archived_channel_is_as_good_as_none(
    sandbox: Sandbox, tmp_path: Path, by: str
) -> None:
    room = await sandbox.channel_named("incidents")
    await sandbox.person("alice").archives(room)

    (finding,) = await trouble(sandbox, "incidents" if by == "name" else room.id, tmp_path)

    assert "unarchive it" in finding.says


async def test_a_slack_that_stumbles_is_said_to_have_stumbled(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    await sandbox.fault("conversations.list", "status")

    (finding,) = await trouble(sandbox, "incidents", tmp_path)

    assert finding.says.startswith("It could not be looked for: Slack answered with an error")
