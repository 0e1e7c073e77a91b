"""A combobox is given what is chosen of its list; what is only typed there counts for nothing."""

from __future__ import annotations

import pytest
from looks import asked, control, page, passed, told
from msgspec.structs import replace

from ghostly.assist.offline.planning import propose
from ghostly.domain.steps import Fill

GOAL = "set Language to 'Galego'"
BOX = control("combobox", "Language", "#lang", tag="input")
TYPED = passed(Fill(selector="#lang", value="Galego", label="open fill 'Language'"))

OPEN = '- combobox "Language" [expanded]'


def option(name: str):
    return control("option", name, f"#{name}", tag="li")


def steps(*controls, done=()) -> list[str]:
    return [told(step) for step in propose(asked(GOAL, page(BOX, *controls), done)).steps]


def test_what_is_to_be_chosen_is_typed_first_and_that_is_not_all():
    proposal = propose(asked(GOAL, page(BOX)))

    assert [told(step) for step in proposal.steps] == ["fill #lang = Galego"]
    assert not proposal.completes


def test_what_is_offered_then_is_chosen():
    assert steps(option("Galego"), option("English"), done=TYPED) == ["click #Galego"]


def test_where_no_list_opens_the_text_itself_counts():
    proposal = propose(asked(GOAL, page(BOX), TYPED))

    assert [told(step) for step in proposal.steps] == ["fill #lang = Galego"]
    assert proposal.completes


@pytest.mark.parametrize("others", [(), (option("English"), option("Deutsch"))])
def test_what_is_not_offered_is_not_made_up(others):
    seen = replace(page(BOX, *others), tree=OPEN)

    assert propose(asked(GOAL, seen, TYPED)).steps == ()


def test_a_search_is_typed_and_no_more():
    search = control("combobox", "Search", "#s", tag="input")
    proposal = propose(asked("set Search to 'Galego'", page(search, option("English"))))

    assert [told(step) for step in proposal.steps] == ["fill #s = Galego"]
    assert proposal.completes
