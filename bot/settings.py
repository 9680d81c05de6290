"""Every setting of Tocsin in one class, read from the environment and from a `.env` file."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, DotEnvSettingsSource, SettingsConfigDict
from sqlalchemy import make_url

from bot import settings_rules as rules
from bot.listed_minutes import reminders
from bot.settings_rules import WrongSettings
from bot.settings_together import missing_beside

Port = Annotated[int, Field(ge=0, le=65_535)]
PerMinute = Annotated[int, Field(ge=1, le=1_000_000)]


class Settings(BaseSettings):
    """What can be configured; the docstring of each field is its documentation."""

    model_config = SettingsConfigDict(
        env_prefix="TOCSIN_",
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        populate_by_name=True,
        use_attribute_docstrings=True,
    )

    host: str = "127.0.0.1"
    """The address to listen at. `0.0.0.0` listens at all of them, as in a container."""

    port: Port = 8000
    """The TCP port of the REST API, the webhooks and Slack's requests; 0 takes any free one."""

    sandbox_port: Port = 8001
    """The TCP port of the sandbox workspace, for `tocsin demo` and `tocsin sandbox`; 0 takes any
    free one."""

    base_url: Annotated[str | None, AfterValidator(rules.base_url)] = None
    """The URL at which others reach Tocsin, without a slash at its end. Without it, the
    address and the port it listens at."""

    data_dir: Path = Path("data")
    """The folder for the embedded database and the secret key; made when it is not there."""

    database_url: Annotated[SecretStr | None, AfterValidator(rules.database_url)] = None
    """`sqlite+aiosqlite:///path` or `postgresql+asyncpg://user:password@host:5432/name`.
    Without it, `tocsin.db` in the data folder."""

    search: Literal["meaning", "words"] = "meaning"
    """Whether search knows what texts mean, or looks for their words alone, which needs no second
    process and about 250 MB less memory (434 MiB less at 100,000 documents): `meaning` or
    `words`."""

    chroma_url: Annotated[SecretStr | None, AfterValidator(rules.web_url)] = None
    """The URL of a Chroma server that holds the index for search by meaning. Without it, the
    index is in the data folder."""

    embeddings_url: Annotated[SecretStr | None, AfterValidator(rules.web_url)] = None
    """The URL of an OpenAI-compatible API that makes the vectors for search by meaning, such as
    `https://api.example.com/v1`; texts of incidents are sent to it. Without it, nothing leaves the
    machine."""

    embeddings_model: str | None = None
    """The model at that URL; needed with it."""

    embeddings_key: SecretStr | None = None
    """The API key for that URL."""

    secret_key: Annotated[SecretStr | None, AfterValidator(rules.secret_key)] = None
    """Encrypts what Tocsin keeps of Slack installations, and signs sign-in tokens; 16 characters
    or more. On the embedded database it is made once, in the data folder; with PostgreSQL it must
    be given."""

    secret_keys_previous: Annotated[SecretStr | None, AfterValidator(rules.previous_keys)] = None
    """Secret keys of before, separated by commas. What they encrypted and signed is still read,
    while everything new is made with the present one."""

    registration: Literal["open", "closed"] = "open"
    """Whether strangers may register an organisation of their own over the API. Invitations and
    `tocsin users create` work either way."""

    smtp_url: Annotated[SecretStr | None, AfterValidator(rules.smtp_url)] = None
    """The mail server for password resets and invitations, `smtp://user:password@host:587?starttls`
    or `smtps://user:password@host:465`. Without it no mail is sent."""

    mail_from: Annotated[str | None, AfterValidator(rules.mail_from)] = None
    """Who mail is from, `Tocsin <tocsin@example.com>`; needed with the mail server."""

    rate_limit_user: PerMinute = 1_200
    """Requests a minute that one user or one API key may make, where the plan of the organisation
    says nothing else."""

    rate_limit_organization: PerMinute = 6_000
    """Requests a minute that all users and keys of one organisation may make together, where its
    plan says nothing else."""

    rate_limit_address: PerMinute = 60
    """Requests a minute that one address may make without a login, as for logging in."""

    redis_url: Annotated[SecretStr | None, AfterValidator(rules.redis_url)] = None
    """The URL of a Redis in which several replicas count requests together,
    `redis://:password@host:6379/0`. Without it each process counts for itself."""

    trusted_proxies: Annotated[str, AfterValidator(rules.networks)] = ""
    """The addresses of the proxies in front of Tocsin, such as `10.0.0.0/8, ::1`. What these
    write into `X-Forwarded-For` is believed."""

    cors_origins: Annotated[str, AfterValidator(rules.origins)] = ""
    """The origins whose pages may call the API from a browser, such as
    `https://status.example.com`, separated by commas; `*` for all of them."""

    log_level: Annotated[
        Literal["debug", "info", "warning", "error"], BeforeValidator(rules.log_level)
    ] = "info"
    """The least important lines that are logged: `debug`, `info`, `warning` or `error`."""

    opsknight_open_literal: Literal["triggered", "OPEN"] = "triggered"
    """How `/api/incidents` calls an open incident: `triggered`, as OpsKnight's documents show it,
    or `OPEN`, as its program sends it. Both are understood either way."""

    announcement_channel: Annotated[str, AfterValidator(rules.channel)] = "incidents"
    """The Slack channel in which incidents are announced, by name or by id."""

    maintenance_longest_days: Annotated[int, Field(ge=1, le=3_660)] = 366
    """Days that a maintenance window may last at most."""

    maintenance_reminders: Annotated[str, AfterValidator(reminders)] = "60"
    """Minutes before its start at which a maintenance window is announced, separated by commas,
    where whoever schedules it says nothing else; 0 for none."""

    webhooks_private: Literal["refused", "allowed"] = "refused"
    """Whether outgoing webhooks may reach private and loopback addresses, as for receivers in the
    same network: `refused` or `allowed`. Those of the link itself, where clouds keep their
    metadata, are never reached."""

    grace: Annotated[float, Field(ge=0.5, le=120)] = 8.0
    """Seconds that running work is given to finish when Tocsin is told to stop."""

    slack_bot_token: Annotated[
        SecretStr | None, AfterValidator(rules.bot_token), Field(validation_alias="SLACK_BOT_TOKEN")
    ] = None
    """The bot token of the installed app, `xoxb-…`."""

    slack_signing_secret: Annotated[
        SecretStr | None, Field(validation_alias="SLACK_SIGNING_SECRET")
    ] = None
    """The signing secret of the app; with it Slack's requests are taken at `/slack/events`."""

    slack_app_token: Annotated[
        SecretStr | None, AfterValidator(rules.app_token), Field(validation_alias="SLACK_APP_TOKEN")
    ] = None
    """The app-level token, `xapp-…`; with it Socket Mode is used and no address need be public."""

    slack_client_id: Annotated[str | None, Field(validation_alias="SLACK_CLIENT_ID")] = None
    """The client id of the app, for installing it through `/slack/install`."""

    slack_client_secret: Annotated[
        SecretStr | None, Field(validation_alias="SLACK_CLIENT_SECRET")
    ] = None
    """The client secret that belongs to the client id."""

    slack_api_url: Annotated[
        str, AfterValidator(rules.service_url), Field(validation_alias="SLACK_API_URL")
    ] = "https://slack.com/api/"
    """The URL of Slack's Web API; only a stand-in for Slack needs another."""

    @property
    def url(self) -> str:
        """Where others reach it."""
        return self.base_url or self.local_url

    @property
    def local_url(self) -> str:
        """Where this machine reaches it."""
        return f"http://{rules.reachable(self.host)}:{self.port}"

    @property
    def database(self) -> str:
        if self.database_url is None:
            return f"sqlite+aiosqlite:///{self.data_dir / 'tocsin.db'}"
        return self.database_url.get_secret_value()

    @property
    def database_file(self) -> Path | None:
        """The embedded database; None on PostgreSQL."""
        return None if self.on_postgresql else Path(make_url(self.database).database or "")

    @property
    def index_folder(self) -> Path:
        return self.data_dir / "index"

    @property
    def on_postgresql(self) -> bool:
        return urlsplit(self.database).scheme.startswith("postgresql")

    @property
    def slack_transport(self) -> Literal["socket mode", "http"] | None:
        """How Slack's requests arrive; None without Slack."""
        if self.slack_app_token:
            return "socket mode"
        return "http" if self.slack_signing_secret else None

    @model_validator(mode="after")
    def _that_fit_together(self) -> Self:
        if missing := missing_beside(self):
            raise ValueError(missing)
        return self


def read_settings(**overrides: object) -> Settings:
    """The settings of the environment; `WrongSettings` names every one that is wrong.

    `overrides` are fields by name and win over the environment.
    """
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as wrong:
        raise WrongSettings(rules.sentences(wrong, variable_of)) from None
    except (OSError, UnicodeDecodeError) as problem:
        raise WrongSettings((f"The file .env cannot be read: {problem}.",)) from problem


def given_variables() -> Mapping[str, str]:
    """Every variable of the environment and of the file `.env`, whether it is a setting or not."""
    of_the_file = DotEnvSettingsSource(Settings, case_sensitive=True).env_vars
    return {**{name: value or "" for name, value in of_the_file.items()}, **os.environ}


def variable_of(field: str) -> str:
    """The environment variable that fills a field."""
    alias = Settings.model_fields[field].validation_alias
    return alias if isinstance(alias, str) else f"TOCSIN_{field.upper()}"
