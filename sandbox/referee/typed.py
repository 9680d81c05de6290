"""What people typed, and whether it comes back as something Slack acts upon."""

from collections.abc import Iterator
from typing import Any

from sandbox.json_types import Json
from sandbox.model.workspace import Workspace
from sandbox.validation.loose import bare_links, bare_names, beside_markup, written_links
from sandbox.validation.spoken import (
    Spoken,
    broadcasts,
    markdown_pieces,
    spoken_markdown,
    spoken_markup,
    spoken_rich,
)
from sandbox.validation.text import active_pieces, strings_in
from sandbox.world import World

# Everybody, by bare names.
ALL = frozenset({"here", "channel", "everyone"})
# An app that asks for an address may link it.
ADDRESSES = frozenset({"url_text_input", "email_text_input"})
# What a person chose from what the app offered; nobody typed it.
CHOSEN = frozenset({"selected_option", "selected_options", "files"})


def note_typed(world: World, value: Any) -> None:
    """Remember what people typed that would be active in Slack if it came back unescaped."""
    for text in strings_in(_only_typed(value)):
        for pieces in (active_pieces, markdown_pieces, bare_links, bare_names):
            world.typed_syntax.update(pieces(text))


def _only_typed(value: Any) -> Any:
    if isinstance(value, dict):
        if value.get("type") in ADDRESSES:
            return None
        return {name: _only_typed(part) for name, part in value.items() if name not in CHOSEN}
    return [_only_typed(part) for part in value] if isinstance(value, list) else value


def review_typed(world: World, where: str, content: Json) -> None:
    """Look for typed syntax among what Slack would act upon in a message or a view."""
    for piece in dict.fromkeys(_active_in(world.workspace, content)):
        if piece in world.typed_syntax:
            world.journal.finding(
                "active_user_text",
                f"{where} turns {piece}, typed by a person, into active syntax.",
                where=where,
            )


def review_broadcasts(world: World, where: str, content: Json) -> None:
    if world.broadcasts_allowed:
        return
    for piece in broadcasts(content):
        world.journal.finding("broadcast", f"{where} would notify everybody: {piece}.", where=where)


def _active_in(workspace: Workspace, content: Json) -> Iterator[str]:
    for spoken in spoken_markup(content):
        yield from active_pieces(spoken.text)
        yield from _bare_in(workspace, spoken)
    for spoken in spoken_markdown(content):
        yield from active_pieces(spoken.text)
        yield from markdown_pieces(spoken.text)
        yield from _bare_in(workspace, spoken)
    yield from spoken_rich(content)


def _bare_in(workspace: Workspace, spoken: Spoken) -> Iterator[str]:
    """What Slack would act upon of its own accord, or did already when it was typed.

    A link with words of the app is its own.
    """
    yield from written_links(spoken.text)
    text = beside_markup(spoken.text)
    if spoken.links:
        yield from bare_links(text)
    if spoken.names:
        yield from (name for name in bare_names(text) if _is_known(workspace, name))


def _is_known(workspace: Workspace, mention: str) -> bool:
    """Only a name that somebody or something has becomes a mention."""
    name = mention[1:]
    if mention.startswith("#"):
        return workspace.channel_named(name) is not None
    handles = (group.handle for group in workspace.usergroups.values())
    return name in ALL or name in handles or workspace.user_named(name) is not None
