"""What an organisation may use of a server that others use too."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much an organisation, and each user and key of it, may ask for."""

    name: str
    requests_per_minute_user: int
    requests_per_minute_organization: int
