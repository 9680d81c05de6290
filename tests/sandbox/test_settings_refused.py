"""A setting that would come to nothing is refused by its name, and changes nothing."""

from typing import Any

import pytest

from sandbox.control.setting_checks import CHECKS, check_settings
from sandbox.conversation.control import SandboxRefused
from sandbox.errors import Refusal
from sandbox.server import Sandbox

# What no setting is, whatever it is of.
NEVER: list[Any] = [{}, [1], "\0", -1, float("inf"), float("nan"), -float("inf"), 10**400]
NO_TEXT = [1, [], {}, True, None]
BAD: list[tuple[str, Any]] = [
    *((name, value) for name in CHECKS for value in NEVER),
    *(("app_url", value) for value in (*NO_TEXT, "inf", "localhost:3000", "ftp://localhost")),
    ("app_url", "http://127.0.0.1:3000/slack/events"),
    ("app_url", "http://me:secret@127.0.0.1:3000"),
    ("app_url", "http://127.0.0.1:3000\n"),
    ("app_url", "http://[broken"),
    *(("broadcasts_allowed", value) for value in ("", "x", 0, 1, None)),
    ("edit_window_seconds", True),
    ("rate_burst", 0),
    ("rate_limits", ["off"]),
    ("restricted_actions", None),
    ("restricted_actions", ["api.test"]),
    ("restricted_actions", ["no.such"]),
    ("uploads", None),
]


@pytest.mark.parametrize(("name", "value"), BAD, ids=lambda part: ascii(part)[:30])
def test_a_setting_that_means_nothing_is_refused_by_name(name: str, value: Any) -> None:
    with pytest.raises(Refusal) as refused:
        check_settings({"is_paid": False, name: value})

    assert refused.value.message.startswith((f"{name} is ", f"{name}: "))
    assert refused.value.message.endswith(".")


async def test_an_unknown_setting_is_refused_with_those_there_are(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxRefused, match=r"no setting rate_limit, only .*rate_limits") as told:
        await sandbox.settings(rate_limit="harsh")

    assert all(name in str(told.value) for name in CHECKS)


async def test_where_the_app_listens_may_be_taken_back(sandbox: Sandbox) -> None:
    await sandbox.settings(app_url="http://127.0.0.1:3000/")
    assert sandbox.app_url == "http://127.0.0.1:3000"

    await sandbox.settings(app_url="")
    assert sandbox.app_url == ""
