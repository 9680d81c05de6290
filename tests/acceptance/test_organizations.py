"""Two organisations on one server, of which one has Slack."""

import aiohttp

from sandbox.server import Sandbox
from tests.processes import Tocsin, ask

NEW = {
    "email": "bob@example.com",
    "password": "a long password",
    "name": "Bob Baker",
    "organization": "Bakers",
}


async def test_what_happens_in_another_organisation_is_not_shown_in_our_workspace(
    sandbox: Sandbox, tocsin: Tocsin
) -> None:
    async with aiohttp.ClientSession(base_url=tocsin.url) as session:
        async with session.post("/api/v1/auth/register", json=NEW) as answer:
            assert answer.status == 201, await answer.text()
            token = (await answer.json())["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        wish = {"title": "The oven is cold", "severity": "critical"}
        async with session.post("/api/v1/incidents", json=wish, headers=headers) as answer:
            made = (await answer.json())["reference"]

    await tocsin.stop()
    buried = await ask(tocsin.settings, tocsin.folder, "outbox", "list")
    await tocsin.start()

    assert made == "INC-1"
    assert buried == {"buried": []}
    methods = {call["method"] for call in await sandbox.journal("api_call")}
    assert "conversations.create" not in methods
