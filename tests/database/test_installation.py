from __future__ import annotations

from ghostly.database.installation import PROGRAMS, account_for, copied, programs_for


def test_a_copy_of_the_programs_runs_where_the_original_cannot_be_reached(reachable):
    account = account_for(reachable / "none")
    site = programs_for(account).parents[2]
    copy = copied(site, reachable / "copies")

    said = account.run(copy / PROGRAMS / "bin" / "initdb", "--version").stdout
    assert said.startswith("initdb (PostgreSQL) 18")
