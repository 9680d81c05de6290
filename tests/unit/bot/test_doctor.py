"""What the doctor says about the settings, the folder, the clock and the scopes."""

from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.checks.finding import Finding
from bot.checks.machine import check_folder, check_port, check_secret_key, check_settings
from bot.checks.slack import compared_clocks, compared_scopes
from bot.doctor import answer
from bot.encryption import secret_key_in
from bot.settings import Settings
from tests.fakes.moment import NOON


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    return Settings(data_dir=tmp_path / "data", port=0)


def test_a_variable_nobody_reads_is_wrong_and_the_one_meant_is_guessed(settings: Settings) -> None:
    findings = list(check_settings(settings, {"TOCSIN_PROT": "1", "TOCSIN_HOST": "x", "HOME": "/"}))

    assert [finding.well for finding in findings] == [True, False]
    assert "TOCSIN_HOST" in findings[0].says
    assert findings[1].says == "TOCSIN_PROT is not a setting; did you mean TOCSIN_PORT?"


def test_no_value_of_a_setting_is_shown(settings: Settings) -> None:
    findings = check_settings(settings, {"SLACK_BOT_TOKEN": "xoxb-hunter2"})

    assert "hunter2" not in "".join(finding.says for finding in findings)


def test_a_folder_that_is_not_there_will_be_made(settings: Settings) -> None:
    assert check_folder(settings).well
    assert not settings.data_dir.exists()


def test_a_file_in_place_of_the_folder_is_wrong(settings: Settings) -> None:
    settings.data_dir.write_text("in the way")

    finding = check_folder(settings)

    assert not finding.well
    assert "TOCSIN_DATA_DIR" in finding.says


def test_a_secret_key_others_may_read_is_wrong_and_the_mend_is_a_command(
    settings: Settings,
) -> None:
    settings.data_dir.mkdir()
    secret_key_in(settings.data_dir)
    assert check_secret_key(settings).well

    (settings.data_dir / "secret.key").chmod(0o644)

    finding = check_secret_key(settings)
    assert not finding.well
    assert "chmod 600" in finding.says


async def test_a_port_somebody_else_has_is_wrong(settings: Settings) -> None:
    async with TestServer(web.Application()) as somebody_else:
        finding = await check_port(settings.model_copy(update={"port": somebody_else.port}))

    assert not finding.well
    assert "TOCSIN_PORT" in finding.says


async def test_a_port_at_which_tocsin_answers_is_fine(settings: Settings) -> None:
    async def live(_: web.Request) -> web.Response:
        return web.Response()

    application = web.Application()
    application.router.add_get("/health/live", live)
    async with TestServer(application) as tocsin:
        finding = await check_port(settings.model_copy(update={"port": tocsin.port}))

    assert finding.well
    assert "is running" in finding.says


@pytest.mark.parametrize(("seconds", "well"), [(0, True), (-59, True), (61, False), (-3600, False)])
def test_clocks_may_differ_by_a_minute(seconds: int, well: bool) -> None:
    assert compared_clocks(NOON, NOON + timedelta(seconds=seconds)).well is well


@pytest.fixture
def manifest(settings: Settings, tmp_path: Path) -> Path:
    path = tmp_path / "manifest.yml"
    path.write_text("oauth_config:\n  scopes:\n    bot: [chat:write, pins:write]\n")
    return path


@pytest.mark.usefixtures("manifest")
def test_granted_scopes_may_be_more_than_are_asked_for() -> None:
    assert compared_scopes("chat:write,pins:write,users:read").well


@pytest.mark.usefixtures("manifest")
def test_missing_scopes_are_named_with_the_mend() -> None:
    finding = compared_scopes("chat:write")

    assert not finding.well
    assert "pins:write" in finding.says
    assert "chat:write" not in finding.says
    assert "install it again" in finding.says


def test_a_manifest_without_scopes_is_wrong(manifest: Path) -> None:
    manifest.write_text("display_information: {name: Tocsin}")

    assert not compared_scopes("chat:write").well


def test_one_thing_that_is_wrong_makes_the_exit_code_1() -> None:
    well = answer([Finding.fine("clock", "It agrees.")])
    ill = answer([Finding.fine("clock", "It agrees."), Finding.wrong("port", "It is taken.")])

    assert (well.code, ill.code) == (0, 1)
    assert ill.words.splitlines()[2].split() == ["WRONG", "port", "It", "is", "taken."]
    assert ill.object["checks"] == [
        {"name": "clock", "ok": True, "message": "It agrees."},
        {"name": "port", "ok": False, "message": "It is taken."},
    ]
