"""Files as the bot of one workspace sends them: announced, sent, and shared or only kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.slack.gateway_calls import Calling
from bot.slack.shapes import Room


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDraft:
    """`name` has an ending that says what it is; `alt` says to whom cannot see it what it shows."""

    name: str
    content: bytes = field(repr=False)
    title: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """`url` is where Slack's own clients show it from."""

    id: str
    url: str = ""


class Files(Calling):
    async def upload(
        self, draft: FileDraft, room: Room | None = None, *, thread_ts: str = "", comment: str = ""
    ) -> SentFile:
        """Shared in the room, or only there to be shown in a message, without one. `comment` is
        escaped already."""
        announced = {"filename": draft.name, "length": str(len(draft.content))}
        announced |= {"alt_txt": draft.alt[:LONGEST_ALT]} if draft.alt else {}
        ticket = await self._call("files.getUploadURLExternal", announced, room)
        await self._send(str(ticket["upload_url"]), draft.content)
        arguments: dict[str, object] = {
            "files": [{"id": ticket["file_id"], "title": draft.title or draft.name}]
        }
        arguments |= {"channel_id": room.id} if room else {}
        arguments |= {"thread_ts": thread_ts} if thread_ts else {}
        arguments |= {"initial_comment": comment} if comment else {}
        answer = await self._call("files.completeUploadExternal", arguments, room)
        done: Mapping[str, object] = next(iter(answer.get("files") or ()), {})
        return SentFile(id=str(ticket["file_id"]), url=str(done.get("url_private") or ""))

    async def delete_file(self, id: str, room: Room | None = None) -> None:
        """For everybody, wherever it was shared; `room` is named where that fails."""
        await self._call("files.delete", {"file": id}, room)


LONGEST_ALT = 1_000
