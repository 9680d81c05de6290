"""A small Bolt app that does one of each thing the page has to show."""

from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Probe"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Probe", "always_online": True},
        "slash_commands": [
            {"command": "/probe", "description": "Does one of each", "usage_hint": "card | form"},
            {"command": "/product", "description": "Does nothing"},
        ],
        "shortcuts": [
            {"name": "Open the form", "type": "global", "callback_id": "open", "description": "x"},
            {"name": "Echo it", "type": "message", "callback_id": "echo", "description": "x"},
        ],
    },
    "oauth_config": {
        "scopes": {"bot": ["commands", "chat:write", "chat:write.public", "files:write"]}
    },
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened"]},
        "interactivity": {"is_enabled": True},
    },
}


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def _button(label: str, action_id: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": _plain(label), "action_id": action_id, **more}


CONFIRM = {
    "title": _plain("Are you sure?"),
    "text": _plain("It cannot be undone."),
    "confirm": _plain("Do it"),
    "deny": _plain("Leave it"),
}
CARD: list[dict[str, Any]] = [
    {"type": "header", "text": _plain("A card")},
    {"type": "section", "text": {"type": "mrkdwn", "text": "*Bold* and `code`"}},
    {
        "type": "actions",
        "elements": [_button("Press me", "press"), _button("Destroy", "destroy", confirm=CONFIRM)],
    },
]
SIZES = [{"text": _plain(size), "value": size.lower()} for size in ("Small", "Large")]
FORM = {
    "type": "modal",
    "callback_id": "form",
    "title": _plain("A form"),
    "submit": _plain("Save"),
    "close": _plain("Never mind"),
    "blocks": [
        {
            "type": "input",
            "block_id": "name",
            "label": _plain("Name"),
            "element": {"type": "plain_text_input", "action_id": "text"},
        },
        {
            "type": "input",
            "block_id": "size",
            "label": _plain("Size"),
            "element": {"type": "static_select", "action_id": "size", "options": SIZES},
        },
    ],
}
HOME = {"type": "home", "blocks": [{"type": "header", "text": _plain("Welcome home")}]}
TOO_SHORT = "A name has at least five letters."


class ProbeApp:
    """The listeners; `pressed` remembers what came of the buttons."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self.pressed: list[str] = []

    def register(self, app: AsyncApp) -> None:
        app.command("/probe")(self.command)
        app.action("press")(self.press)
        app.action("destroy")(self.press)
        app.view("form")(self.save)
        app.shortcut("open")(self.open)
        app.shortcut("echo")(self.echo)
        app.event("app_home_opened")(self.home)

    async def command(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        match body["text"]:
            case "whisper":
                await ack("This is between us.")
            case "form":
                await ack()
                await self._client.views_open(trigger_id=body["trigger_id"], view=FORM)
            case "card":
                await ack()
                await self._post(body["channel_id"], "A card", blocks=CARD)
            case _:
                # Without an ack the person has to see that the app failed.
                raise ValueError(body["text"])

    async def press(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        await ack()
        self.pressed.append(action["action_id"])
        await self._post(body["channel"]["id"], f"{action['action_id']} was pressed.")

    async def save(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        values = body["view"]["state"]["values"]
        name, size = values["name"]["text"]["value"], values["size"]["size"]["selected_option"]
        if len(name) < 5:
            await ack(response_action="errors", errors={"name": TOO_SHORT})
            return
        await ack()
        await self._post("#general", f"Saved {name}, {size['value']}.")

    async def open(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        await self._client.views_open(trigger_id=body["trigger_id"], view=FORM)

    async def echo(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        await self._post(body["channel"]["id"], f"Echo: {body['message']['text']}")

    async def home(self, event: dict[str, Any]) -> None:
        await self._client.views_publish(user_id=event["user"], view=HOME)

    async def _post(self, channel: str, text: str, **more: Any) -> None:
        await self._client.chat_postMessage(channel=channel, text=text, **more)


def slack_route(app: AsyncApp) -> web.Application:
    async def handle(request: web.Request) -> web.Response:
        bolt_request = await to_bolt_request(request)
        return await to_aiohttp_response(await app.async_dispatch(bolt_request))

    server = web.Application()
    server.router.add_post("/slack/events", handle)
    return server
