"""The ways a request to the sandbox is refused: as Slack would, or by the control API."""

from typing import Any


class SlackError(Exception):
    """A Web API call that Slack answers with `ok: false`."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


class Refusal(Exception):
    """A request of the control API that cannot be done, with a sentence for its sender."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
