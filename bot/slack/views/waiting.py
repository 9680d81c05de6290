"""Modals that say one thing: that it loads, that it works, how it ended."""

from bot.slack import blocks as b

DECLARE_TITLE = "Declare an incident"
UPDATE_TITLE = "Post an update"
RESOLVE_TITLE = "Resolve the incident"
SCHEDULE_TITLE = "Schedule maintenance"
EDIT_TITLE = "Change maintenance"
EXTEND_TITLE = "Extend maintenance"
CANCEL_TITLE = "Cancel maintenance"
PROGRESS_TITLE = "Post progress"
SHOW_TITLE = "Maintenance"


def loading(title: str) -> b.View:
    """Shown at once, before anything is looked up."""
    return b.modal(title, [b.section(b.plain("One moment, the form is being prepared."))])


def saying(title: str, sentence: str) -> b.View:
    return b.modal(title, [b.section(b.plain(sentence))])


def working(title: str) -> b.View:
    return saying(title, "Tocsin is still working on it; this form says here how it ended.")
