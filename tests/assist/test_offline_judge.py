"""Whose turn it is, by what a dossier proves."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from looks import SHOP, button, field, link, page
from msgspec.structs import replace

from ghostly.assist.brain import Done, Dossier, Evidence, Ruling
from ghostly.assist.goals.expected import victory as expected_of
from ghostly.assist.goals.language import understand
from ghostly.assist.offline import OfflineBrain
from ghostly.domain.observation import Observation, PageError
from ghostly.domain.pursuit import Victory
from ghostly.domain.steps import Click, ExpectText, Fill

OPENED = Evidence(1, f"The page 'Shop' was opened: {SHOP}")
GOAL = "fill Name with Ana, click Save, see 'Order placed'"
FILLED = Done(step=Fill(selector="#name", value="Ana", label="fill 'Name'"), seq=10)
SAVED = Done(step=Click(selector="#save", label="click 'Save'"), seq=12)
SEEN = Done(step=ExpectText(text="Order placed", label="see 'Order placed'"), seq=14)
UNSEEN = Done(
    step=SEEN.step, seq=14, error="Timeout 3000 ms: the page does not show 'Order placed'; nothing stands there"
)
WANTED = Victory(text_includes=("Order placed",), must_all=True)
ALERT = PageError(kind="alert", severity="warning", text="Please enter your name")
STOOD = Evidence(1, f"warning alert: {ALERT.text}")
PLAIN = page(field("Name", "#name"), button("Save", "#save"), text="Shop")


def ruled(reason: str = "stalled", *done: Done, seen: Observation = PLAIN, **more: Any) -> Ruling:
    usual = {"goal": GOAL, "evidence": (OPENED,), "may_continue": False}
    dossier = Dossier(reason=reason, observation=seen, done=done, **(usual | more))
    return asyncio.run(OfflineBrain().judge(dossier))


def failed(error: str, step: Any = SAVED.step) -> Done:
    return Done(step=step, seq=12, error=error)


@pytest.mark.parametrize(
    "what", ["blocking response 500: Internal Server Error", "blocking exception: x is not defined"]
)
def test_a_broken_application_is_its_developers_turn(what: str):
    ruling = ruled("stalled", FILLED, SAVED, evidence=(OPENED, Evidence(12, what)))

    assert (ruling.verdict, ruling.evidence_seqs, ruling.confidence) == ("fail-app-bug", (12,), "high")


def test_a_page_that_only_talks_of_an_error_is_not_broken():
    evidence = (OPENED, Evidence(12, "warning console: blocking response 500: Internal Server Error"))

    assert ruled("stalled", FILLED, SAVED, UNSEEN, evidence=evidence).verdict == "inconclusive"


def cut(url: str, seq: int = 12) -> Evidence:
    return Evidence(seq, f"warning request: POST fetch got no answer: net::ERR_EMPTY_RESPONSE ({url})")


@pytest.mark.parametrize(
    ("url", "verdict"), [(f"{SHOP}save", "inconclusive-environment"), ("http://ads.example/x", "inconclusive")]
)
def test_an_answer_that_never_came_is_the_environment_if_the_own_site_was_asked(url: str, verdict: str):
    assert ruled("stalled", FILLED, SAVED, UNSEEN, evidence=(OPENED, cut(url))).verdict == verdict


def test_an_answer_that_never_came_is_what_the_ruling_rests_on():
    assert ruled("stalled", FILLED, SAVED, UNSEEN, evidence=(OPENED, cut(SHOP))).evidence_seqs == (12,)


def test_an_answer_that_did_not_come_before_the_last_step_is_of_no_account():
    assert ruled("stalled", FILLED, SAVED, UNSEEN, evidence=(OPENED, cut(SHOP, 10))).verdict == "inconclusive"


@pytest.mark.parametrize(
    "error", ["no secret is named PIN", "'a.csv' cannot be uploaded: no such file or directory"]
)
def test_what_the_test_refers_to_and_nobody_gave_is_its_authors_turn(error: str):
    assert ruled("healing-exhausted", failed(error, FILLED.step)).verdict == "fail-test-broken"


@pytest.mark.parametrize(
    "error",
    ["'http://shop.example/' cannot be reached: the connection was refused (ERR_CONNECTION_REFUSED)",
     "The page crashed, and its process is gone: Page crashed"],
)  # fmt: skip
def test_an_application_that_is_not_there_is_the_environment(error: str):
    assert ruled("healing-exhausted", FILLED, failed(error)).verdict == "inconclusive-environment"


def test_a_sentence_that_nobody_understands_is_the_tests():
    assert ruled(goal="Frobnicate the quux").verdict == "fail-test-broken"


def test_a_control_that_never_was_is_the_tests():
    ruling = ruled("stalled", goal="click 'Launch rocket'")

    assert ruling.verdict == "fail-test-broken"
    assert "Launch rocket" in ruling.reasoning


def test_a_control_that_may_still_come_is_waited_for():
    assert ruled("stalled", goal="click 'Launch rocket'", may_continue=True).verdict is None


def test_a_control_behind_a_closed_menu_is_ours():
    seen = page(button("Menu", "#menu"))

    assert ruled("stalled", goal="click Export", seen=seen).verdict == "fail-agent-lost"


def test_a_goal_that_fits_two_controls_is_the_tests():
    seen = page(button("Delete", "#a"), button("Delete", "#b"))
    ruling = ruled("stalled", goal="click Delete", seen=seen)

    assert (ruling.verdict, ruling.hint is not None) == ("fail-test-broken", True)


@pytest.mark.parametrize("why", ["is covered by <div id='veil'>", "is not enabled", "is not visible"])
def test_an_element_that_is_there_and_cannot_be_used_is_ours(why: str):
    assert (
        ruled("healing-exhausted", FILLED, failed(f"Timeout 3000 ms: '#save' {why}")).verdict == "fail-agent-lost"
    )


def test_a_selector_of_the_test_that_matches_nothing_is_the_tests():
    error = "Timeout 3000 ms: no element matched '#sav'; nearest: button 'Save' (#save)"

    assert ruled("healing-exhausted", FILLED, failed(error)).verdict == "fail-test-broken"


@pytest.mark.parametrize("says", ["has no such option", "The page crashed", "left the origin", "is hidden"])
@pytest.mark.parametrize("stands", ["nearest: '{}'", "there stands '{}'", "the text there begins with '{}'"])
def test_what_a_page_says_where_something_is_missing_decides_nothing(stands: str, says: str):
    error = f"Timeout 3000 ms: the page does not show 'Order placed'; {stands.format(says)}"

    assert ruled("healing-exhausted", FILLED, SAVED, failed(error, SEEN.step)).verdict == "inconclusive"


def test_what_covers_an_element_cannot_say_that_the_test_asks_for_what_cannot_be():
    error = "Timeout 3000 ms: '#save' is covered by <div id='has no such option'>"

    assert ruled("healing-exhausted", FILLED, failed(error)).verdict == "fail-agent-lost"


@pytest.mark.parametrize(
    "why", ["'#topic' has no such option", "the file 'a.pdf' is not in the uploads directory"]
)
def test_what_cannot_be_is_the_tests(why: str):
    assert ruled("healing-exhausted", failed(f"Timeout 3000 ms: {why}")).verdict == "fail-test-broken"


def test_an_address_elsewhere_can_never_be_reached():
    victory = Victory(url_includes=("https://other.example/done",))

    assert ruled("stalled", FILLED, SAVED, victory=victory).verdict == "fail-test-broken"


def test_what_the_application_turns_down_is_the_tests():
    seen = page(*PLAIN.controls, errors=(ALERT,))
    ruling = ruled("stalled", FILLED, SAVED, UNSEEN, seen=seen, victory=WANTED, failed_checks=("Order placed",))

    assert ruling.verdict == "fail-test-broken"
    assert "Please enter your name" in ruling.reasoning


def test_a_banner_that_stood_there_from_the_beginning_turns_nothing_down():
    evidence = (OPENED, STOOD, replace(STOOD, seq=12))
    seen = page(*PLAIN.controls, errors=(ALERT,))
    more = {"evidence": evidence, "victory": WANTED, "failed_checks": ("Order placed",)}

    assert ruled("stalled", FILLED, SAVED, UNSEEN, seen=seen, **more).verdict == "inconclusive"


def test_what_tells_of_the_applications_own_trouble_turns_nothing_down():
    trouble = replace(ALERT, text="Error: it could not be saved. Please try again later.")
    seen = page(*PLAIN.controls, errors=(trouble,))
    ruling = ruled("stalled", FILLED, SAVED, UNSEEN, seen=seen, victory=WANTED, failed_checks=("Order placed",))

    assert ruling.verdict == "inconclusive"


def test_a_page_that_asks_who_it_is_and_is_not_told_is_the_tests():
    seen = page(field("Password", "#pass", type="password"))

    assert ruled("stalled", goal="click Account, see 'Orders'", seen=seen, failed_checks=("Orders",)).verdict == (
        "fail-test-broken"
    )


def test_a_text_that_is_spelled_otherwise_is_the_tests():
    ruling = ruled("stalled", FILLED, SAVED, UNSEEN, seen=page(text="Shop\nOrders placed"))

    assert ruling.verdict == "fail-test-broken"


def test_another_number_proves_nothing():
    unseen = Done(step=ExpectText(text="Total: 30", label="see 'Total: 30'"), seq=14, error="does not show")

    assert ruled("stalled", unseen, goal="see 'Total: 30'", seen=page(text="Total: 35")).verdict == "inconclusive"


def test_a_selector_that_never_matched_while_all_else_did_is_the_tests():
    victory = Victory(text_includes=("Shop",), selector_visible=("#nowhere",), must_all=True)
    ruling = ruled("stalled", FILLED, SAVED, goal="A thing", victory=victory, failed_checks=("#nowhere",))

    assert ruling.verdict == "fail-test-broken"


def test_what_the_goal_expects_is_said_in_its_words_and_not_as_an_expression():
    goal = "fill Name with Ana, click Save, the total is 23.70 €"
    wanted = expected_of(understand(goal).instructions)
    assert wanted is not None
    ruling = ruled("stalled", FILLED, SAVED, goal=goal, failed_checks=(f"selector: {wanted.selector_visible[0]}",))

    assert "this is not so: the total is 23.70 €." in ruling.reasoning


def test_a_link_that_was_followed_to_a_page_with_the_same_link_is_not_ours():
    unseen = Done(step=ExpectText(text="Hours", label="see 'Hours'"), seq=14, error="does not show")
    clicked = Done(step=Click(selector="#help", label="click 'Help'"), seq=12, url=f"{SHOP}help/1")
    seen = page(link("Help", "#help", href="/help"), url=f"{SHOP}help/1")

    assert ruled("stalled", clicked, unseen, goal="click Help, see 'Hours'", seen=seen).verdict == "inconclusive"


def test_a_log_in_that_nobody_asked_for_is_no_effect():
    seen = page(field("Password", "#pass", type="password"), url=f"{SHOP}login")

    assert ruled("victory-candidate", SAVED, goal="click Save", seen=seen).verdict == "inconclusive"


def test_a_log_in_that_was_asked_for_is_one():
    asked = Done(step=Click(selector="#in", label="click 'Log in'"), seq=12)
    seen = page(field("Password", "#pass", type="password"), url=f"{SHOP}login")

    assert ruled("victory-candidate", asked, goal="click 'Log in'", seen=seen).verdict == "success"


def test_a_page_that_is_not_there_is_no_effect():
    missing = Evidence(12, "warning response 404: GET document answered 404 Not Found (http://shop/x)")
    ruling = ruled(
        "victory-candidate", SAVED, goal="click Save", seen=page(url=f"{SHOP}x"), evidence=(OPENED, missing)
    )

    assert ruling.verdict == "inconclusive"


def test_a_field_that_holds_what_was_typed_proves_no_save():
    holds = Done(step=ExpectText(text="Ana", selector="#name", label="holds 'Name'"), seq=14)
    goal = "fill Name with Ana, click Save, the Name field contains 'Ana'"

    assert ruled("victory-candidate", FILLED, SAVED, holds, goal=goal).verdict == "inconclusive"


def test_what_opened_elsewhere_and_was_not_followed_is_ours():
    unseen = Done(step=ExpectText(text="Hours", label="see 'Hours'"), seq=14, error="does not show")
    clicked = Done(step=Click(selector="#help", label="click 'Help'"), seq=12)
    seen = page(link("Help", "#help", href="help"))

    assert (
        ruled("stalled", clicked, unseen, goal="click Help, see 'Hours'", seen=seen).verdict == "fail-agent-lost"
    )


def test_a_budget_that_ends_on_the_way_is_ours():
    assert ruled("budget-exhausted", FILLED).verdict == "fail-agent-lost"


def test_a_text_that_is_not_there_proves_nothing():
    assert ruled("stalled", FILLED, SAVED, UNSEEN, victory=WANTED).verdict == "inconclusive"


def test_a_plan_that_was_done_whole_and_proved_itself_is_a_success():
    ruling = ruled("victory-candidate", FILLED, SAVED, SEEN)

    assert (ruling.verdict, ruling.evidence_seqs) == ("success", (10, 12, 14))


@pytest.mark.parametrize(
    ("done", "more"),
    [
        ((FILLED, SAVED), {}),
        ((FILLED, SAVED, UNSEEN), {}),
        ((FILLED, SAVED, SEEN), {"failed_checks": ("Order placed",)}),
        ((FILLED, SAVED, SEEN), {"seen": page(errors=(ALERT,))}),
        ((FILLED, SAVED, SEEN), {"seen": page(errors=(ALERT,)), "evidence": (OPENED, STOOD)}),
        ((FILLED, SAVED, Done(step=ExpectText(text="Welcome"), seq=14)), {}),
        ((FILLED, SAVED), {"goal": "fill Name with Ana, click Save"}),
        ((FILLED, SAVED), {"goal": "Buy a chair"}),
        ((), {"goal": "Buy a chair"}),
    ],
)
def test_nothing_less_is_a_success(done: tuple[Done, ...], more: dict[str, Any]):
    assert ruled("victory-candidate", *done, **more).verdict != "success"


def test_a_plan_that_led_to_another_page_is_a_success():
    seen = page(url=f"{SHOP}cart")

    assert ruled("victory-candidate", SAVED, goal="click Save", seen=seen).verdict == "success"


def test_every_ruling_cites_an_event():
    assert ruled("stalled", FILLED, SAVED).evidence_seqs == (1,)
