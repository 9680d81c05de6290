"""Passwords, the secret key and what is encrypted with it."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.encryption import SECRET_KEY_FILE, Cipher, Unreadable, secret_key_in
from bot.passwords import BadPassword, hash_password, new_password, password_fits
from bot.private_files import (
    UnusableFolder,
    is_private,
    open_data_folder,
    read_or_make,
    replace_private,
)


def test_what_is_encrypted_can_be_read_again_with_the_same_key() -> None:
    sealed = Cipher("a secret key of some length").encrypt("xoxb-token")

    assert b"xoxb" not in sealed
    assert Cipher("a secret key of some length").decrypt(sealed) == "xoxb-token"


def test_another_key_cannot_read_it_and_the_sentence_says_what_to_do() -> None:
    sealed = Cipher("a secret key of some length").encrypt("xoxb-token")

    with pytest.raises(Unreadable, match="bring TOCSIN_SECRET_KEY back"):
        Cipher("another key of some length").decrypt(sealed)


def test_a_key_of_before_still_reads_what_it_encrypted_and_encrypts_nothing() -> None:
    old, new = "a secret key of some length", "another key of some length"
    rotated = Cipher(new, old)

    assert rotated.decrypt(Cipher(old).encrypt("xoxb-token")) == "xoxb-token"
    assert Cipher(new).decrypt(rotated.encrypt("xoxb-token")) == "xoxb-token"
    with pytest.raises(Unreadable):
        Cipher(old).decrypt(rotated.encrypt("xoxb-token"))


def test_the_secret_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    key = secret_key_in(tmp_path)

    assert secret_key_in(tmp_path) == key
    assert len(key) > 40
    assert stat.S_IMODE((tmp_path / SECRET_KEY_FILE).stat().st_mode) == 0o600


def test_of_several_who_make_it_at_once_all_have_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(secret_key_in, [tmp_path] * 16))

    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == [SECRET_KEY_FILE]


def test_a_file_others_may_read_is_not_private(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    read_or_make(path, lambda: "x")
    assert is_private(path)

    path.chmod(0o640)

    assert not is_private(path)


def test_a_private_file_that_is_replaced_stays_private(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    read_or_make(path, lambda: "old")

    replace_private(path, "new")

    assert path.read_text() == "new"
    assert is_private(path)


def test_a_data_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    folder = open_data_folder(tmp_path / "a" / "b")

    assert folder.is_dir()
    assert list(folder.iterdir()) == []


def test_a_data_folder_that_cannot_be_written_names_the_setting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(UnusableFolder, match="TOCSIN_DATA_DIR"):
        open_data_folder(tmp_path / "file" / "data")


async def test_a_password_fits_its_hash_and_no_other_does() -> None:
    hash = await hash_password("correct horse battery")

    assert "horse" not in hash
    assert await password_fits("correct horse battery", hash)
    assert not await password_fits("correct horse batterz", hash)


async def test_what_is_no_hash_fits_nothing() -> None:
    assert not await password_fits("correct horse battery", "plain text")


@pytest.mark.parametrize(("password", "why"), [("short", "too short"), ("x" * 1001, "too long")])
async def test_a_password_has_a_sensible_length(password: str, why: str) -> None:
    with pytest.raises(BadPassword, match=why):
        await hash_password(password)


def test_new_passwords_are_all_different() -> None:
    assert len({new_password() for _ in range(100)}) == 100
