"""What came on a page since the last step: a crash, a refusal, or neither."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from ghostly.assist.pursuit.news import News
from ghostly.domain.observation import Observation, PageError

HERE = "https://shop.example/form"
THROWN = PageError(
    kind="console", severity="warning", text="TypeError: x is null", url="https://shop.example/app.js"
)


def answered(said: str, *errors: PageError) -> News:
    """A page on which a step was done, and that says this since."""
    first = Observation(url=HERE, title="", tree="", node_count=0, text="Form")
    news = News(first)
    news.acted(first)
    news.saw(replace(first, text=said, errors=errors))
    return news


def refused(url: str) -> PageError:
    return PageError(kind="response", severity="warning", text="POST fetch answered 403", status=403, url=url)


@pytest.mark.parametrize(
    "said", ["Something went wrong", "We're sorry.", "Oops!", "Sorry, this page has crashed", "Lo sentimos"]
)
def test_what_is_thrown_and_apologized_for_is_a_crash(said: str):
    assert answered(said, THROWN).crash == f"the page says '{said}': TypeError: x is null"


@pytest.mark.parametrize(
    "said",
    ["Sorry, your card was declined.", "Sorry, no results for 'x'", "Oops, wrong password",
     "We are sorry to see you go", "Lo sentimos, ese correo ya está registrado"],
)  # fmt: skip
def test_a_polite_answer_beside_a_noisy_console_is_no_crash(said: str):
    assert answered(said, THROWN).crash is None


def test_what_the_site_answered_4xx_to_was_refused():
    assert answered("Form", refused("https://api.shop.example/save")).was_refused


def test_what_a_stranger_answered_refuses_nothing():
    assert not answered("Form", refused("https://counter.example/collect")).was_refused
