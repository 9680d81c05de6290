"""The base of everything that is sent or answered over the API."""

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """Built when it is first used: there are more than a hundred, and a start needs none."""

    model_config = ConfigDict(defer_build=True)
