"""Who takes compressed answers, in the many ways of saying so."""

import pytest

from bot.web.compression import takes_gzip


@pytest.mark.parametrize(
    "accepted",
    [
        "gzip",
        "GZIP",
        "gzip, deflate, br",
        "deflate;q=1.0, gzip;q=0.5",
        "*",
        "x-gzip",
        "gzip;q=0.5, identity;q=0.2",
        "br ; q=1 , gzip ; q=0.8",
    ],
)
def test_it_is_compressed_for_who_takes_it(accepted: str) -> None:
    assert takes_gzip(accepted)


@pytest.mark.parametrize(
    "accepted",
    [
        "",
        "identity",
        "br",
        "gzip;q=0",
        "*;q=0",
        "*, gzip;q=0",
        "identity;q=1, gzip;q=0.5",
        "gzip;q=nonsense",
        ",;,=",
    ],
)
def test_it_is_left_plain_for_who_does_not_or_would_rather_not(accepted: str) -> None:
    assert not takes_gzip(accepted)
