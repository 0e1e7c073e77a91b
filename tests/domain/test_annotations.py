"""What people say of a heal: recorded, refused, or said already; and the last word counts."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace
from stories import DAWN, RUN, SECOND

from ghostly.domain.annotations import (
    Annotations,
    HealApproved,
    HealRejected,
    evolve,
    fold,
    stream_of,
)
from ghostly.domain.errors import HealNotReviewable
from ghostly.domain.events import UnknownFact
from ghostly.domain.heals import Heal

ANA, BO = UUID("00000000-0000-4000-8000-00000000000a"), UUID("00000000-0000-4000-8000-00000000000b")
LOST, STEP = {"action": "click", "selector": "#save"}, {"action": "click", "selector": "#store"}
HEAL = Heal(
    id=UUID("01980000-0000-7000-8000-000000000002"),
    run=RUN,
    index=0,
    lost=LOST,
    step=STEP,
    rationale="renamed",
    outcome="succeeded",
)
UNTOLD = Annotations(run=RUN)


def says(annotations=UNTOLD, verdict="approved", *, heal=HEAL, by=ANA, at=DAWN, **more):
    return annotations.review(at, heal=heal, verdict=verdict, by=by, **more)


def after(annotations=UNTOLD, verdict="approved", **more) -> Annotations:
    return fold(annotations, says(annotations, verdict, **more))


# ---- it is recorded


def test_who_approves_a_heal_says_which_selector_stands_in_for_which():
    [said] = says(note="it was renamed")

    assert said == HealApproved(
        stream_of(RUN), 1, DAWN, f"user:{ANA}", str(RUN), str(HEAL.id), "#save", "#store", "it was renamed"
    )


def test_who_rejects_a_heal_says_so_too():
    [said] = says(verdict="rejected")

    assert (type(said), said.lost, said.selector, said.note) == (HealRejected, "#save", "#store", None)


def test_whoever_changes_their_mind_is_heard():
    [said] = says(after(), "rejected")

    assert (type(said), said.originator_version) == (HealRejected, 2)


def test_another_note_is_another_word():
    assert says(after(note="yes"), note="yes, and why") != []


def test_what_does_not_count_any_more_is_said_again():
    assert says(after(), counts=False) != []


# ---- it is refused


@pytest.mark.parametrize("outcome", ["pending", "failed"])
@pytest.mark.parametrize("verdict", ["approved", "rejected"])
def test_nobody_reviews_what_did_not_work(outcome, verdict):
    with pytest.raises(HealNotReviewable):
        says(verdict=verdict, heal=replace(HEAL, outcome=outcome))


def test_nobody_approves_a_selector_that_was_masked():
    with pytest.raises(HealNotReviewable):
        says(heal=replace(HEAL, step={"selector": "[REDACTED]"}))


# ---- it is said already


@pytest.mark.parametrize("verdict", ["approved", "rejected"])
def test_the_same_said_twice_is_said_once(verdict):
    assert says(after(verdict=verdict, note="so it is"), verdict, by=BO) == []


# ---- the fold


def test_the_last_word_counts_whoever_had_it():
    said = after(after(), "rejected", by=BO, at=DAWN + SECOND, note="no")
    review = said.reviews[str(HEAL.id)]

    assert (review.verdict, review.by, review.at, review.note) == ("rejected", str(BO), DAWN + SECOND, "no")
    assert said.seq == 2


def test_times_never_go_back():
    [said] = says(after(), "rejected", at=DAWN - timedelta(hours=1))

    assert said.timestamp == DAWN


def test_a_word_that_only_a_newer_program_knows_is_counted_and_passed_on():
    later = evolve(after(), UnknownFact(stream_of(RUN), 2, DAWN, "system", "run-praised", {}))

    assert (later.seq, later.reviews) == (2, after().reviews)


def test_every_run_has_a_stream_of_its_own_for_what_is_said_of_it():
    assert stream_of(RUN) == stream_of(UUID(str(RUN))) != stream_of(HEAL.id)
