"""The door behind a response URL: answers to what somebody did, up to half an hour later."""

from dataclasses import replace
from typing import Any

from aiohttp import web

from sandbox.bodies import form_of, json_of
from sandbox.deliveries.response_urls import ResponseUrl
from sandbox.deliveries.speaking import answer_problems, is_on, shown_parts, speak
from sandbox.json_text import read_json
from sandbox.json_types import Json
from sandbox.model.messages import Message
from sandbox.model.posting import delete, edit
from sandbox.referee import review_message
from sandbox.web_api.failing import fail_after, hinder, mangled, plain_refusal
from sandbox.world import World


class ResponseDoor:
    def __init__(self, world: World) -> None:
        self._world = world

    def register(self, app: web.Application) -> None:
        app.router.add_post("/actions/{team}/{number}/{secret}", self.handle)

    async def handle(self, request: web.Request) -> web.Response:
        started = self._world.clock.stopwatch()
        fault = self._world.faults.strike("response_url")
        if fault:
            await hinder(self._world, request, fault)
        refused = plain_refusal(fault) if fault else None
        url = self._world.response_urls.find(request.path)
        if refused:
            error, status = refused.body["error"], refused.status
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
        await fail_after(self._world, request, fault)
        if error:
            body = {"ok": False, "error": error}
            return mangled(fault, web.json_response(body, status=status))
        return web.Response(text="ok")

    def _use(self, url: ResponseUrl, answer: Any) -> tuple[str, int]:
        refusal = self._world.response_urls.refusal(url)
        if refusal:
            self._world.journal.finding(
                refusal, "A response URL was used too often or too late.", where="response_url"
            )
            return refusal, 404
        if not isinstance(answer, dict):
            return self._refuse("invalid_payload", "The answer is not an object in JSON.")
        return self._apply(url, answer)

    def _refuse(self, code: str, sentence: str) -> tuple[str, int]:
        self._world.journal.finding("invalid_response", sentence, where="response_url")
        return code, 400

    def _refuse_archived(self, *, changes: bool) -> tuple[str, int]:
        if changes:
            self._world.journal.finding(
                "edited_after_archive",
                "An answer was refused with is_archived: the channel is archived.",
                where="response_url",
            )
        return "is_archived", 400

    def _apply(self, url: ResponseUrl, answer: Json) -> tuple[str, int]:
        workspace = self._world.workspace
        deletes = is_on(answer, "delete_original")
        changes = deletes or is_on(answer, "replace_original")
        if workspace.channels[url.channel].is_archived:
            return self._refuse_archived(changes=changes)
        original = workspace.message(url.channel, url.message_ts)
        if changes and not self._is_own(original, url):
            return self._refuse("message_not_found", "There is no message of the app to change.")
        if deletes and original:
            delete(workspace, original)
            return "", 200
        if problems := list(answer_problems(answer)):
            code = "no_text" if problems == ["no_text"] else "invalid_blocks"
            return self._refuse(code, "; ".join(problems))
        if is_on(answer, "replace_original") and original:
            self._replace(original, answer)
        else:
            thread = url.thread_ts
            speak(self._world, answer, user=url.user, channel=url.channel, thread_ts=thread)
        return "", 200

    def _is_own(self, original: Message | None, url: ResponseUrl) -> bool:
        """Answers change messages of the app; to a command they are new ones whatever they say."""
        if not url.message_ts:
            return True
        return original is not None and original.bot_id == self._world.workspace.team.bot_id

    def _replace(self, original: Message, answer: Json) -> None:
        review_message(self._world, "an answer", answer)
        workspace = self._world.workspace
        edited = {"user": workspace.team.bot_user_id, "ts": f"{workspace.seconds()}.000000"}
        after = replace(
            original,
            **shown_parts(self._world, answer),
            edited=None if original.ephemeral_to else edited,
        )
        edit(workspace, original, after)


async def _read(request: web.Request) -> Any:
    """JSON, or JSON in the `payload` of a form, as incoming webhooks take it."""
    try:
        if request.content_type == "application/x-www-form-urlencoded":
            return read_json(str((await form_of(request)).get("payload", "")))
        return await json_of(request)
    except ValueError:
        return None
