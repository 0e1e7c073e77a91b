"""What is told of a control's surroundings: what stands around it, and the headings above."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def controls(observe, html: str):
    return (await (await observe(html)).look(300)).controls


async def test_a_control_knows_what_stands_around_it_closest_first(observe):
    html = "<table><tr><td>Ada<td><button>Delete</button><tr><td>Bob<td><button>Delete</button></table>"
    first, second = await controls(observe, html)

    assert first.neighbours == ("Ada", "Bob")
    assert second.neighbours == ("Bob", "Ada")
    assert (first.path, first.alike) == ("html/body/table/tbody/tr/td/button", 1)


async def test_a_rows_button_is_known_by_more_than_the_rows_other_buttons(observe):
    buttons = "<td><button>Pay</button><button>Void</button><button>Mail</button>"
    seen = await controls(observe, f"<table><tr><td>Ada{buttons}<tr><td>Bob{buttons}</table>")

    assert seen[0].neighbours == ("Void", "Mail", "Ada")
    assert seen[4].neighbours == ("Pay", "Mail", "Bob")


async def test_a_rows_button_is_known_by_more_than_a_link_that_each_row_has(observe):
    beside = "<div><button>Thank</button><button>Quote</button><a href=#>Permalink</a></div>"
    seen = await controls(observe, f"<div><p>Ada{beside}</div><div><p>Bob{beside}</div>")

    assert seen[0].neighbours == ("Quote", "Permalink", "Ada")
    assert seen[4].neighbours == ("Thank", "Permalink", "Bob")


async def test_two_rows_that_say_the_same_are_told_apart_by_the_headings_above(observe):
    row = "<div><b>Early, Nora</b> <button>Edit</button> <button>Swap</button></div>"
    days = "".join(f"<section><h3>{day}</h3>{row}</section>" for day in ("Monday", "Friday"))
    seen = await controls(observe, f"<h1>May</h1><h2>Week 18</h2><div>{days}</div>")

    assert seen[0].neighbours == seen[2].neighbours
    assert [each.headings for each in seen[::2]] == [("Monday", "Week 18"), ("Friday", "Week 18")]
    assert [each.twins for each in seen] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("html", "headings"),
    [
        ("<h2>A</h2><h3>B</h3><p><button>x</button></p><h3>C</h3>", ("B", "A")),
        ("<h3>A</h3><h3>B</h3><button>x</button>", ("B",)),
        ("<fieldset><legend>Sent to</legend><button>x</button></fieldset>", ("Sent to",)),
        ("<section aria-label=Open><p><button>x</button></p></section>", ("Open",)),
        ("<div class=head><h4>Due</h4><i>!</i></div><div class=rows><button>x</button></div>", ("Due",)),
        ("<div><h4>Mug</h4></div><div><button>x</button></div>", ()),
        ("<h2 hidden>Old</h2><h1>Title</h1><button>x</button>", ()),
    ],
    ids=["of two ranks", "the last of a rank", "legend", "label", "in a head", "in the card before", "none"],
)
async def test_a_heading_counts_where_it_heads_what_the_control_lies_in(observe, html, headings):
    (button,) = await controls(observe, html)

    assert button.headings == headings


async def test_a_heading_outside_of_a_shadow_root_heads_what_is_in_it(observe):
    inner = "<template shadowrootmode=open><p>Ana</p><button>x</button></template>"
    (button,) = await controls(observe, f"<section><h2>Staff</h2><x-row>{inner}</x-row></section>")

    assert button.headings == ("Staff",)
