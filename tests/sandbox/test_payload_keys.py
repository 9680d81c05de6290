"""Deliveries have the keys of Slack's recorded samples, with values of the same types."""

from collections.abc import AsyncIterator, Iterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import Clock
from sandbox.deliveries.subscriptions import rate_limited_payload
from sandbox.server import Sandbox
from tests.sandbox.everything import Everything, full_manifest
from tests.sandbox.listening_app import ListeningApp
from tests.sandbox.payload_gaps import ALSO_KNOWN, NOT_SENT, NOT_SENT_OF_PEOPLE, OF_ANOTHER_TYPE
from tests.sandbox.payload_shapes import Shapes, recorded, shapes_of
from tests.sandbox.reference import read

MOVED = {"type", "subtype", "user", "text", "ts", "event_ts", "channel", "channel_type"}
# Documented in words only; there is no sample.
DOCUMENTED: dict[str, set[str]] = {
    "shortcut": {"type", "token", "action_ts", "callback_id", "trigger_id"}
    | {"team", "team.id", "team.domain", "enterprise", "is_enterprise_install"}
    | {"user", "user.id", "user.username", "user.team_id"},
    "block_suggestion": {"type", "token", "api_app_id", "action_id", "block_id", "value"}
    | {"team", "team.id", "team.domain", "enterprise", "is_enterprise_install"}
    | {"user", "user.id", "user.username", "user.name", "user.team_id"}
    | {"container", "container.type", "container.view_id", "view"},
    "channel_left": {"type", "channel", "event_ts"},
    "group_left": {"type", "channel", "event_ts"},
    **{f"message of {family}_join": {*MOVED, "inviter"} for family in ("channel", "group")},
    **{f"message of {family}_leave": MOVED for family in ("channel", "group")},
    "emoji_changed": {"type", "subtype", "name", "names", "value", "event_ts"},
    "group_deleted": {"type", "channel", "actor_id", "event_ts"},
    "file_created": {"type", "file", "file_id", "user_id", "event_ts"},
    "file_shared": {"type", "file", "file_id", "user_id", "channel_id", "event_ts"},
    "file_deleted": {"type", "file_id", "event_ts"},
    "im_created": {"type", "user", "channel", "event_ts"},
    "url_verification": {"type", "token", "challenge"},
}


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(full_manifest(), clock=Clock("virtual")) as sandbox:
        yield sandbox


@pytest.fixture
async def sent(sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient) -> Shapes:
    life = Everything(sandbox, app, slack)
    for part in (life.conversation, life.channels, life.marks, life.people, life.presses):
        await part()
    await life.end()
    await sandbox.settled()
    return shapes_of([told.payload for told in app.told])


def gaps(group: str) -> set[str]:
    return NOT_SENT.get(group, set()) | NOT_SENT_OF_PEOPLE.get(group, set())


def is_gap(path: str, group: str) -> bool:
    return any(path.startswith(gap) for gap in gaps(group))


def differences(sent: Shapes) -> Iterator[str]:
    known = recorded()
    for group in sorted(known.keys() - {"app_rate_limited"}):
        keys, happened = known[group], sent.get(group, {})
        if not group.startswith("message of"):
            for key in happened.keys() - keys.keys() - ALSO_KNOWN.get(group, set()):
                yield f"{group}: {key} is unknown to Slack"
        for key in keys.keys() - happened.keys():
            if not is_gap(key, group):
                yield f"{group}: {key} is never sent"
        for key in happened.keys() & keys.keys():
            if not fits(group, key, happened[key], keys[key]):
                yield f"{group}: {key} is {happened[key]} and not {keys[key]}"


async def test_every_kind_of_payload_has_the_keys_of_its_samples(sent: Shapes) -> None:
    """One life for all of them: making everything happen takes longer than looking at it."""
    found = "\n".join(differences(sent))

    assert found == ""
    for group, documented in DOCUMENTED.items():
        assert {key for key in sent[group] if "channel." not in key} == documented, group


def fits(group: str, key: str, kinds: set[str], recorded_kinds: set[str]) -> bool:
    """Slack writes `null` for whatever there is none of."""
    return (group, key) in OF_ANOTHER_TYPE or kinds - {"nothing"} <= recorded_kinds


def test_no_gap_is_named_that_is_none() -> None:
    known = recorded()
    named = {(group, gap) for group in NOT_SENT for gap in gaps(group)}

    idle = {
        (group, gap)
        for group, gap in named
        if not any(path.startswith(gap) for path in known.get(group, {}))
    }

    assert idle == set()


async def test_the_word_of_too_many_events_stands_alone(sandbox: Sandbox) -> None:
    """Slack's documentation shows it without the envelope that the sample has around it."""
    inner = read("payloads/events/AppRateLimitedPayload.json")["event"]

    payload = rate_limited_payload(sandbox.world, 29_000_000)

    assert shapes_of([payload]) == shapes_of([inner])


async def test_an_envelope_names_the_one_installation_and_fits_the_schema(
    sandbox: Sandbox, app: ListeningApp
) -> None:
    await sandbox.control.act("add_person", name="dave")

    payload = (await app.hears("team_join")).payload

    team = sandbox.world.workspace.team
    assert payload["authorizations"] == [
        {
            "enterprise_id": None,
            "team_id": team.id,
            "user_id": team.bot_user_id,
            "is_bot": True,
            "is_enterprise_install": False,
        }
    ]
    assert payload["event_id"].startswith("Ev")
    assert isinstance(payload["event_time"], int)
    assert payload["event_time"] == int(float(payload["event"]["event_ts"]))
