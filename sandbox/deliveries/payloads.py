"""The bodies of commands and interactions, key by key as Slack fills them."""

from collections.abc import Iterator

from sandbox.json_types import Json
from sandbox.model.channels import Channel
from sandbox.model.message_wire import message_json
from sandbox.model.messages import Message
from sandbox.model.people import User
from sandbox.model.view_state import value_key
from sandbox.model.views import View
from sandbox.model.wire import view_json
from sandbox.world import World

# Nothing can be opened or answered while somebody types.
UNANSWERED = ("trigger_id", "response_url")


def command_payload(
    world: World, user: User, channel: Channel, command: str, text: str
) -> dict[str, str]:
    team = world.workspace.team
    return {
        "token": world.credentials.verification_token,
        "team_id": team.id,
        "team_domain": team.domain,
        "channel_id": channel.id,
        "channel_name": channel_label(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": team.app_id,
        "is_enterprise_install": "false",
        "response_url": world.url + world.response_urls.issue(user.id, channel.id),
        "trigger_id": world.triggers.issue(user.id),
    }


def channel_label(channel: Channel) -> str:
    if channel.is_im:
        return "directmessage"
    return "privategroup" if channel.is_private else channel.name


def interaction(world: World, kind: str, user: User) -> Json:
    """What every interaction starts with."""
    team = world.workspace.team
    return {
        "type": kind,
        "team": {"id": team.id, "domain": team.domain},
        "user": {
            "id": user.id,
            "username": user.name,
            "name": user.name,
            "team_id": team.id,
        },
        "api_app_id": team.app_id,
        "token": world.credentials.verification_token,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def message_place(world: World, message: Message, user: User) -> Json:
    """Where an interaction with a message happened, and how to answer there."""
    channel = world.workspace.channels[message.channel]
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": bool(message.ephemeral_to),
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    path = world.response_urls.issue(user.id, channel.id, message.ts, message.thread_ts)
    place: Json = {
        "container": container,
        "trigger_id": world.triggers.issue(user.id),
        "channel": {"id": channel.id, "name": channel_label(channel)},
        "response_url": world.url + path,
    }
    if not message.ephemeral_to:
        place["message"] = message_json(message, world.workspace)
    return place


def view_place(world: World, view: View, user: User) -> Json:
    in_modal = view.id if view.type == "modal" else ""
    return {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": world.triggers.issue(user.id, in_modal),
        "view": view_json(view, world.workspace),
    }


def shortcut_payload(world: World, callback_id: str, user: User) -> Json:
    """A global shortcut happens nowhere in particular."""
    payload = interaction(world, "shortcut", user)
    # Alone among interactions, shortcuts do not say which app they are for.
    del payload["api_app_id"]
    payload["user"].pop("name")
    return payload | {
        "callback_id": callback_id,
        "trigger_id": world.triggers.issue(user.id),
        "action_ts": world.workspace.next_ts(),
    }


def message_action_payload(world: World, callback_id: str, message: Message, user: User) -> Json:
    payload = interaction(world, "message_action", user) | message_place(world, message, user)
    del payload["api_app_id"], payload["container"]
    payload["user"].pop("username")
    return payload | {
        "callback_id": callback_id,
        "message_ts": message.ts,
        "action_ts": world.workspace.next_ts(),
    }


def suggestion_payload(world: World, where: Json, user: User) -> Json:
    """What somebody types into a menu whose options come from the app."""
    rest = {name: value for name, value in where.items() if name not in UNANSWERED}
    return interaction(world, "block_suggestion", user) | rest


def submission_payload(world: World, view: View, user: User) -> Json:
    payload = interaction(world, "view_submission", user)
    return payload | {
        "trigger_id": world.triggers.issue(user.id, view.id),
        "view": view_json(view, world.workspace),
        "response_urls": list(_response_urls(world, view, user)),
    }


def _response_urls(world: World, view: View, user: User) -> Iterator[Json]:
    """One per menu of conversations that asked for it and names one."""
    for block in view.blocks:
        element = block.get("element", {})
        if not element.get("response_url_enabled"):
            continue
        state = view.values.get(block["block_id"], {}).get(element["action_id"], {})
        if channel := state.get(value_key(element)):
            yield {
                "block_id": block["block_id"],
                "action_id": element["action_id"],
                "channel_id": channel,
                "response_url": world.url + world.response_urls.issue(user.id, channel),
            }


def closing_payload(world: World, view: View, user: User, *, is_cleared: bool) -> Json:
    payload = interaction(world, "view_closed", user)
    return payload | {"view": view_json(view, world.workspace), "is_cleared": is_cleared}
