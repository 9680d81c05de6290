"""Presses and sent forms of postmortems and exports."""

from slack_bolt.async_app import AsyncApp

from bot.slack.desk import Desk
from bot.slack.gesture import Gesture, Person, Reply, unpacked
from bot.slack.listeners.pressing import Action, Known, Press, Presses
from bot.slack.listeners.submitting import Sent, Submissions, Submit
from bot.slack.postmortem.exporting import ENDINGS, MARKDOWN, Exporting
from bot.slack.postmortem.writing import Writing
from bot.slack.subjects import incident_meant
from bot.slack.views import exports, postmortem, postmortem_form
from bot.slack.views.submission import chosen, written


class PostmortemListeners:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._writing = Writing(desk.kit)
        self._exporting = Exporting(desk.kit)

    def register(self, app: AsyncApp) -> None:
        presses: dict[Known, Press] = {
            postmortem.EDIT: self._edit,
            postmortem.ASK: self._ask,
            postmortem.PUBLISH: self._publish,
            postmortem.CONTRIBUTE: self._contribute,
            postmortem.ANEW: self._anew,
        }
        Presses(self._desk).register(app, presses)
        forms: dict[str, Submit] = {
            postmortem_form.EDIT_FORM: self._writing.change,
            postmortem.CONTRIBUTION_FORM: self._contributed,
            exports.CALLBACK: self._export,
        }
        Submissions(self._desk).register(app, forms)

    async def _edit(self, gesture: Gesture, action: Action) -> None:
        await self._writing.ask_changes(gesture, action["value"])

    async def _ask(self, gesture: Gesture, action: Action) -> Reply:
        person = await self._desk.identity.person(gesture)
        return await self._writing.ask_others(person, action["value"])

    async def _publish(self, gesture: Gesture, action: Action) -> Reply:
        person = await self._desk.identity.person(gesture)
        return await self._writing.publish(person, action["value"])

    async def _anew(self, gesture: Gesture, action: Action) -> Reply:
        person = await self._desk.identity.person(gesture)
        return await self._writing.draft_anew(person, action["value"])

    async def _contribute(self, gesture: Gesture, action: Action) -> None:
        await self._writing.ask_for_words(gesture, action["value"])

    async def _contributed(self, person: Person, sent: Sent) -> Reply:
        kept = unpacked(sent.get("private_metadata", ""))
        text = written(sent["state"]["values"], postmortem.TEXT)
        return await self._writing.contribute(person, kept.shown.get("postmortem", ""), text)

    async def _export(self, person: Person, sent: Sent) -> Reply:
        id = await self._desk.targets.named(person, incident_meant(sent))
        format = chosen(sent["state"]["values"], exports.FORMAT)
        return await self._exporting.send(person, id, format if format in ENDINGS else MARKDOWN)
