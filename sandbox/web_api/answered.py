"""What a Web API call is answered, before it becomes HTTP."""

from dataclasses import dataclass

from sandbox.json_types import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    body: Json
    status: int = 200
    retry_after: int = 0
