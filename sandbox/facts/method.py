"""What a Web API method asks for and may answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """The facts of one method; `lower_tier` is the stricter of two published sources.

    `reads` are those that Slack's reference calls with GET.

    `scopes` are those of a bot token and `user_scopes` those of a user token: any one suffices.
    """

    tier: str
    lower_tier: str
    scopes: tuple[str, ...] = ()
    user_scopes: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    takes_json: bool = True
    reads: bool = False
