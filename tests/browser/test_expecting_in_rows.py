"""What must stand in the row of something is seen there, and nowhere else."""

from __future__ import annotations

import pytest

from ghostly.assist.goals.rows import in_row

pytestmark = pytest.mark.asyncio(loop_scope="module")


def table(*rows: list[str]) -> str:
    return "<table>" + "".join(f"<tr>{''.join(f'<td>{cell}' for cell in row)}" for row in rows) + "</table>"


IN_IT = [
    (table(["Ana", "Admin"], ["Bo", "Viewer"]), "Ana", "Admin", False),
    (table(["Noah Becker", "3A", "B+", "<button>Edit</button>"]), "Noah Becker", "B+", False),
    (table(["INV-1", "Paid"], ["INV-10", "Open"]), "INV-1", "Paid", False),
    ("<ul><li>Ana - Admin<li>Bo</ul>", "Ana", "Admin", False),
    ("<ul><li>José Niño · Activo</ul>", "José Niño", "Activo", True),
    ("<ul><li>Ana <b>Admin</b> <ul><li>Bo: Viewer</ul></ul>", "Ana", "Admin", False),
    ("<div role=row><i role=cell>Ana</i><i role=cell>Admin</i></div>", "Ana", "Admin", False),
    ("<article><h2>Winter O'Neil \"x\"</h2><p>Due 28 May</article>", "Winter O'Neil \"x\"", "28 May", True),
    ("<article><h2>INV-0043</h2><p>Total €360.00</article>", "INV-0043", "€360.00", False),
    ("<ul><li>Issue 7 <a href=x>Dana Whitfield</a></ul>", "Issue 7", "Dana Whitfield", False),
    ("<div><template shadowrootmode=open><ul><li>Ana &ndash; Admin</ul></template></div>",
     "Ana", "Admin", False),
]  # fmt: skip
NOT_IN_IT = [
    (table(["Ana", "Viewer"], ["Bo", "Admin"]), "Ana", "Admin", False),
    (table(["Mariana", "Admin"], ["Ana", "Viewer"]), "Ana", "Admin", False),
    (table(["Ana Ruiz", "Viewer"], ["Ana Petrova", "Admin"]), "Ana", "Admin", False),
    (table(["Ana", "<button>Admin</button>"]), "Ana", "Admin", False),
    (table(["Ana", "<select><option>Viewer<option>Admin</select>"]), "Ana", "Admin", False),
    (table(["Mug", "2 left"]), "Mug", "2", False),
    (table(["Ana", "asked the Admin"]), "Ana", "Admin", False),
    (table(["Ana", "<b hidden>Admin</b>"]), "Ana", "Admin", False),
    (table(["Ana", "Not Paid"]), "Ana", "Paid", True),
    (table(["Issue 7", "Closed", "<a href=x>Open</a>"]), "Issue 7", "Open", False),
    (table(["INV-0043", "€1,360.00"]), "INV-0043", "360.00", False),
    (table(["INV-0043", "€360.001"]), "INV-0043", "€360.00", False),
    ("<ul><li>Ana <ul><li>Bo: Admin</ul></ul>", "Ana", "Admin", False),
    ("<article><ul><li>Ana<li>Admin</ul></article>", "Ana", "Admin", False),
    ("<div><p>Ana<p>Admin</div>", "Ana", "Admin", False),
    ("<div role=status><ul><li>Ana is now <b>Admin</b></ul></div>", "Ana", "Admin", False),
]


@pytest.mark.parametrize(("html", "near", "text", "exact"), IN_IT)
async def test_what_the_row_says_is_seen(visit, html, near, text, exact):
    page = await visit(html)

    assert await page.shows(in_row(near, text, exact=exact))


@pytest.mark.parametrize(("html", "near", "text", "exact"), NOT_IN_IT)
async def test_what_stands_elsewhere_or_is_no_more_than_part_of_a_word_is_not(visit, html, near, text, exact):
    page = await visit(html)

    assert not await page.shows(in_row(near, text, exact=exact))
