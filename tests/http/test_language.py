from __future__ import annotations

import pytest

from ghostly.http.language import language


@pytest.mark.parametrize(
    ("accepted", "spoken"),
    [
        ("", None),
        ("*", None),
        ("es", "es"),
        ("es-MX", "es"),
        ("ES-mx", "es"),
        ("fr", "en"),
        ("fr, es;q=0.5", "es"),
        ("en-US,en;q=0.9,es;q=0.1", "en"),
        ("en;q=0.3, es;q=0.7", "es"),
        ("en;q=0.3 , es; q=0.7", "es"),
        ("en;q=0.1, en-GB;q=0.9, es;q=0.5", "en"),
        ("es;q=0, en;q=0.1", "en"),
        ("es;q=0", "en"),
        ("*;q=0.5, es;q=0.9", "es"),
    ],
)
def test_quality_values_count(accepted, spoken):
    assert language(accepted) == spoken
