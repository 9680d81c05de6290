"""A person who could not be shown is refused, and nobody is changed by it."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.control import SandboxRefused
from sandbox.server import Sandbox

TEXTS, FLAGS = ("real_name", "email", "tz", "title"), ("is_restricted", "deleted")
NO_TEXT: list[Any] = [1, 1.5, None, [], {}, True]
UNWRITABLE = ["\0", "a\0b", "a\nb", "\ud800", "x" * 200_000]
BAD: dict[str, list[Any]] = {
    **{field: [*NO_TEXT, *UNWRITABLE] for field in TEXTS},
    **{field: [1, "yes", None, [], {}] for field in FLAGS},
}
BAD["real_name"] += ["", "   ", "x" * 81]
BAD["email"] += ["alice", "a@b@c", "a b@c", "@", "x" * 254 + "@a"]
BAD["title"] += ["x" * 256]
BAD["tz"] += ["Moon/Base", "", "../UTC"]


@pytest.mark.parametrize("field", BAD)
async def test_nobody_becomes_what_cannot_be_shown(
    sandbox: Sandbox, slack: AsyncWebClient, field: str
) -> None:
    before = await sandbox.snapshot()

    for act, who in (("change_person", {"user": "alice"}), ("add_person", {"name": "dave"})):
        for value in BAD[field]:
            with pytest.raises(SandboxRefused, match="invalid_request") as refused:
                await sandbox.control.act(act, **who, **{field: value})
            assert f": {field} is " in str(refused.value)
            assert len(str(refused.value)) < 200

    assert (await sandbox.snapshot())["users"] == before["users"]
    assert (await slack.users_list())["ok"]


@pytest.mark.parametrize("name", ["", "\0", "x" * 200_000, "Dave", "-dave", "da ve", "dave\n"])
async def test_a_handle_has_the_form_slack_gives_it(sandbox: Sandbox, name: str) -> None:
    with pytest.raises(SandboxRefused, match="name of a person"):
        await sandbox.control.act("add_person", name=name)


async def test_proper_changes_are_taken(sandbox: Sandbox, slack: AsyncWebClient) -> None:
    changes = {
        "real_name": "Zoë 👩‍🚒 Öz",
        "email": "zoe@example.org",
        "title": "",
        "tz": "Asia/Tokyo",
    }

    changed = await sandbox.control.act("change_person", user="alice", **changes)

    user = (await slack.users_info(user=changed["user"]))["user"]
    assert (user["real_name"], user["tz"]) == ("Zoë 👩‍🚒 Öz", "Asia/Tokyo")
    assert user["profile"]["email"] == "zoe@example.org"
