"""What accounts are made of, as the settings want it."""

from bot.api.accounts.desk import Desk
from bot.api.accounts.errands import Errands
from bot.api.accounts.plans import Plans
from bot.api.accounts.seals import Seals
from bot.api.accounts.sessions import SignedIn
from bot.api.tokens import Mint
from bot.mail import Post, SmtpPost, mail_server
from bot.passwords import Passwords
from bot.secret_keys import secret_keys
from bot.settings import Settings
from bot.web_settings import usual_plan
from core.ports import Clock, Directory, ReadModels


def desk_of(settings: Settings, *, directory: Directory, reads: ReadModels, clock: Clock) -> Desk:
    keys = secret_keys(settings)
    mint = Mint(keys)
    return Desk(
        mint=mint,
        signed_in=SignedIn(directory, mint, clock),
        passwords=Passwords(),
        seals=Seals(keys[0]),
        plans=Plans(reads, usual_plan(settings)),
        errands=Errands(),
        post=post_of(settings),
        registration_open=settings.registration == "open",
        base_url=settings.url,
    )


def post_of(settings: Settings) -> Post | None:
    """None without a mail server."""
    if settings.smtp_url is None or settings.mail_from is None:
        return None
    return SmtpPost(mail_server(settings.smtp_url.get_secret_value()), settings.mail_from)
