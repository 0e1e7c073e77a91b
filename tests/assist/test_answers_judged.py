"""What a server said no to, and what a page only says, judged."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from looks import SHOP, button, field, page
from msgspec.structs import replace

from ghostly.assist.brain import Done, Dossier, Evidence, Ruling
from ghostly.assist.offline import OfflineBrain
from ghostly.domain.steps import Click, ExpectText, Fill

GOAL = "fill Name with Ana, click Save, see 'Order placed'"
UNSEEN = "Timeout 3000 ms: the page does not show 'Order placed'; nothing stands there"
DONE = (
    Done(step=Fill(selector="#name", value="Ana", label="fill 'Name'"), seq=10),
    Done(step=Click(selector="#save", label="click 'Save'"), seq=12),
    Done(step=ExpectText(text="Order placed", label="see 'Order placed'"), seq=14, error=UNSEEN),
)
SEEN = page(field("Name", "#name"), button("Save", "#save"), text="Shop")
CONFLICT = Evidence(12, f"warning response 409: POST fetch answered 409 Conflict ({SHOP}save)")


def ruled(*news: str, evidence: tuple[Evidence, ...] = (), **more: Any) -> Ruling:
    opened = Evidence(1, f"The page 'Shop' was opened: {SHOP}")
    usual = {"reason": "stalled", "done": DONE, "may_continue": False}
    dossier = Dossier(observation=SEEN, goal=GOAL, evidence=(opened, *evidence), news=news, **(usual | more))
    return asyncio.run(OfflineBrain().judge(dossier))


@pytest.mark.parametrize(
    "says", ["Somebody else has changed this order", "Your changes were not saved", "This was last updated by Bo"]
)
def test_what_a_server_turned_down_is_its_authors_turn(says: str):
    ruling = ruled(says, evidence=(CONFLICT,))

    assert (ruling.verdict, says in ruling.reasoning) == ("fail-test-broken", True)


@pytest.mark.parametrize("says", ["Your changes were saved", "Los cambios se han guardado con éxito"])
def test_what_a_page_did_after_a_server_said_no_was_not_turned_down(says: str):
    ruling = ruled(says, "Back to your orders", evidence=(CONFLICT,))

    assert ruling.verdict == "inconclusive"


@pytest.mark.parametrize(("evidence", "verdict"), [((), "success"), ((CONFLICT,), "inconclusive")])
def test_who_claims_a_success_has_to_heed_a_no_whatever_the_page_says(evidence, verdict: str):
    done = (*DONE[:2], replace(DONE[2], error=None))
    ruling = ruled("Your changes were saved", evidence=evidence, done=done, reason="victory-candidate")

    assert ruling.verdict == verdict


@pytest.mark.parametrize(
    ("says", "verdict"),
    [("Roles and permissions", "inconclusive"), ("Permisos", "inconclusive"),
     ("You don't have permission", "fail-test-broken"), ("No tiene permiso", "fail-test-broken")],
)  # fmt: skip
def test_who_names_permissions_does_not_refuse_one(says: str, verdict: str):
    assert ruled(says).verdict == verdict
