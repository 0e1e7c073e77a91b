from __future__ import annotations

import pytest

from ghostly.settings import SettingError, load


@pytest.mark.parametrize("days", ["0", "-1", "1.5", "week", "3651"])
def test_days_that_no_login_lasts_are_named(days):
    with pytest.raises(SettingError, match="GHOSTLY_JWT_DAYS must"):
        load({"GHOSTLY_JWT_DAYS": days})


def test_a_login_lasts_a_week_unless_told_otherwise():
    assert (load({}).jwt_days, load({"GHOSTLY_JWT_DAYS": "30"}).jwt_days) == (7, 30)


@pytest.mark.parametrize(
    "secret",
    [
        "x" * 31,
        "x" * 64,
        "abab" * 20,
        "please-change-me-before-production-1234567890",
        "your-256-bit-secret-your-256-bit-secret",
        "a-string-secret-at-least-256-bits-long",
    ],
)
def test_a_secret_that_others_know_or_guess_is_named_and_not_shown(secret):
    with pytest.raises(SettingError, match="GHOSTLY_JWT_SECRET must") as refused:
        load({"GHOSTLY_JWT_SECRET": secret})

    assert secret not in str(refused.value)


def test_a_random_secret_is_taken():
    assert load({"GHOSTLY_JWT_SECRET": "4f2c1e9b7a6d5830" * 4}).jwt_secret == "4f2c1e9b7a6d5830" * 4
