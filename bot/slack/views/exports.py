"""The form that asks as what an incident is exported."""

from bot.slack import blocks as b
from bot.slack.views.subject import Subject, subject_block
from core.language import say

CALLBACK, FORMAT = "export", "format"


def export_title() -> str:
    return say("Export an incident")


def export_form(subject: Subject, memory: str) -> b.View:
    choices = [
        b.Choice(
            label=say("Markdown"), value="markdown", description=say("To read, print and share.")
        ),
        b.Choice(
            label=say("JSON"),
            value="json",
            description=say("Every field, line and alert, for programs."),
        ),
    ]
    asked = b.Input(
        id=FORMAT, label=say("As what?"), element=b.radio_buttons(choices)
    ).starting_with(initial_option=b.option(choices[0]))
    return b.form(
        export_title(),
        [subject_block(subject), asked.block()],
        callback=CALLBACK,
        submit=say("Export"),
        memory=memory,
    )
