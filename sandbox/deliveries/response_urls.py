"""Response URLs: five answers within thirty minutes to what somebody did."""

from dataclasses import dataclass

from sandbox.facts import limits
from sandbox.model.workspace import Workspace


@dataclass(slots=True, kw_only=True)
class ResponseUrl:
    """Where an answer goes: the user, their channel, and the message acted on, if any."""

    user: str
    channel: str
    message_ts: str
    thread_ts: str
    expires: float
    uses: int = 0


class ResponseUrls:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._known: dict[str, ResponseUrl] = {}

    def forget(self) -> None:
        """Let none of those handed out be known any more."""
        self._known.clear()

    def issue(self, user: str, channel: str, message_ts: str = "", thread_ts: str = "") -> str:
        """The path of a new response URL."""
        ids = self._workspace.ids
        path = f"/actions/{self._workspace.team.id}/{ids.number()}/{ids.hex(24)}"
        self._known[path] = ResponseUrl(
            user=user,
            channel=channel,
            message_ts=message_ts,
            thread_ts=thread_ts,
            expires=self._workspace.clock.seconds() + limits.RESPONSE_URL_SECONDS,
        )
        return path

    def find(self, path: str) -> ResponseUrl | None:
        return self._known.get(path)

    def refusal(self, url: ResponseUrl) -> str:
        """Why an answer is no longer taken, or nothing; a use is counted."""
        if self._workspace.clock.seconds() >= url.expires:
            return "expired_url"
        url.uses += 1
        return "used_url" if url.uses > limits.RESPONSE_URL_USES else ""
