"""The postmortem of an incident: where it is read, the forms to write it, and who is asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.slack import blocks as b
from bot.slack.text import literal, units
from bot.slack.views.lists import RUN
from core.domain.incident import Incident
from core.domain.postmortem import Postmortem
from core.domain.postmortem_sections import empty_headings
from core.domain.wording import and_more, joined
from core.language import say

EDIT, ASK, PUBLISH = "postmortem.edit", "postmortem.ask", "postmortem.publish"
CONTRIBUTE, ANEW = "postmortem.contribute", "postmortem.anew"
CONTRIBUTION_FORM = "postmortem.contributed"
TEXT = "text"
MOST_ASKED = 300
"""Characters of a question before something is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where it is read: in the canvas of the channel, in one that has to be linked, or else in a
    file."""

    canvas: bool = False
    link: str = ""


FILE, CANVAS = Place(), Place(canvas=True)


def beginning(incident: Incident) -> b.Block:
    """With the news that it is over."""
    said = say("Draft the postmortem of {reference}", reference=incident.reference)
    button = b.button(
        say("Draft the postmortem"),
        action=f"{RUN}.postmortem",
        value=f"postmortem {incident.reference}",
        said=said,
    )
    return b.actions([button], id="postmortem.begin")


def offer(incident: Incident, postmortem: Postmortem, *, there: bool) -> b.Message:
    """For whoever asked for it: what can be done with it, unless they are `there` and see it."""
    if there:
        return b.notice(
            say(
                "The postmortem of {reference} stands in this channel.",
                reference=incident.reference,
            )
        )
    text = _whereabouts(incident)
    return _with_buttons(text, incident, postmortem)


def _whereabouts(incident: Incident) -> str:
    reference = incident.reference
    if incident.channel_id:
        return say("The postmortem of {reference} is in its channel.", reference=reference)
    if incident.private:
        return say(
            "The postmortem of {reference} is a file in your messages with Tocsin.",
            reference=reference,
        )
    return say(
        "The postmortem of {reference} is a file in the thread of its announcement; “/incident "
        "export {reference} markdown” gives it to you in person as well.",
        reference=reference,
    )


def shown(incident: Incident, postmortem: Postmortem, place: Place) -> b.Message:
    """Where the incident is told of, and true whatever becomes of it."""
    reference, where = incident.reference, _read_in(place)
    told = (
        say("📄 The postmortem of {reference} is published.", reference=reference)
        if postmortem.published_at
        else say("📄 The postmortem of {reference} is drafted.", reference=reference)
    )
    return _with_buttons(f"{told} {where}", incident, postmortem)


def _read_in(place: Place) -> str:
    if place.link:
        return say("Read it in its canvas: {link}", link=place.link)
    if place.canvas:
        return say("Read it in the canvas of this channel.")
    return say("Read it in the file in this thread.")


def question(incident: Incident, postmortem: Postmortem) -> b.Message:
    """In person, for whoever took part."""
    text = say(
        "You took part in {reference} “{title}”. What do you remember of it that others should "
        "know? It is written into the postmortem under your name.",
        reference=incident.reference,
        title=incident.title[:300],
    )
    button = b.button(say("Say what you know"), action=CONTRIBUTE, value=postmortem.id)
    blocks = [b.section(b.plain(text)), b.actions([button], id="postmortem.question")]
    return b.Message(text=literal(text), blocks=blocks)


def contribution_title() -> str:
    return say("What you know of it")


def contribution_form(incident: Incident, memory: str) -> b.View:
    about = b.context(b.plain(f"{incident.reference} · {incident.title}", 600))
    field = b.Input(
        id=TEXT,
        label=say("What do you remember?"),
        element=b.text_input(multiline=True, hint=say("What you saw, did, and would do otherwise")),
    )
    return b.form(
        contribution_title(),
        [about, field.block()],
        callback=CONTRIBUTION_FORM,
        submit=say("Send"),
        memory=memory,
    )


def file_name(incident: Incident) -> str:
    """Of the file in which it is read where it cannot be a canvas."""
    return f"{incident.reference}-postmortem.md"


def outcome(incident: Incident, what: str) -> str:
    """What was done, as a sentence."""
    reference = incident.reference
    match what:
        case "published":
            return say("The postmortem of {reference} is published.", reference=reference)
        case "anew":
            return say(
                "Facts, timeline and tasks of the postmortem of {reference} are as they are known "
                "now.",
                reference=reference,
            )
        case "contributed":
            return say(
                "Thank you; it stands in the postmortem of {reference}.", reference=reference
            )
        case _:
            return say("The postmortem of {reference} is changed.", reference=reference)


def _with_buttons(text: str, incident: Incident, postmortem: Postmortem) -> b.Message:
    blocks = [b.section(b.plain(text)), b.actions(_buttons(incident, postmortem), id="postmortem")]
    return b.Message(text=literal(text), blocks=blocks)


def _what_it_means(empty: Sequence[str]) -> str:
    """Publishing it; what nobody wrote anything about is named, as far as there is room."""
    means = say("It says in the channel that it is finished; it can still be edited.")
    said = [f"{means} {_left_out(empty, most)}" for most in range(len(empty), 0, -1)]
    return next((text for text in said if units(text) <= MOST_ASKED), means)


def _left_out(empty: Sequence[str], most: int) -> str:
    named, more = tuple(empty[:most]), len(empty) - most
    return say(
        "Nobody wrote anything yet in these sections, which are left out: {names}.",
        names=and_more(named, more) if more else joined(named),
    )


def _anew(id: str) -> b.Element:
    return b.confirmed(
        b.button(say("Draft timeline and tasks anew"), action=ANEW, value=id),
        title=say("Draft timeline and tasks anew?"),
        text=say(
            "The facts on top, the timeline and the tasks are drawn from what is known now, in the "
            "place of what stands there, also of what people changed in it. All other sections "
            "stay as they are."
        ),
        yes=say("Draft them anew"),
        no=say("Leave them"),
    )


def _buttons(incident: Incident, postmortem: Postmortem) -> list[b.Element]:
    reference, id = incident.reference, postmortem.id
    said = say("Edit the postmortem of {reference}", reference=reference)
    buttons = [
        b.button(say("Edit"), action=EDIT, value=id, said=said),
        b.button(say("Ask who took part"), action=ASK, value=id),
        _anew(id),
    ]
    if postmortem.published_at:
        return buttons
    publish = b.confirmed(
        b.button(say("Publish"), action=PUBLISH, value=id),
        title=say("Publish the postmortem?"),
        text=_what_it_means(empty_headings(postmortem.body)),
        yes=say("Publish"),
        no=say("Not yet"),
    )
    return [*buttons, publish]
