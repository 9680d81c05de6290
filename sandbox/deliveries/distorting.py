"""Payloads as they look after a fault: too old, too long, too much in them, or too little."""

import copy
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from sandbox.deliveries.delivery import Delivery
from sandbox.deliveries.typing import escape_typed
from sandbox.facts import limits
from sandbox.facts.hostile_texts import HOSTILE_TEXTS, LONGEST, giant_text
from sandbox.faults import FaultRule
from sandbox.json_types import Json
from sandbox.model.people import User
from sandbox.referee import note_typed
from sandbox.world import World

# Slack adds keys without asking; some of them look like ones an app may think it knows.
NEWS: Json = {"x_added_later": {"is_new": True, "ids": [1, None, "two"]}, "enterprise_url": None}
# Keys that are absent in some workspaces, plans or kinds of channel.
OPTIONAL = frozenset(
    {
        "api_app_id",
        "authorizations",
        "authed_users",
        "channel_name",
        "channel_type",
        "client_msg_id",
        "context_enterprise_id",
        "context_team_id",
        "enterprise",
        "event_context",
        "is_enterprise_install",
        "is_ext_shared_channel",
        "response_urls",
        "team_domain",
        "token",
        "user_name",
        "username",
    }
)
# Deep enough for the objects that describe people, places and events.
DEPTH = 2

Distortion = Callable[[World, Json, FaultRule], None]


def distorted(world: World, delivery: Delivery, fault: FaultRule | None) -> Delivery:
    """The delivery as the fault lets it arrive; the workspace itself stays as it is."""
    distort = DISTORTIONS.get(fault.kind) if fault else None
    if fault is None or distort is None:
        return delivery
    payload = copy.deepcopy(delivery.payload)
    distort(world, payload, fault)
    return replace(delivery, payload=payload)


def can_befall(world: World, delivery: Delivery, rule: FaultRule) -> bool:
    """Whether the delivery has what the fault would change, and travels where it happens."""
    over_sockets = delivery.goes_over_sockets(socket_mode=world.transport.socket_mode)
    match rule.kind:
        case "bad_signature" | "clock_skew":
            return not over_sockets
        case "same_envelope":
            return over_sockets
        case "old_trigger":
            return "trigger_id" in delivery.payload
        case "pressed_twice":
            return "message_ts" in delivery.payload.get("container", {})
        case "giant_text" | "hostile_text":
            return _has_text(delivery.payload)
    return True


def _has_text(payload: Json) -> bool:
    if "event" in payload:
        return "text" in payload["event"]
    return "command" in payload or any(_inputs(payload))


def _inputs(payload: Json) -> Iterator[Json]:
    """What was typed into the text inputs of a view."""
    for actions in payload.get("view", {}).get("state", {}).get("values", {}).values():
        for state in actions.values():
            if state.get("type") == "plain_text_input":
                yield state


def _add_fields(_world: World, payload: Json, _fault: FaultRule) -> None:
    if "command" in payload or "ssl_check" in payload:
        # A form has texts only.
        payload["x_added_later"] = "1"
        return
    for part in list(_objects(payload, DEPTH)):
        part.update(copy.deepcopy(NEWS))


def _drop_fields(_world: World, payload: Json, _fault: FaultRule) -> None:
    for part in list(_objects(payload, DEPTH)):
        for name in OPTIONAL & set(part):
            del part[name]


def _objects(value: Any, depth: int) -> Iterator[Json]:
    """The payload and the objects in it that describe people, places and events."""
    if isinstance(value, dict):
        yield value
        if depth:
            for name, part in value.items():
                # What is in blocks and states is the app's own.
                if name not in ("state", "blocks", "values"):
                    yield from _objects(part, depth - 1)


def _expire_trigger(world: World, payload: Json, _fault: FaultRule) -> None:
    world.triggers.expire(str(payload.get("trigger_id")))


def _outdate_view(world: World, payload: Json, _fault: FaultRule) -> None:
    """The app has changed the view since this person looked at it."""
    earlier = world.workspace.seconds() - 60
    payload["view"]["hash"] = f"{earlier}.{world.workspace.ids.hex(8)}"


def _make_hostile(world: World, payload: Json, fault: FaultRule) -> None:
    name = fault.text or world.faults.chance.choice(sorted(HOSTILE_TEXTS))
    _say(world, payload, HOSTILE_TEXTS[name])


def _make_giant(world: World, payload: Json, _fault: FaultRule) -> None:
    _say(world, payload, giant_text(LONGEST))


def _say(world: World, payload: Json, text: str) -> None:
    """Put a text where the person's own words were."""
    note_typed(world, text)
    escaped = escape_typed(world.workspace, text, labels=False)
    if "command" in payload:
        command = world.app.command(payload["command"])
        payload["text"] = escaped if command and command.should_escape else text
    elif "event" in payload:
        payload["event"]["text"] = escaped
    else:
        for state in _inputs(payload):
            state["value"] = text[: limits.INPUT_LENGTH]


DISTORTIONS: dict[str, Distortion] = {
    "unknown_fields": _add_fields,
    "missing_fields": _drop_fields,
    "old_trigger": _expire_trigger,
    "stale_view": _outdate_view,
    "hostile_text": _make_hostile,
    "giant_text": _make_giant,
}


def pressed_by_another(world: World, delivery: Delivery, new_id: str) -> Delivery | None:
    """The same button in the hands of somebody else who sees the message; nobody, in a view."""
    payload = delivery.payload
    channel = world.workspace.channels.get(payload.get("channel", {}).get("id", ""))
    other = _other_person(world, channel.members if channel else (), payload["user"]["id"])
    if channel is None or other is None:
        return None
    container = payload["container"]
    path = world.response_urls.issue(
        other.id, channel.id, container["message_ts"], container.get("thread_ts", "")
    )
    person = {"id": other.id, "username": other.name, "name": other.name}
    changed = copy.deepcopy(payload) | {
        "user": {**payload["user"], **person},
        "trigger_id": world.triggers.issue(other.id),
        "response_url": world.url + path,
    }
    return replace(delivery, id=new_id, payload=changed)


def _other_person(world: World, members: tuple[str, ...], first: str) -> User | None:
    people = (world.workspace.users.get(member) for member in members if member != first)
    return next((user for user in people if user and not user.is_bot and not user.deleted), None)
