"""What alert sources and their tools sign with, sealed for the database and opened for the door."""

from dataclasses import dataclass, field

from bot.encryption import SOURCES, Cipher
from bot.secret_keys import secret_keys
from bot.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSecrets:
    cipher: Cipher = field(repr=False)

    def seal(self, secret: str) -> str:
        """Empty stays empty: there is none."""
        return self.cipher.encrypt(secret).decode() if secret else ""

    def opened(self, sealed: str) -> str | None:
        """None where there is none; `Unreadable` when it was sealed with another key."""
        return self.cipher.decrypt(sealed.encode()) if sealed else None


def source_secrets_of(settings: Settings) -> SourceSecrets:
    return SourceSecrets(cipher=Cipher(*secret_keys(settings), purpose=SOURCES))
