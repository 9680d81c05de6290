"""Installing the app through OAuth: who may, what is kept, what happens when it goes."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
import yaml

from bot.encryption import Cipher
from bot.slack.oauth import INSTALL, REDIRECT, Vault
from core.domain.ids import IncidentId, TeamId
from core.effects import RefreshCard
from core.ports import Parcel, ParcelId, Undeliverable
from sandbox.server import Sandbox
from tests.fakes.installations import FakeInstallations
from tests.integration.slack.knocking import knock, signed
from tests.integration.slack.stage import MANIFEST, Stage, staged

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


TOLD_OF_REMOVALS = (
    ({"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}}, 1),
    ({"type": "tokens_revoked", "tokens": {"bot": ["U1"]}}, 0),
    ({"type": "app_uninstalled"}, 0),
)
"""What Slack tells, and how many installations are left."""


@asynccontextmanager
async def browser() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        yield session


@pytest.fixture
def vault() -> Vault:
    return Vault(installations=FakeInstallations(), cipher=Cipher("a secret key of some length"))


@pytest.fixture
async def stage(tmp_path: Path, vault: Vault) -> AsyncIterator[Stage]:
    manifest = yaml.safe_load(MANIFEST.read_text())
    manifest["oauth_config"]["redirect_urls"] = ["http://127.0.0.1:"]
    async with staged(tmp_path, sandbox=Sandbox(manifest), vault=vault) as stage:
        yield stage


async def install(stage: Stage, session: aiohttp.ClientSession) -> tuple[int, str]:
    async with session.get(f"{stage.sandbox.app_url}{INSTALL}") as response:
        return response.status, await response.text()


async def test_an_installed_workspace_runs_incidents(stage: Stage, vault: Vault) -> None:
    async with browser() as session:
        status, page = await install(stage, session)

    room = await stage.declares("Search is slow")

    assert (status, "Tocsin is installed in" in page) == (200, True)
    assert (await stage.card(room)).is_pinned
    [installation] = await vault.installations.all()
    assert stage.sandbox.bot_token.encode() not in installation.token_ciphertext
    assert vault.cipher.decrypt(installation.token_ciphertext) == stage.sandbox.bot_token


async def test_another_browser_cannot_finish_an_installation(stage: Stage, vault: Vault) -> None:
    async with browser() as one, browser() as other:
        async with one.get(f"{stage.sandbox.app_url}{INSTALL}", allow_redirects=False) as response:
            state = response.headers["Location"].split("state=")[1].split("&")[0]

        address = f"{stage.sandbox.app_url}{REDIRECT}?code=x&state={state}"
        async with other.get(address) as response:
            assert response.status == 400

    assert await vault.installations.all() == []


async def test_a_second_workspace_does_not_get_in(stage: Stage, vault: Vault) -> None:
    async with browser() as session:
        await install(stage, session)
        [ours] = await vault.installations.all()
        await vault.installations.remove(ours.team_id)
        await vault.installations.save(replace(ours, team_id=TeamId("T0OTHER")))

        status, page = await install(stage, session)

    assert status == 400
    assert "remove the app there" in page


async def test_before_it_is_installed_everything_says_so(stage: Stage) -> None:
    await stage.alice.types(await stage.room("general"), "/incident list")

    effect = RefreshCard(incident_id=IncidentId("inc_1"))
    parcel = Parcel(id=ParcelId(1), organization_id=stage.organization_id, effect=effect)
    with pytest.raises(Undeliverable, match="open /slack/install in a browser"):
        await stage.door.deliveries[RefreshCard](effect, parcel)


async def test_an_app_that_is_removed_is_forgotten(stage: Stage, vault: Vault) -> None:
    async with browser() as session:
        for event, left in TOLD_OF_REMOVALS:
            await install(stage, session)
            [installation] = await vault.installations.all()
            told = {"type": "event_callback", "team_id": installation.team_id, "event": event}
            body = json.dumps(told).encode()

            status, _ = await knock(stage, session, body, signed(stage, body))

            assert (status, len(await vault.installations.all())) == (200, left), event
