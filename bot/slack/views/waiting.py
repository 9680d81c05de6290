"""Modals that say one thing: that it loads, that it works, how it ended."""

from bot.slack import blocks as b
from core.language import say, to_say

DECLARE_TITLE = to_say("Declare an incident")
UPDATE_TITLE = to_say("Post an update")
RESOLVE_TITLE = to_say("Resolve the incident")
SCHEDULE_TITLE = to_say("Schedule maintenance")
EDIT_TITLE = to_say("Change maintenance")
EXTEND_TITLE = to_say("Extend maintenance")
CANCEL_TITLE = to_say("Cancel maintenance")
PROGRESS_TITLE = to_say("Post progress")
SHOW_TITLE = to_say("Maintenance")


def loading(title: str) -> b.View:
    """Shown at once, before anything is looked up."""
    return b.modal(title, [b.section(b.plain(say("One moment, the form is being prepared.")))])


def saying(title: str, sentence: str) -> b.View:
    return b.modal(title, [b.section(b.plain(sentence))])


def working(title: str) -> b.View:
    return saying(title, say("Tocsin is still working on it; this form says here how it ended."))
