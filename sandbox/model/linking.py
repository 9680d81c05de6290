"""Telling the app of links to its domains, and showing the previews it gives."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from sandbox.json_types import Json
from sandbox.model.changes import Change
from sandbox.model.links import LinkShare
from sandbox.model.messages import Message
from sandbox.model.workspace import Workspace

LINK = re.compile(r"<(https?://[^|>\s]+)(?:\|[^>]*)?>")


def note_links(workspace: Workspace, message: Message) -> None:
    """Tell the app of links to its domains; bots' own messages and private ones do not count."""
    if message.bot_id or message.ephemeral_to or message.subtype not in ("", "thread_broadcast"):
        return
    links = list(_links(message.text, workspace.unfurl_domains))
    if not links:
        return
    share = LinkShare(
        id=f"{workspace.ids.number()}.{message.ts}.{workspace.ids.hex(32)}",
        channel=message.channel,
        ts=message.ts,
        urls=tuple(link["url"] for link in links),
    )
    workspace.link_shares[share.id] = share
    event = _event(workspace, message, share, links)
    workspace.tell(Change(type="links", channel=message.channel, ts=message.ts, event=event))


def _event(workspace: Workspace, message: Message, share: LinkShare, links: list[Json]) -> Json:
    members = workspace.channels[message.channel].members
    thread = {"thread_ts": message.thread_ts} if message.thread_ts else {}
    return {
        "type": "link_shared",
        "channel": message.channel,
        "user": message.user,
        "message_ts": message.ts,
        **thread,
        "links": links,
        "is_bot_user_member": workspace.team.bot_user_id in members,
        "unfurl_id": share.id,
        "source": "conversations_history",
    }


def _links(text: str, domains: tuple[str, ...]) -> Iterator[Json]:
    for url in dict.fromkeys(LINK.findall(text)):
        plain = url.replace("&amp;", "&")
        host = (urlsplit(plain).hostname or "").lower()
        for domain in domains:
            if host == domain.lower() or host.endswith(f".{domain.lower()}"):
                yield {"url": plain, "domain": domain}
                break


def attach(message: Message, previews: Mapping[str, Json], workspace: Workspace) -> Message:
    """The message with a preview per link; a later one replaces an earlier one where it stands."""
    fresh = {
        url: {
            **preview,
            "from_url": url,
            "original_url": url,
            "app_unfurl_url": url,
            "is_app_unfurl": True,
            "app_id": workspace.team.app_id,
            "bot_id": workspace.team.bot_id,
        }
        for url, preview in previews.items()
    }
    stood = [fresh.pop(one.get("app_unfurl_url", ""), one) for one in message.attachments]
    numbered = [
        {**one, "id": place} for place, one in enumerate([*stood, *fresh.values()], start=1)
    ]
    return replace(message, attachments=tuple(numbered))
