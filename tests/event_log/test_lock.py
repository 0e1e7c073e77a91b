from __future__ import annotations

from ghostly.database.migrations import packaged
from ghostly.event_log.append import LOCK


def test_the_number_of_the_lock_is_the_one_that_appends_take():
    [sql] = [migration.sql for migration in packaged() if migration.name == "append"]

    assert f"pg_advisory_xact_lock({LOCK})" in sql
