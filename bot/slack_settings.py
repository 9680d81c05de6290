"""The settings as the Slack door is told them."""

from pydantic import SecretStr

from bot.settings import Settings
from bot.slack.config import SlackConfig
from core.domain.ids import OrganizationId


def slack_config(settings: Settings, organization_id: OrganizationId) -> SlackConfig:
    return SlackConfig(
        organization_id=organization_id,
        bot_token=_text(settings.slack_bot_token),
        signing_secret=_text(settings.slack_signing_secret),
        app_token=_text(settings.slack_app_token),
        client_id=settings.slack_client_id or "",
        client_secret=_text(settings.slack_client_secret),
        api_url=settings.slack_api_url,
        base_url=settings.url,
        announcement_channel=settings.announcement_channel,
    )


def _text(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
