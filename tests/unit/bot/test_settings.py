"""What the settings accept, what they refuse, and that no refusal gives a secret away."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.maintenance_settings import policy_of
from bot.secret_keys import secret_keys
from bot.settings import Settings, given_variables, read_settings, variable_of
from bot.settings_page import page
from bot.settings_rules import WrongSettings
from core.domain.policy import Policy

ROOT = Path(__file__).parents[3]
POSTGRES = "postgresql+asyncpg://tocsin:hunter2hunter2@db:5432/tocsin"
KEY = "a-secret-key-of-some-length"


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(variable_of(field), raising=False)


def problems(monkeypatch: pytest.MonkeyPatch, **variables: str) -> str:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(WrongSettings) as wrong:
        read_settings()
    return str(wrong.value)


def test_without_any_variable_everything_has_a_default() -> None:
    settings = read_settings()

    assert (settings.host, settings.port, settings.sandbox_port) == ("127.0.0.1", 8000, 8001)
    assert settings.url == "http://127.0.0.1:8000"
    assert settings.database == "sqlite+aiosqlite:///data/tocsin.db"
    assert settings.slack_transport is None


def test_the_env_file_is_read_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("TOCSIN_PORT=9001\nTOCSIN_HOST=::1\nPOSTGRES_PASSWORD=x\n")
    monkeypatch.setenv("TOCSIN_PORT", "9002")

    settings = read_settings()

    assert settings.url == "http://[::1]:9002"


def test_an_installation_decides_about_maintenance(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = policy_of(read_settings())
    monkeypatch.setenv("TOCSIN_MAINTENANCE_LONGEST_DAYS", "30")
    monkeypatch.setenv("TOCSIN_MAINTENANCE_REMINDERS", "15, 1440, 60, 60")
    decided = policy_of(read_settings())
    monkeypatch.setenv("TOCSIN_MAINTENANCE_REMINDERS", "0")
    without = policy_of(read_settings())

    assert usual == Policy()
    assert decided == Policy(longest_maintenance=timedelta(days=30), reminders=(1440, 60, 15))
    assert without.reminders == ()


def test_an_empty_value_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "")
    monkeypatch.setenv("TOCSIN_PORT", "")

    settings = read_settings()

    assert settings.slack_bot_token is None
    assert settings.port == 8000


@pytest.mark.parametrize(
    ("variable", "value", "mend"),
    [
        ("TOCSIN_PORT", "eight", "must be a whole number"),
        ("TOCSIN_PORT", "70000", "must be 65535 or less"),
        ("TOCSIN_SANDBOX_PORT", "-1", "must be 0 or more"),
        ("TOCSIN_BASE_URL", "tocsin.example.com", "must be a URL such as"),
        ("TOCSIN_MAINTENANCE_LONGEST_DAYS", "0", "must be 1 or more"),
        ("TOCSIN_MAINTENANCE_REMINDERS", "an hour", "must be a list of up to 10 numbers"),
        ("TOCSIN_MAINTENANCE_REMINDERS", "60,", "must be a list of up to 10 numbers"),
        ("TOCSIN_MAINTENANCE_REMINDERS", "-5", "must be a list of up to 10 numbers"),
        ("TOCSIN_MAINTENANCE_REMINDERS", "44641", "each 44640 or less"),
        ("TOCSIN_MAINTENANCE_REMINDERS", "1,2,3,4,5,6,7,8,9,10,11", "up to 10 numbers"),
        ("TOCSIN_DATABASE_URL", "mysql://root@db/x", "must begin with sqlite+aiosqlite:///"),
        ("TOCSIN_DATABASE_URL", "http://[broken", "is not a URL that can be read"),
        ("TOCSIN_DATABASE_URL", "postgresql+asyncpg://u:pw@h:abc/db", "the port is a number"),
        ("TOCSIN_DATABASE_URL", "postgresql+asyncpg://u:pw@h:99999/db", "a port between 1 and"),
        ("TOCSIN_DATABASE_URL", "sqlite+aiosqlite:///", "must name a file"),
        ("TOCSIN_DATABASE_URL", "sqlite+aiosqlite://", "must name a file"),
        ("TOCSIN_DATABASE_URL", "sqlite+aiosqlite:///:memory:", "must name a file"),
        ("TOCSIN_CHROMA_URL", "chroma", "must be a URL such as https://"),
        ("TOCSIN_CHROMA_URL", "ftp://chroma:8000", "must be a URL such as https://"),
        ("TOCSIN_EMBEDDINGS_URL", "api.example.com", "must be a URL such as https://"),
        ("TOCSIN_SEARCH", "magic", "must be one of"),
        ("TOCSIN_REDIS_URL", "redis", "must be a URL such as redis://"),
        ("TOCSIN_REDIS_URL", "https://redis.example.com", "must be a URL such as redis://"),
        ("TOCSIN_REDIS_URL", "redis://redis.example.com:x", "must be a URL such as redis://"),
        ("TOCSIN_TRUSTED_PROXIES", "10.0.0.0/8, proxy", "must be a list of addresses"),
        ("TOCSIN_TRUSTED_PROXIES", "10.0.0.1/8", "a network has zeros behind its prefix"),
        ("TOCSIN_CORS_ORIGINS", "status.example.com", "must be a list of origins such as"),
        ("TOCSIN_CORS_ORIGINS", "https://example.com/", "a slash at the end"),
        ("TOCSIN_CORS_ORIGINS", "https://example.com/status", "without a path"),
        ("TOCSIN_CORS_ORIGINS", "https://Example.com", "in lower case"),
        ("TOCSIN_CORS_ORIGINS", "https://example.com:443", "the usual port"),
        ("TOCSIN_CORS_ORIGINS", "https://alice@example.com", "must be a list of origins"),
        ("TOCSIN_CORS_ORIGINS", "*, ftp://example.com", "must be a list of origins"),
        ("TOCSIN_SECRET_KEY", "short", "is too short to be a secret"),
        ("TOCSIN_SECRET_KEYS_PREVIOUS", f"{KEY},short", "16 characters or more, separated by"),
        ("TOCSIN_REGISTRATION", "sometimes", "must be"),
        ("TOCSIN_SMTP_URL", "mail.example.com", "must be a URL such as smtp://"),
        ("TOCSIN_SMTP_URL", "https://mail.example.com", "must be a URL such as smtp://"),
        ("TOCSIN_SMTP_URL", "smtp://mail.example.com:x", "must be a URL such as smtp://"),
        ("TOCSIN_MAIL_FROM", "Tocsin", "must be an address such as"),
        ("TOCSIN_RATE_LIMIT_USER", "0", "must be 1 or more"),
        ("TOCSIN_RATE_LIMIT_ORGANIZATION", "many", "must be a whole number"),
        ("TOCSIN_RATE_LIMIT_ADDRESS", "0", "must be 1 or more"),
        ("TOCSIN_LOG_LEVEL", "loud", "must be one of 'debug', 'info', 'warning' or 'error'"),
        ("TOCSIN_ANNOUNCEMENT_CHANNEL", "two words", "must be the name or the id"),
        ("TOCSIN_GRACE", "soon", "must be a number"),
        ("SLACK_BOT_TOKEN", "xapp-1-token", "the bot token begins with xoxb-"),
        ("SLACK_APP_TOKEN", "xoxb-1-token", "the app-level token begins with xapp-"),
        ("SLACK_API_URL", "slack.com", "must be a URL, with its scheme"),
    ],
)
def test_a_wrong_value_is_answered_with_its_variable_and_the_mend(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, mend: str
) -> None:
    sentence = problems(monkeypatch, **{variable: value})

    assert sentence.startswith(variable)
    assert mend in sentence


@pytest.mark.parametrize(
    ("variable", "value", "missing"),
    [
        ("TOCSIN_EMBEDDINGS_URL", "https://api.example.com/v1", "TOCSIN_EMBEDDINGS_MODEL"),
        ("TOCSIN_EMBEDDINGS_MODEL", "small", "TOCSIN_EMBEDDINGS_URL"),
        ("TOCSIN_EMBEDDINGS_KEY", "sk-hunter2", "TOCSIN_EMBEDDINGS_URL"),
    ],
)
def test_embeddings_elsewhere_need_an_address_and_a_model(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, missing: str
) -> None:
    sentence = problems(monkeypatch, **{variable: value})

    assert sentence.startswith(f"{missing} is missing")
    assert variable in sentence
    assert "hunter2" not in sentence


@pytest.mark.parametrize("user", ["alice:hunter2", "hunter2", ":hunter2"])
def test_a_user_in_the_address_of_embeddings_and_a_key_are_not_both_sent(
    monkeypatch: pytest.MonkeyPatch, user: str
) -> None:
    there = {
        "TOCSIN_EMBEDDINGS_URL": f"https://{user}@api.example.com/v1",
        "TOCSIN_EMBEDDINGS_MODEL": "small",
    }

    sentence = problems(monkeypatch, **there, TOCSIN_EMBEDDINGS_KEY="sk-hunter3")

    assert sentence.startswith("TOCSIN_EMBEDDINGS_URL has a user in it")
    assert "TOCSIN_EMBEDDINGS_KEY" in sentence
    assert "hunter" not in sentence


def test_a_user_in_the_address_of_embeddings_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_EMBEDDINGS_URL", "https://alice:hunter2@api.example.com/v1")
    monkeypatch.setenv("TOCSIN_EMBEDDINGS_MODEL", "small")

    settings = read_settings()

    assert "hunter2" not in repr(settings)
    assert "hunter2" not in settings.model_dump_json()


def test_all_that_is_wrong_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    sentences = problems(monkeypatch, TOCSIN_PORT="x", TOCSIN_LOG_LEVEL="y").splitlines()

    assert [sentence.split()[0] for sentence in sentences] == ["TOCSIN_PORT", "TOCSIN_LOG_LEVEL"]


def test_postgresql_needs_a_secret_key(monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = problems(monkeypatch, TOCSIN_DATABASE_URL=POSTGRES)

    assert sentence.startswith("TOCSIN_SECRET_KEY is missing")
    assert "hunter2" not in sentence


@pytest.mark.parametrize("variable", ["SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"])
def test_a_way_in_from_slack_without_a_way_out_is_refused(
    monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    sentence = problems(monkeypatch, **{variable: "xapp-something"})

    assert sentence.startswith("SLACK_BOT_TOKEN is missing")
    assert variable in sentence


def test_an_oauth_client_is_a_way_out_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "s")
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "c")

    assert read_settings().slack_transport == "http"


@pytest.mark.parametrize(
    ("there", "missing"),
    [("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"), ("SLACK_CLIENT_SECRET", "SLACK_CLIENT_ID")],
)
def test_half_an_oauth_client_is_refused(
    monkeypatch: pytest.MonkeyPatch, there: str, missing: str
) -> None:
    sentence = problems(monkeypatch, **{there: "value"})

    assert sentence.startswith(f"{missing} is missing")


def test_with_an_app_token_socket_mode_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN"):
        monkeypatch.setenv(variable, "value")

    assert read_settings().slack_transport == "socket mode"


SECRETS = {
    "TOCSIN_DATABASE_URL": POSTGRES,
    "TOCSIN_SECRET_KEY": KEY,
    "TOCSIN_SECRET_KEYS_PREVIOUS": f"{KEY}, {KEY} again",
    "TOCSIN_SMTP_URL": "smtp://tocsin:hunter2hunter2@mail.example.com:587?starttls",
    "TOCSIN_MAIL_FROM": "Tocsin <tocsin@example.com>",
    "TOCSIN_REDIS_URL": "redis://:hunter2hunter2@cache:6379/0",
    "SLACK_BOT_TOKEN": "xoxb-hunter2hunter2",
    "SLACK_SIGNING_SECRET": "hunter2hunter2",
    "SLACK_APP_TOKEN": "xapp-hunter2hunter2",
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "hunter2hunter2",
}


def test_settings_printed_by_accident_show_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, value in SECRETS.items():
        monkeypatch.setenv(variable, value)

    settings = read_settings()

    assert "hunter2" not in f"{settings!r} {settings} {settings.model_dump()}"
    assert KEY not in repr(settings)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+asyncpg://u:hunter2@h:abc/db",
        "postgresql+asyncpg://u:hunter2@h:99999/db",
        "postgres://u:hunter2@h/db",
        "postgresql+asyncpg:/u:hunter2@h:x",
        "hunter2",
    ],
)
def test_a_mistyped_database_url_is_not_repeated(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    sentence = problems(monkeypatch, TOCSIN_DATABASE_URL=url, TOCSIN_SECRET_KEY=KEY)

    assert sentence.startswith("TOCSIN_DATABASE_URL")
    assert "hunter2" not in sentence


def test_every_variable_is_known_where_it_stands(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("TOCSIN_PROT=9001\nTOCSIN_HOST=::1\nTOCSIN_NOTHING\n")
    monkeypatch.setenv("TOCSIN_HOST", "127.0.0.2")

    variables = given_variables()

    assert variables["TOCSIN_PROT"] == "9001"
    assert variables["TOCSIN_HOST"] == "127.0.0.2"
    assert variables["TOCSIN_NOTHING"] == ""


@pytest.mark.parametrize("variable", sorted(set(SECRETS) - {"SLACK_CLIENT_ID"}))
def test_a_refusal_repeats_no_value(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    secret = "hunter2" if variable == "TOCSIN_SECRET_KEY" else "http://[hunter2"

    sentence = problems(monkeypatch, **{variable: secret, "TOCSIN_PORT": "hunter2"})

    assert "hunter2" not in sentence


def test_every_setting_is_explained() -> None:
    mute = [name for name, field in Settings.model_fields.items() if not field.description]

    assert mute == []


def test_the_page_about_the_settings_is_true() -> None:
    written = (ROOT / "docs/settings.md").read_text(encoding="utf-8")

    assert written == page(), "Run `python -m bot.settings_page > docs/settings.md`."


def test_mail_is_from_somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_SMTP_URL", "smtp://mail.example.com")

    with pytest.raises(WrongSettings, match="TOCSIN_MAIL_FROM is missing"):
        read_settings()


def test_the_present_secret_key_comes_before_those_of_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TOCSIN_SECRET_KEY", "the present secret key")
    monkeypatch.setenv("TOCSIN_SECRET_KEYS_PREVIOUS", "an older secret key, the oldest secret key")

    assert secret_keys(read_settings()) == (
        *("the present secret key", "an older secret key"),
        "the oldest secret key",
    )
