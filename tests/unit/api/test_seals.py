"""Seals tell secrets apart, and nothing about them."""

from bot.api.accounts.seals import Seals

SEALS = Seals("a secret key for tests")


def test_the_same_secrets_have_the_same_seal() -> None:
    assert SEALS.of("one", "two") == Seals("a secret key for tests").of("one", "two")


def test_other_secrets_another_order_and_another_cut_have_another_seal() -> None:
    secrets = [("one", "two"), ("two", "one"), ("onet", "wo"), ("onetwo",), ("one", "two", ""), ()]

    assert len({SEALS.of(*each) for each in secrets}) == len(secrets)


def test_whoever_has_another_key_makes_another_seal() -> None:
    assert Seals("another key").of("one") != SEALS.of("one")


def test_any_text_can_be_sealed() -> None:
    assert SEALS.of("\ud800") != SEALS.of("?")
