"""users.*, team.info, bots.info and usergroups.list."""

from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.person import Person
from sandbox.server import Sandbox
from tests.sandbox.app_manifest import manifest
from tests.sandbox.asking import refusal


async def test_three_people_the_bot_and_slackbot_are_there(slack: AsyncWebClient) -> None:
    members = (await slack.users_list())["members"]

    assert [member["name"] for member in members] == [
        "alice",
        "bob",
        "carol",
        "greeter",
        "slackbot",
    ]


async def test_a_user_is_described(slack: AsyncWebClient, alice: Person) -> None:
    user = (await slack.users_info(user=await alice.id()))["user"]

    assert user["profile"]["email"] == "alice@example.com"
    assert user["tz"] == "Europe/Berlin"
    assert user["tz_offset"] in (3_600, 7_200)


async def test_addresses_are_for_apps_with_the_scope_for_them() -> None:
    async with Sandbox(manifest(scopes=["users:read"], events=[])) as sandbox:
        sandbox.expects("missing_scope")
        slack = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)

        members = (await slack.users_list())["members"]

        assert not any("email" in member["profile"] for member in members)
        call = slack.users_lookupByEmail(email="alice@example.com")
        assert await refusal(call) == "missing_scope"


async def test_people_are_found_by_address(slack: AsyncWebClient, bob: Person) -> None:
    found = await slack.users_lookupByEmail(email="Bob@Example.com")

    assert found["user"]["id"] == await bob.id()
    call = slack.users_lookupByEmail(email="nobody@example.com")
    assert await refusal(call) == "users_not_found"


async def test_nobody_is_found_under_a_wrong_id(slack: AsyncWebClient) -> None:
    assert await refusal(slack.users_info(user="U404")) == "user_not_found"
    assert await refusal(slack.bots_info(bot="B404")) == "bot_not_found"
    assert await refusal(slack.team_info(team="T404")) == "team_not_found"


async def test_team_and_bot_are_described(sandbox: Sandbox, slack: AsyncWebClient) -> None:
    team = sandbox.world.workspace.team

    assert (await slack.team_info())["team"]["id"] == team.id
    assert (await slack.bots_info(bot=team.bot_id))["bot"]["user_id"] == team.bot_user_id
    assert (await slack.usergroups_list())["usergroups"] == []


async def test_a_profile_is_ones_own_or_somebody_elses(
    sandbox: Sandbox, slack: AsyncWebClient, alice: Person
) -> None:
    hers = (await slack.users_profile_get(user=await alice.id()))["profile"]
    own = (await slack.users_profile_get())["profile"]

    assert (hers["first_name"], hers["last_name"]) == ("Alice", "Archer")
    assert hers["email"] == "alice@example.com"
    assert own["bot_id"] == sandbox.world.workspace.team.bot_id
    assert await refusal(slack.users_profile_get(user="U404")) == "user_not_found"


async def test_people_are_present_until_they_leave(
    sandbox: Sandbox, slack: AsyncWebClient, alice: Person
) -> None:
    user = await alice.id()
    assert (await slack.users_getPresence(user=user))["presence"] == "active"

    await sandbox.control.act("change_person", user="alice", deleted=True)

    assert (await slack.users_getPresence(user=user))["presence"] == "away"
    assert (await slack.api_call("users.getPresence"))["online"] is True
