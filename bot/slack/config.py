"""What the Slack door is told about itself, as plain values."""

from dataclasses import dataclass, field

from core.domain.ids import OrganizationId


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackConfig:
    """Empty text means absent. `base_url` is Tocsin's own address, as a browser reaches it.

    With `app_token` Socket Mode is used, else requests signed with `signing_secret` are taken.
    A `bot_token` serves one workspace; `client_id` and `client_secret` let others install the app.
    """

    organization_id: OrganizationId
    bot_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    api_url: str = "https://slack.com/api/"
    base_url: str = ""
    announcement_channel: str = "incidents"
    command: str = "/incident"
    maintenance_command: str = "/maintenance"
