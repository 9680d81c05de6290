"""No image is built in the tests, so everything the container files name is looked up instead."""

import asyncio
import os
import re
import subprocess
import sys
import tomllib
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator
from typing import Any

import pytest
import yaml
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import AliasChoices
from pydantic.fields import FieldInfo

from bot.settings import Settings
from tests.architecture.dockerfile import Instruction, copied_from_the_tree, read_instructions
from tests.architecture.repository import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = (ROOT / "compose.yml").read_text(encoding="utf-8")
INSTRUCTIONS = list(read_instructions(DOCKERFILE))
SETTING = re.compile(r"\b(?:TOCSIN|SLACK)_[A-Z_]+\b")


def _services() -> dict[str, dict[str, Any]]:
    services: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE)["services"]
    return services


def _last(word: str) -> Instruction:
    return [one for one in INSTRUCTIONS if one.word == word][-1]


def _settings() -> dict[str, FieldInfo]:
    """Each environment variable that is read, and the field it fills."""
    fields = Settings.model_fields.items()
    return {alias.upper(): field for name, field in fields for alias in _names_of(name, field)}


def _names_of(name: str, field: FieldInfo) -> list[str]:
    match field.validation_alias or field.alias:
        case str(alias):
            return [alias]
        case AliasChoices(choices=choices):
            return [choice for choice in choices if isinstance(choice, str)]
        case _:
            return [Settings.model_config.get("env_prefix", "") + name]


def test_everything_copied_exists_and_is_let_through() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_through = {line.removeprefix("!") for line in ignored if line.startswith("!")}

    sources = copied_from_the_tree(INSTRUCTIONS)

    assert [source for source in sources if not (ROOT / source).exists()] == []
    assert sorted(sources) == sorted(let_through)


def test_everything_the_wheel_needs_is_copied() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = {
        *project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"],
        *project["project"]["license-files"],
        project["project"]["readme"],
    }

    assert sorted(needed - set(copied_from_the_tree(INSTRUCTIONS))) == []


def test_the_entry_point_is_the_console_script() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    assert _last("ENTRYPOINT").arguments[0] in project["project"]["scripts"]
    assert _last("ENTRYPOINT").arguments[1:] == []


def _commands() -> list[list[str]]:
    ours = [one["command"] for one in _services().values() if one.get("build") == "."]
    spoken = [line.split() for line in re.findall(r"tocsin tocsin (.+)", COMPOSE)]
    return [_last("CMD").arguments, *ours, *spoken]


@pytest.mark.parametrize("command", _commands(), ids=" ".join)
def test_every_command_is_one_that_tocsin_has(command: list[str]) -> None:
    words = [word for word in command if not word.startswith("-")]

    answer = subprocess.run(
        [sys.executable, "-m", "bot", *words, "--help"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert answer.returncode == 0, answer.stderr


def test_every_variable_is_a_setting() -> None:
    named = set(SETTING.findall(DOCKERFILE + COMPOSE))

    assert {"TOCSIN_HOST", "TOCSIN_DATABASE_URL", "TOCSIN_SECRET_KEY"} <= named
    assert sorted(named - set(_settings())) == []


def test_one_port_is_meant_everywhere() -> None:
    port = str(_settings()["TOCSIN_PORT"].get_default())

    assert _last("EXPOSE").arguments == [port]
    assert f"TOCSIN_PORT={port}" in DOCKERFILE
    assert _services()["tocsin"]["ports"] == [f"127.0.0.1:{port}:{port}"]


def test_it_listens_outside_the_container_and_keeps_its_data_in_the_volume() -> None:
    environment = " ".join(one.value for one in INSTRUCTIONS if one.word == "ENV")

    assert "TOCSIN_HOST=0.0.0.0" in environment
    assert f"TOCSIN_DATA_DIR={_last('VOLUME').value}" in environment
    assert f"tocsin-data:{_last('VOLUME').value}" in _services()["tocsin"]["volumes"]


def test_it_runs_as_nobody_in_particular_from_a_second_stage() -> None:
    assert sum(one.word == "FROM" for one in INSTRUCTIONS) == 2
    assert _last("USER").value not in {"root", "0"}
    assert re.search(rf"useradd --system .* {_last('USER').value}\b", DOCKERFILE)


def test_the_database_it_is_given_is_the_one_beside_it() -> None:
    services = _services()
    url = services["tocsin"]["environment"]["TOCSIN_DATABASE_URL"]

    assert url.startswith("postgresql+asyncpg://")
    assert set(re.findall(r"@(\w+):5432/", url)) == {"postgres"} <= set(services)
    assert services["migrate"]["environment"]["TOCSIN_DATABASE_URL"] == url


def test_secrets_have_no_default() -> None:
    uses = re.findall(r"\$\{([A-Z_]+)(:\??-?)", COMPOSE)

    assert {name for name, _ in uses} == {"TOCSIN_SECRET_KEY", "POSTGRES_PASSWORD"}
    assert {operator for _, operator in uses} == {":?"}


@pytest.fixture(params=[200, 503])
async def health(request: pytest.FixtureRequest) -> AsyncIterator[tuple[TestServer, int]]:
    status: int = request.param

    async def live(_: web.Request) -> web.Response:
        return web.Response(status=status)

    application = web.Application()
    application.router.add_get("/health/live", live)
    server = TestServer(application)
    async with server:
        yield server, status


async def test_the_health_check_tells_well_from_ill(health: tuple[TestServer, int]) -> None:
    server, status = health
    check = _last("HEALTHCHECK").value
    command = Instruction(word="CMD", value=check[check.index("CMD ") + 4 :]).arguments
    environment = {**os.environ, "TOCSIN_PORT": str(server.port)}

    process = await asyncio.create_subprocess_exec(
        sys.executable, *command[1:], env=environment, stderr=DEVNULL
    )

    assert command[0] == "python"
    assert (await process.wait() == 0) is (status == 200)
