"""What somebody wrote to Tocsin in plain words, as the command line that is meant; pure."""

import re
from collections.abc import Mapping

from bot.slack import blocks as b
from bot.slack.views import lists, maintenance_lists
from core.language import say

INCIDENT, MAINTENANCE = "incident", "maintenance"
HELP = "help"
GREETINGS = frozenset({"", "hello", "hey", "hi", "moin", "hallo", "thanks", "thank you", "danke"})
_COMMAND = re.compile(rf"/?({INCIDENT}|{MAINTENANCE})s?\b[\s:,]*", re.IGNORECASE)
_FORMS: Mapping[str, tuple[str, str]] = {
    INCIDENT: (lists.RUN, "declare"),
    MAINTENANCE: (maintenance_lists.RUN, "schedule"),
}
"""The button that carries a command line, and the line for which nothing has to be typed."""


def asked_for(text: str, bot_user_id: str) -> tuple[str, str]:
    """The command, and what is typed after it; without any words it is help that is asked for.
    What stands before the mention of the bot is meant only where nothing stands behind it."""
    mentions = list(re.finditer(rf"<@{re.escape(bot_user_id)}(?:\|[^<>]*)?>", text))
    after = text[mentions[-1].end() :] if mentions else text
    if mentions and not after.strip():
        after = text[: mentions[-1].start()]
    line = after.strip().lstrip(",:").strip()
    found = _COMMAND.match(line)
    if found is None:
        return INCIDENT, HELP if line.lower().rstrip("!.?") in GREETINGS else line
    rest = line[found.end() :]
    return found.group(1).lower(), rest or HELP


def form_offer(command: str, line: str) -> b.Message:
    """Slack opens forms only for whoever pressed something."""
    text = say("That takes a form, which Slack opens at the press of a button.")
    action, usual = _FORMS[command]
    value = line if line and len(line) <= b.MAX_VALUE else usual
    button = b.button(say("Open the form"), action=action, value=value)
    blocks = [b.section(b.plain(text)), b.actions([button], id="form.offer")]
    return b.Message(text=text, blocks=blocks)
