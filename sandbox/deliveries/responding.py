"""The door behind a response URL: answers to what somebody did, up to half an hour later."""

from dataclasses import replace
from typing import Any

from aiohttp import web

from sandbox.deliveries.response_urls import ResponseUrl
from sandbox.deliveries.speaking import answer_problems, speak
from sandbox.json_types import Json
from sandbox.model.marking import with_ids
from sandbox.model.messages import Message
from sandbox.model.posting import delete, edit
from sandbox.referee import review_message
from sandbox.world import World


class ResponseDoor:
    def __init__(self, world: World) -> None:
        self._world = world

    def register(self, app: web.Application) -> None:
        app.router.add_post("/actions/{team}/{number}/{secret}", self.handle)

    async def handle(self, request: web.Request) -> web.Response:
        started = self._world.clock.stopwatch()
        fault = self._world.faults.strike("response_url")
        url = self._world.response_urls.find(request.path)
        if fault and fault.kind == "status":
            error, status = "fatal_error", fault.status
        elif url is None:
            error, status = "invalid_url", 404
        else:
            error, status = self._use(url, await _read(request))
        self._world.journal.write(
            "api_call",
            method="response_url",
            args={},
            ok=not error,
            error=error or None,
            status=status,
            fault=fault.kind if fault else None,
            ms=round(self._world.clock.stopwatch() - started, 3),
        )
        if error:
            return web.json_response({"ok": False, "error": error}, status=status)
        return web.Response(text="ok")

    def _use(self, url: ResponseUrl, answer: Any) -> tuple[str, int]:
        refusal = self._world.response_urls.refusal(url)
        if refusal:
            self._world.journal.finding(
                refusal, "A response URL was used too often or too late.", where="response_url"
            )
            return refusal, 404
        if not isinstance(answer, dict):
            return "invalid_payload", 400
        return self._apply(url, answer)

    def _apply(self, url: ResponseUrl, answer: Json) -> tuple[str, int]:
        original = self._world.workspace.message(url.channel, url.message_ts)
        if answer.get("delete_original"):
            if original:
                delete(self._world.workspace, original)
            return "", 200
        problems = list(answer_problems(answer))
        if problems:
            self._world.journal.finding(
                "invalid_response", "; ".join(problems), where="response_url"
            )
            return ("no_text", 400) if problems == ["no_text"] else ("invalid_blocks", 400)
        if answer.get("replace_original") and original:
            self._replace(original, answer)
        else:
            thread = url.thread_ts
            speak(self._world, answer, user=url.user, channel=url.channel, thread_ts=thread)
        return "", 200

    def _replace(self, original: Message, answer: Json) -> None:
        review_message(self._world, "an answer", answer)
        workspace = self._world.workspace
        edited = {"user": workspace.team.bot_user_id, "ts": workspace.next_ts()}
        after = replace(
            original,
            text=str(answer.get("text") or ""),
            blocks=tuple(with_ids(answer.get("blocks") or [], workspace.ids)),
            attachments=tuple(answer.get("attachments") or ()),
            edited=None if original.ephemeral_to else edited,
        )
        edit(workspace, original, after)


async def _read(request: web.Request) -> Any:
    try:
        return await request.json()
    except ValueError:
        return None
