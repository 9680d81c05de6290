"""The letters Tocsin writes to people."""

from collections.abc import Sequence

from bot.mail import Letter
from core.domain.account import Organization, User
from core.domain.invitation import Invitation

_CURL = """\
curl -X POST {url} \\
  -H 'Content-Type: application/json' \\
  -d '{body}'
"""


def reset_letter(user: User, tokens: Sequence[tuple[Organization, str]], base_url: str) -> Letter:
    """A token for each of the organisations in which they have an account."""
    url = f"{base_url}/api/v1/auth/password/reset/confirm"
    body = '{"token": "…", "password": "…"}'
    blocks = "\n".join(f"At {one.name}:\n\n{token}\n" for one, token in tokens)
    return Letter(
        to=user.email,
        subject="Your new password for Tocsin",
        text=f"""\
Hello {user.name},

somebody, perhaps you, asked for a new password for {user.email}.
A token lets you choose one within an hour, once.

{blocks}
{_CURL.format(url=url, body=body)}
If it was not you, do nothing: your password stays as it is.
""",
    )


def invitation_letter(
    invitation: Invitation, organization: Organization, token: str, base_url: str
) -> Letter:
    url = f"{base_url}/api/v1/auth/invitations/accept"
    body = f'{{"token": "{token}", "name": "…", "password": "…"}}'
    return Letter(
        to=invitation.email,
        subject=f"You are invited to {organization.name} on Tocsin",
        text=f"""\
Hello,

you are invited to {organization.name} as {invitation.role}. This token lets you join until
{invitation.expires_at:%Y-%m-%d %H:%M} UTC:

{token}

{_CURL.format(url=url, body=body)}
""",
    )
