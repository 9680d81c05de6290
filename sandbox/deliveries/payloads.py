"""The bodies of commands and interactions, key by key as Slack fills them."""

from sandbox.json_types import Json
from sandbox.model.channels import Channel
from sandbox.model.message_wire import message_json
from sandbox.model.messages import Message
from sandbox.model.people import User
from sandbox.model.view_state import value_key
from sandbox.model.views import View
from sandbox.model.wire import view_json
from sandbox.world import World


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


def submission_payload(world: World, view: View, user: User) -> Json:
    payload = interaction(world, "view_submission", user)
    return payload | {
        "trigger_id": world.triggers.issue(user.id, view.id),
        "view": view_json(view, world.workspace),
        "response_urls": [],
    }


def closing_payload(world: World, view: View, user: User, *, is_cleared: bool) -> Json:
    payload = interaction(world, "view_closed", user)
    return payload | {"view": view_json(view, world.workspace), "is_cleared": is_cleared}


def action_entry(block: Json, element: Json, state: Json, action_ts: str) -> Json:
    """One entry of `actions`: the element's own words, and what was chosen."""
    entry: Json = {
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "type": element["type"],
        "action_ts": action_ts,
    }
    for name in ("text", "value", "style", "url", "placeholder", "confirm", "initial_option"):
        if name in element:
            entry[name] = element[name]
    key = value_key(element) or ("selected_option" if element["type"] == "overflow" else "")
    return entry | ({key: state.get(key)} if key else {})
