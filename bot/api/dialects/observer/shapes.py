"""What Observer's clients send besides what it shares with Overwatch; unknown keys are ignored."""

from typing import Annotated

from pydantic import Field

from bot.api.shape import Shape


class Resolution(Shape):
    description: Annotated[
        str | None,
        Field(description="A last message, of the type Resolved, which says what fixed it."),
    ] = None
    root_cause: str | None = None
