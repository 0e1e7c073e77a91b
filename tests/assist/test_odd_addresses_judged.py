"""A judge answers whatever addresses a page and a test hold, also what is no address."""

from __future__ import annotations

import pytest
from looks import SHOP, link, page

from ghostly.assist.brain import Done, Dossier, Evidence
from ghostly.assist.offline.judging import judge
from ghostly.domain.pursuit import Victory
from ghostly.domain.steps import Click

OPENED = Evidence(1, f"The page 'Shop' was opened: {SHOP}")
ODD = ["http://[shop.example", "http://a]b/", "https://\u2100.example/", "http://:x/"]


def dossier(*, href: str = "/there", urls: tuple[str, ...] = ()) -> Dossier:
    done = Done(step=Click(selector="#there"), seq=5, url=SHOP)
    return Dossier(
        reason="victory-candidate",
        goal="click 'There'",
        observation=page(link("There", "#there", href=href)),
        done=(done,),
        evidence=(OPENED, Evidence(5, "'click #there' was done")),
        victory=Victory(url_includes=urls) if urls else None,
        failed_checks=("url: nowhere",),
    )


@pytest.mark.parametrize("href", ODD[:-1])
def test_a_link_to_no_address_leads_nowhere(href: str):
    assert judge(dossier(href=href)).verdict == "inconclusive"


@pytest.mark.parametrize("url", ODD)
def test_a_test_that_waits_for_no_address_asks_for_what_cannot_be(url: str):
    assert judge(dossier(urls=(url,))).verdict == "fail-test-broken"
