"""What a page does not take is told of the field that holds it, and of no field that nobody tried to send."""

from __future__ import annotations

import pytest

from ghostly.domain.steps import Click, Fill

pytestmark = pytest.mark.asyncio(loop_scope="module")

MAIL = "<label>Email <input id=mail type=email required></label>"
NAME = "<label>Name <input id=name required></label>"
GO = "<button id=go>Go</button>"


async def refused(visit, html: str, *steps) -> list[tuple[str, str, bool]]:
    """Which fields are refused after these steps, why, and whether for being empty."""
    page = await visit(html)
    for index, step in enumerate(steps):
        await page.perform(step, index)
    seen = await page.observer().look(300)
    return [(one.name, one.invalid, one.lacking) for one in seen.controls if one.invalid]


def typed(value: str, selector: str = "#mail") -> Fill:
    return Fill(selector=selector, value=value)


SEND = Click(selector="#go")


async def test_a_form_that_nobody_sent_refuses_nothing(visit):
    assert await refused(visit, f"<form>{MAIL}{NAME}{GO}</form>", typed("ana")) == []


async def test_each_field_that_kept_a_form_back_says_why(visit):
    told = await refused(visit, f"<form>{MAIL}{NAME}{GO}</form>", typed("ana"), SEND)

    assert [(name, lacking) for name, _, lacking in told] == [("Email", False), ("Name", True)]
    assert "'ana' is missing an '@'" in told[0][1]


@pytest.mark.parametrize(
    "html",
    [
        f"<form novalidate onsubmit='return false'>{MAIL}{GO}</form>",
        f"<form onsubmit='this.reset(); mail.focus(); return false'>{MAIL}{GO}</form>",
        f"<form>{MAIL}</form>{GO}",
    ],
    ids=["not checked", "reset", "another's button"],
)
async def test_a_form_that_was_not_kept_back_refuses_nothing(visit, html):
    assert await refused(visit, html, typed("ana@b"), SEND) == []


@pytest.mark.parametrize("tells", ["aria-errormessage", "aria-describedby"])
async def test_a_field_that_the_page_marks_as_wrong_is_told_in_its_words(visit, tells):
    marked = f"<input aria-label=Correo aria-invalid=true {tells}='e x'>"
    html = f"{marked}<p id=e>Falta la arroba</p><p id=x hidden>No</p>"

    assert await refused(visit, html) == [("Correo", "Falta la arroba", False)]


async def test_a_reason_that_is_too_long_is_left_out_and_not_cut(visit):
    html = f"<input aria-label=Code aria-invalid=true aria-describedby=e><p id=e>{'long ' * 100}</p>"

    assert await refused(visit, html) == [("Code", "invalid", False)]


async def test_of_half_an_address_nothing_is_quoted(visit):
    ((_, why, _),) = await refused(visit, f"<form>{MAIL}{GO}</form>", typed("ana@hidden..word"), SEND)

    assert "hidden" not in why
    assert "…" in why


@pytest.mark.parametrize("form", ["<form>", "<form aria-label=Teams>"])
async def test_a_form_whose_fields_are_called_like_what_forms_have_is_read_all_the_same(visit, form):
    html = f"{form}{NAME}<input name=noValidate><input name=elements><input name=matches>{GO}</form>"

    assert await refused(visit, html, SEND) == [("Name", "Please fill out this field.", True)]
