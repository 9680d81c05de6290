"""An app that subscribes to everything, and people who do everything once."""

from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.card import Card
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.facts.events import EVENT_SCOPES
from sandbox.json_types import Json
from sandbox.server import Sandbox
from tests.sandbox.app_manifest import SCOPES, manifest
from tests.sandbox.asking import modal, plain, text_input
from tests.sandbox.cards import CARD, ELEMENTS, RICH
from tests.sandbox.listening_app import ListeningApp, Told
from tests.sandbox.triggers import trigger_of

DOMAIN = "shop.example"
MORE_SCOPES = ("chat:write.customize", "files:write", "usergroups:write")


async def echo(told: Told) -> web.StreamResponse:
    return web.json_response({"challenge": told.payload["challenge"]})


def full_manifest() -> Json:
    by_event = {scope for scopes in EVENT_SCOPES.values() for scope in scopes}
    scopes = sorted({*SCOPES, *MORE_SCOPES, *by_event})
    whole = manifest(scopes=scopes, events=sorted(EVENT_SCOPES))
    whole["features"]["unfurl_domains"] = [DOMAIN]
    return whole


class Everything:
    """Each method is a part of the life of a workspace."""

    def __init__(self, sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient) -> None:
        self.sandbox, self.app, self.slack = sandbox, app, slack
        app.answers["url_verification"] = echo
        self.alice, self.bob = sandbox.person("alice"), sandbox.person("bob")

    async def room(self, name: str = "room", *, private: bool = False) -> Room:
        made = await self.slack.conversations_create(name=name, is_private=private)
        people = [await self.alice.id(), await self.bob.id()]
        await self.slack.conversations_invite(channel=made["channel"]["id"], users=people)
        return await self.sandbox.channel_named(name)

    async def act(self, name: str, person: Person, **parts: object) -> Json:
        return await self.sandbox.control.act(name, user=person.name, **parts)

    async def conversation(self) -> None:
        """Messages of every kind."""
        room = await self.room()
        await self.alice.types(room, f"@greeter look at https://{DOMAIN}/1")
        card = await room.message(DOMAIN)
        await self.bob.types(room, "below it", thread=card)
        await self.act(
            "post", self.bob, channel=room.id, text="all", thread_ts=card.ts, broadcast=True
        )
        await self.act("edit", self.alice, channel=room.id, ts=card.ts, text="corrected")
        await self.alice.types(room, "/me waves")
        await self.alice.types(room, "gone soon")
        await self.act("delete", self.alice, channel=room.id, ts=(await room.message("gone")).ts)
        await self.alice.types(room, f"again https://{DOMAIN}/2 @greeter", thread=card)
        await self.bob.reacts(card, "eyes")
        await self.act("edit", self.alice, channel=room.id, ts=card.ts, text="once more")
        await self.slack.conversations_setPurpose(channel=room.id, purpose="Talk")
        await self.bot_messages(room, card.ts)

    async def bot_messages(self, room: Room, thread: str) -> None:
        about = {"event_type": "greeted", "event_payload": {"who": "alice"}}
        said = await self.slack.chat_postMessage(
            channel=room.id, text="Card", blocks=CARD, metadata=about
        )
        attached = [{"text": "attached"}]
        await self.slack.chat_postMessage(
            channel=room.id, text="reply", thread_ts=thread, attachments=attached
        )
        await self.slack.chat_postMessage(
            channel=room.id,
            text="x",
            blocks=CARD,
            username="Someone",
            icon_emoji=":owl:",
            thread_ts=thread,
        )
        await self.slack.chat_update(channel=room.id, ts=said["ts"], text="Card", blocks=CARD)
        put = await self.slack.files_upload_v2(
            channel=room.id, content="text", filename="a.txt", thread_ts=thread
        )
        await self.slack.files_delete(file=put["files"][0]["id"])

    async def channels(self) -> None:
        """Channels of both kinds from their making to their end."""
        for private in (False, True):
            room = await self.room("secret" if private else "open", private=private)
            await self.slack.conversations_setTopic(channel=room.id, topic="One thing")
            await self.slack.conversations_rename(channel=room.id, name=f"{room.name}-too")
            await self.bob.leaves(room)
            await self.alice.archives(room)
            await self.act("unarchive", self.alice, channel=room.id)
            for act in ("share_channel", "unshare_channel", "convert_channel", "convert_channel"):
                await self.act(act, self.alice, channel=room.id)
            moved = await self.act("change_channel_id", self.alice, channel=room.id)
            await self.act("delete_channel", self.alice, channel=moved["channel"])
        for private in (False, True):
            room = await self.room(f"left-{private}".lower(), private=private)
            await self.slack.conversations_leave(channel=room.id)

    async def marks(self) -> None:
        room = await self.room("marked")
        await self.slack.chat_postMessage(channel=room.id, text="Card")
        card = await room.message("Card")
        await self.bob.reacts(card, "eyes")
        await self.bob.unreacts(card, "eyes")
        await self.bob.pins(card)
        await self.bob.unpins(card)

    async def people(self) -> None:
        await self.sandbox.control.act("add_person", name="dave")
        picture = {"name": "ship-bell", "url": "https://example.com/bell.png"}
        await self.sandbox.control.act("add_emoji", **picture)
        await self.sandbox.control.act("remove_emoji", name="ship-bell")
        await self.act("change_person", self.alice, title="Captain")
        alice = await self.alice.id()
        group = await self.slack.usergroups_create(name="On call", handle="on-call")
        await self.slack.usergroups_users_update(usergroup=group["usergroup"]["id"], users=[alice])
        await self.slack.views_publish(user_id=alice, view={"type": "home", "blocks": CARD})
        await self.act("open_home", self.alice)
        await self.act("open_home", self.alice, tab="messages")

    async def presses(self) -> None:
        """Commands, buttons, forms and shortcuts."""
        room = await self.room("pressed")
        posted = await self.slack.chat_postMessage(channel=room.id, text="Card", blocks=ELEMENTS)
        await self.slack.chat_postMessage(
            channel=room.id, text="Below", blocks=ELEMENTS, thread_ts=posted["ts"]
        )
        for words in ("Card", "Below"):
            card = await self.card(room, words)
            await self.alice.clicks(card, "Go")
            await self.choices(card)
        await self.alice.uses_shortcut("greet_back", on=card)
        await self.alice.uses_shortcut("greet")
        await self.form(end="close")
        await self.form(end="submit")

    async def card(self, room: Room, words: str) -> Card:
        rows = await self.slack.conversations_replies(channel=room.id, ts=await self.first(room))
        wire = next(row for row in rows["messages"] if row["text"] == words)
        return Card(channel=room.id, wire=wire | {"ephemeral": False})

    async def first(self, room: Room) -> str:
        return (await room.message("Card")).ts

    async def choices(self, card: Card) -> None:
        alice = await self.alice.id()
        await self.alice.chooses(card, "who", selected_user=alice)
        await self.alice.chooses(card, "where", selected_channel=card.channel)
        await self.alice.chooses(card, "talk", selected_conversation=card.channel)
        await self.alice.chooses(card, "day", selected_date="2026-11-21")
        await self.alice.chooses(card, "hour", selected_time="12:30")
        await self.alice.chooses(card, "level", value="high")
        option = {"text": plain("Shop"), "value": "shop"}
        await self.alice.chooses(card, "service", selected_option=option)

    async def form(self, *, end: str) -> None:
        trigger = await trigger_of(self.app, self.alice)
        button = {"type": "button", "action_id": "deeper", "text": plain("Deeper")}
        menu = {"type": "external_select", "action_id": "service"}
        words = {"type": "rich_text_input", "action_id": "words"}
        blocks = (
            text_input(optional=True),
            text_input("service", "Service", element=menu, optional=True),
            text_input("words", "Words", element=words, optional=True, dispatch_action=True),
            {"type": "actions", "elements": [button]},
        )
        named = modal(*blocks, notify_on_close=True, external_id="the-form", close=plain("No"))
        await self.slack.views_open(trigger_id=trigger, view=named)
        form = await self.alice.modal()
        await form.clicks("deeper")
        await form.chooses("Words", RICH)
        self.app.answer_with("block_suggestion", {"options": []})
        await form.options("Service", "sho")
        await (form.submit() if end == "submit" else form.close())

    async def end(self) -> None:
        await self.act("verify_url", self.alice)
        await self.act("uninstall", self.alice)
