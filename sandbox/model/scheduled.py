"""Messages that wait for their time."""

from dataclasses import dataclass

from sandbox.model.messages import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduled:
    id: str
    post_at: int
    created: int
    draft: Draft
