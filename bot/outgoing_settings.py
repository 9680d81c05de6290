"""What outgoing webhooks may do, as the settings have it."""

from bot.encryption import WEBHOOKS, Cipher
from bot.outgoing.outbound import Outbound
from bot.secret_keys import secret_keys
from bot.settings import Settings


def outbound_of(settings: Settings) -> Outbound:
    return Outbound(
        cipher=Cipher(*secret_keys(settings), purpose=WEBHOOKS),
        private=settings.webhooks_private == "allowed",
    )
