"""Modals that say one thing: that it loads, that it works, how it ended."""

from bot.slack import blocks as b

DECLARE_TITLE = "Declare an incident"
UPDATE_TITLE = "Post an update"
RESOLVE_TITLE = "Resolve the incident"


def loading(title: str) -> b.View:
    """Shown at once, before anything is looked up."""
    return b.modal(title, [b.section(b.plain("One moment, the form is being prepared."))])


def saying(title: str, sentence: str) -> b.View:
    return b.modal(title, [b.section(b.plain(sentence))])


def working(title: str) -> b.View:
    return saying(title, "Tocsin is still working on it; this form says here how it ended.")
