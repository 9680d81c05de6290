"""What the doctor finds out from a Slack that answers."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import SecretStr

from bot.checks.slack import check_slack
from bot.settings import Settings
from sandbox.server import Sandbox
from tests.integration.bot.program import ROOT


def manifest() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    return read


@pytest.fixture(params=["all", "too few"])
async def workspace(request: pytest.FixtureRequest) -> AsyncIterator[tuple[str, Sandbox]]:
    """One that granted everything, and one that was installed before a scope was added."""
    granted = manifest()
    if request.param == "too few":
        granted["oauth_config"]["scopes"]["bot"].remove("pins:write")
    async with Sandbox(granted) as sandbox:
        yield request.param, sandbox


def settings_for(sandbox: Sandbox, token: str, folder: Path) -> Settings:
    return Settings(data_dir=folder).model_copy(
        update={
            "slack_bot_token": SecretStr(token),
            "slack_signing_secret": SecretStr(sandbox.signing_secret),
            "slack_api_url": sandbox.api_url,
        }
    )


async def test_scopes_are_compared_with_the_manifest(
    workspace: tuple[str, Sandbox], tmp_path: Path
) -> None:
    granted, sandbox = workspace

    findings = await check_slack(settings_for(sandbox, sandbox.bot_token, tmp_path))

    wrong = [finding for finding in findings if not finding.well]
    assert {"Slack token", "Slack requests", "clock", "Slack scopes"} == {f.name for f in findings}
    assert [finding.name for finding in wrong] == ([] if granted == "all" else ["Slack scopes"])
    assert all("pins:write" in finding.says for finding in wrong)


async def test_a_token_slack_does_not_know_is_wrong_and_not_repeated(
    workspace: tuple[str, Sandbox], tmp_path: Path
) -> None:
    _, sandbox = workspace

    (finding,) = await check_slack(settings_for(sandbox, "xoxb-hunter2", tmp_path))

    assert not finding.well
    assert "SLACK_BOT_TOKEN" in finding.says
    assert "hunter2" not in finding.says
