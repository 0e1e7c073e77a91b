"""That something is not to be seen proves something only where it was to be seen before."""

from __future__ import annotations

import pytest
from looks import SHOP, page, passed

from ghostly.assist.brain import Dossier, Evidence
from ghostly.assist.offline.judging import judge
from ghostly.domain.steps import Click, ExpectHidden, ExpectVisible, WaitForSelector

DELETE = Click(selector="#delete")
GONE = ExpectHidden(selector="#row")


def verdict(*steps) -> str | None:
    evidence = (Evidence(1, f"The page 'Shop' was opened: {SHOP}"), Evidence(10, "'click #delete' was done"))
    return judge(
        Dossier(
            reason="victory-candidate", goal="Tidy up", observation=page(), done=passed(*steps), evidence=evidence
        )
    ).verdict


@pytest.mark.parametrize("look", [GONE, WaitForSelector(selector="#row", state="detached")])
def test_what_was_never_to_be_seen_is_no_success_where_it_is_not(look):
    assert verdict(DELETE, look) == "inconclusive"


def test_what_was_to_be_seen_and_is_not_any_more_is_a_success():
    assert verdict(ExpectVisible(selector="#row"), DELETE, GONE) == "success"
