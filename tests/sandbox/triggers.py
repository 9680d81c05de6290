"""Fresh trigger ids, as an app gets them from what people do."""

from sandbox.conversation.person import Person
from sandbox.json_types import Json
from tests.sandbox.asking import modal, plain
from tests.sandbox.listening_app import ListeningApp


async def trigger_of(app: ListeningApp, alice: Person) -> str:
    """A fresh trigger, from a command alice types."""
    await alice.types("#general", "/hello")
    return str(app.heard("command")[-1].payload["trigger_id"])


async def trigger_in(app: ListeningApp, alice: Person) -> str:
    """A fresh trigger from within the modal in front of alice."""
    await (await alice.modal()).clicks("deeper")
    return str(app.heard("block_actions")[-1].payload["trigger_id"])


def deep_modal(**parts: Json) -> Json:
    button = {"type": "button", "action_id": "deeper", "text": plain("Deeper")}
    return modal({"type": "actions", "elements": [button]}, **parts)
