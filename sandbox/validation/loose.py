"""What Slack makes links and mentions of without being asked: bare addresses and names."""

import re

from sandbox.validation.text import unescape

# Slack links bare host names under every public suffix; these few stand for them all.
SUFFIXES = "com|org|net|io|dev|app|co|uk|de|edu|gov|info|test|example"
HOST = rf"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:{SUFFIXES})"
URL = r"""https?://[^\s|<>]*[^\s|<>.,;:!?)'"]"""
MAIL = rf"(?<![\w.+-])[\w.+-]+@{HOST}\b"
BARE_HOST = rf"""(?<![\w@/.-]){HOST}\b(?:/[^\s|<>]*[^\s|<>.,;:!?)'"])?"""
NAME = r"(?<![\w&@\#/.])[@\#][a-z0-9][a-z0-9._-]*"

LINK = re.compile(f"{URL}|{MAIL}|{BARE_HOST}")
MENTION = re.compile(NAME)
# Links as Slack writes them of what people type: an app that repeats its payload repeats these.
WRITTEN = re.compile(
    r"<(?P<url>https?://[^<>|]+)>|<(?:mailto:|http://)(?P<bare>[^<>|]+)\|(?P=bare)>"
)
MARKED_UP = re.compile(r"<[^<>]*>")


def bare_links(text: str) -> list[str]:
    """Addresses of pages, of people and of hosts, as they stand in a text."""
    return LINK.findall(text)


def written_links(text: str) -> list[str]:
    """The addresses in links that have no words of their own."""
    return [unescape(found["url"] or found["bare"]) for found in WRITTEN.finditer(text)]


def bare_names(text: str) -> list[str]:
    """Whatever looks like the name of a person, a group or a channel: `@bob`, `#general`."""
    return [found.rstrip(".-_") for found in MENTION.findall(text)]


def beside_markup(text: str) -> str:
    """What is left for Slack to recognise by itself, with its escapes taken back."""
    return unescape(MARKED_UP.sub(" ", text))
