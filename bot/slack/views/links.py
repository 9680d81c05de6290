"""Links to what people and alerts point at, under words of our own."""

from bot.slack.text import escape

MAX_LINK = 2_048
_ENDING = {"|": "%7C", "<": "%3C", ">": "%3E", '"': "%22"}
"""What would end the address, or begin its words."""


def is_link(text: str) -> bool:
    plain = text.isprintable() and " " not in text and len(text) <= MAX_LINK
    return plain and text.lower().startswith(("https://", "http://"))


def link(url: str, words: str) -> str:
    """For mrkdwn; `url` is one."""
    for character, code in _ENDING.items():
        url = url.replace(character, code)
    return f"<{escape(url)}|{escape(words)}>"
