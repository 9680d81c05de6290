"""The secret keys as the settings and the data folder have them."""

from bot.encryption import secret_key_in
from bot.settings import Settings
from bot.settings_rules import listed_keys


def secret_keys(settings: Settings) -> tuple[str, ...]:
    """The present one first, then those of before, by which old things are still known."""
    return (_present(settings), *listed_keys(settings.secret_keys_previous))


def _present(settings: Settings) -> str:
    """The one given, else the one of the data folder."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    return secret_key_in(settings.data_dir)
