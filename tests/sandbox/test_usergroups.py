"""User groups: founded, filled, renamed, disabled."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.sandbox.asking import refusal
from tests.sandbox.listening_app import ListeningApp


@pytest.fixture
async def group(slack: AsyncWebClient) -> str:
    answer = await slack.usergroups_create(name="On call", handle="on-call")
    return str(answer["usergroup"]["id"])


async def test_a_group_is_founded_and_filled(
    slack: AsyncWebClient, group: str, alice: Person, bob: Person
) -> None:
    users = [await alice.id(), await bob.id()]

    filled = await slack.usergroups_users_update(usergroup=group, users=users)

    assert group.startswith("S")
    assert filled["usergroup"]["user_count"] == 2
    assert (await slack.usergroups_users_list(usergroup=group))["users"] == users
    [listed] = (await slack.usergroups_list(include_users=True))["usergroups"]
    assert (listed["handle"], listed["users"]) == ("on-call", users)


async def test_the_app_hears_who_came(
    app: ListeningApp, slack: AsyncWebClient, group: str, alice: Person
) -> None:
    await slack.usergroups_users_update(usergroup=group, users=[await alice.id()])

    told = await app.hears("subteam_updated")

    assert told.payload["event"]["subteam"]["users"] == [await alice.id()]


async def test_a_disabled_group_is_hidden_until_it_is_enabled(
    slack: AsyncWebClient, group: str
) -> None:
    await slack.usergroups_disable(usergroup=group)
    hidden = await slack.usergroups_list()
    shown = await slack.usergroups_list(include_disabled=True)

    await slack.usergroups_enable(usergroup=group)

    assert hidden["usergroups"] == []
    assert shown["usergroups"][0]["date_delete"] > 0
    assert len((await slack.usergroups_list())["usergroups"]) == 1


@pytest.mark.parametrize(
    ("parts", "error"),
    [
        ({"name": "ON CALL", "handle": "other"}, "name_already_exists"),
        ({"name": "Other", "handle": "on-call"}, "handle_already_exists"),
        ({"name": "Other", "handle": "alice"}, "handle_already_exists"),
        ({"name": "Other", "handle": "general"}, "handle_already_exists"),
        ({"name": "Other", "handle": "here"}, "forbidden_handle"),
        ({"name": "Other", "handle": "On Call"}, "bad_handle"),
        ({"name": "Other", "description": "x" * 141}, "description_too_long"),
        ({"name": "x" * 81, "handle": "other"}, "name_too_long"),
        ({"name": "Other", "channels": "C404"}, "invalid_channel_provided"),
    ],
)
async def test_a_bad_group_is_refused(
    slack: AsyncWebClient, group: str, parts: dict[str, Any], error: str
) -> None:
    assert group

    assert await refusal(slack.api_call("usergroups.create", params=parts)) == error


async def test_a_group_is_renamed(slack: AsyncWebClient, group: str, general: Room) -> None:
    await slack.usergroups_update(
        usergroup=group, name="Night watch", description="Awake", channels=[general.id]
    )

    [listed] = (await slack.usergroups_list())["usergroups"]
    assert (listed["name"], listed["handle"], listed["description"]) == (
        "Night watch",
        "on-call",
        "Awake",
    )
    assert listed["prefs"]["channels"] == [general.id]


async def test_members_are_people_of_the_workspace(
    sandbox: Sandbox, slack: AsyncWebClient, group: str, bob: Person
) -> None:
    async def error(users: list[str]) -> str:
        return await refusal(slack.usergroups_users_update(usergroup=group, users=users))

    assert await error(["U404"]) == "invalid_users"
    assert await error([sandbox.world.workspace.team.bot_user_id]) == "invalid_users"
    left = await bob.id()
    await sandbox.control.act("change_person", user="bob", deleted=True)
    assert await error([left]) == "failed_for_some_users"


async def test_an_unknown_group_has_no_members(slack: AsyncWebClient) -> None:
    call = slack.usergroups_users_list(usergroup="S404")

    assert await refusal(call) == "no_such_subteam"


async def test_groups_need_a_paid_plan(sandbox: Sandbox, slack: AsyncWebClient) -> None:
    await sandbox.settings(is_paid=False)

    assert await refusal(slack.usergroups_list()) == "plan_upgrade_required"
    assert await refusal(slack.usergroups_create(name="x")) == "plan_upgrade_required"
    assert await refusal(slack.usergroups_update(usergroup="S1", name="x")) == "paid_teams_only"


async def test_preferences_may_forbid_changing_groups(
    sandbox: Sandbox, slack: AsyncWebClient
) -> None:
    await sandbox.settings(restricted_actions=["usergroups.create"])

    assert await refusal(slack.usergroups_create(name="x")) == "permission_denied"
