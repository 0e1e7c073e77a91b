"""What a goal expects at its end is how its victory is known."""

from __future__ import annotations

import pytest
from looks import asked, button, page, passed

from ghostly.assist.offline.planning import propose
from ghostly.domain.pursuit import Victory

WON = [
    ("click Save, see 'Saved'", Victory(text_includes=("Saved",), must_all=True)),
    ("see 'A' and 'B'", Victory(text_includes=("A", "B"), must_all=True)),
    ("click Save. The URL should contain /done", Victory(url_includes=("/done",), must_all=True)),
    ("pulsa Save y verifica que se ve 'Hecho'", Victory(text_includes=("Hecho",), must_all=True)),
    (
        "see all is well",
        Victory(selector_visible=(r"text=/(?<!\bnot? )\ball\s+is\s+well\b/i >> visible=true",), must_all=True),
    ),
    ("click Save", None),
    ("see 'Before', then click Save", None),
    (
        "click Save. 'Error' is not visible",
        Victory(selector_hidden=("text=/Error/i >> visible=true",), must_all=True),
    ),
    ("fill Name with Ana. The Name field contains 'Ana'", None),
]


@pytest.mark.parametrize(("goal", "victory"), WON)
def test_what_stands_at_the_end_is_the_victory(goal: str, victory: Victory | None):
    assert propose(asked(goal, page(button("Save")))).victory == victory


def test_an_expectation_is_waited_for_as_well():
    proposal = propose(asked("click Save, see 'Saved'", page(button("Save"))))

    assert [step.__struct_config__.tag for step in proposal.steps] == ["click", "expectText"]
    assert proposal.completes


@pytest.mark.parametrize(
    ("goal", "label"),
    [
        ("the total is 23.70 €", "reads 'total' beside '23.70 €'"),
        ("The row of 'INV-7' says 'Sent'", "see 'Sent' beside 'INV-7'"),
        ("'Error' is not visible", "unseen 'Error'"),
    ],
)
def test_an_expectation_is_labelled_with_all_that_it_looks_for(goal: str, label: str):
    (step,) = propose(asked(goal, page())).steps

    assert step.label == label


def test_nothing_is_completed_while_something_is_not_there_yet():
    proposal = propose(asked("click Save, click OK, see 'Saved'", page(button("Save"))))

    assert (len(proposal.steps), proposal.has_more, proposal.completes) == (1, True, False)


def test_what_was_done_is_not_proposed_again():
    first = propose(asked("click Save, click OK", page(button("Save")))).steps
    then = propose(asked("click Save, click OK", page(button("Save"), button("OK", "#ok")), passed(*first)))

    assert [step.selector for step in then.steps] == ["#ok"]


def test_where_nothing_follows_nothing_is_proposed():
    first = propose(asked("click Save, click OK", page(button("Save")))).steps
    stuck = propose(asked("click Save, click OK", page(button("Save")), passed(*first)))

    assert (stuck.steps, stuck.has_more, stuck.completes, stuck.unclear) == ((), False, False, None)
