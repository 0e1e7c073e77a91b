"""What a page still shows after a reload proves what was done only where it is about just that."""

from __future__ import annotations

import pytest
from looks import button, field, native, page
from msgspec.structs import replace
from scenes import Scene, pursued

from ghostly.assist.pursuit.reverting import Touched, touched
from ghostly.assist.pursuit.staying import stayed, typed_stays
from ghostly.domain.observation import Control, Observation
from ghostly.domain.pursuit import Victory
from ghostly.domain.steps import AnyStep, Click, Fill, SelectOption

OFF = button("Confirm", "#off", row=("Ana Ruiz", "Active", "Confirm"), row_selector="#ana")
ANA = "Click 'Confirm' in the row of 'Ana Ruiz'. See 'Done'."


def lines(*said: str, controls: tuple[Control, ...] = (), taken: int = 0) -> Observation:
    return page(*controls, text="\n".join(said), taken=taken)


def did(step: AnyStep, before: Observation, after: Observation) -> Touched:
    return touched(step, before, after)


def crew(*said: str, control: Control = OFF, taken: int = 0) -> Observation:
    return lines("Crew", *said, controls=(control,), taken=taken)


def proof(before: Observation, after: Observation, goal: str = ANA) -> str | None:
    """What proves a click on the first control, of which the page after it is there also after the reload."""
    click = Click(selector=before.controls[0].selector)
    return stayed(goal, [did(click, before, after)], after, after)


WAS = ("Ana Ruiz", "Active", "Confirm", "Ben Ode", "Active", "Confirm")


@pytest.mark.parametrize(
    ("now", "is_proved"),
    [
        (("Ana Ruiz", "Inactive", "Confirm it", "Ben Ode", "Active", "Confirm"), True),
        (("Ana Ruiz", "Active", "Confirm", "Ben Ode", "Inactive", "Confirm it"), False),
        (("Ana Ruiz", "Active", "Confirm", "Benedict", "Active", "Confirm"), False),
    ],
    ids=["its own row", "the row of somebody else", "the name of somebody else"],
)
def test_only_its_own_row_proves_that_somebody_was_changed(now, is_proved):
    assert (proof(crew(*WAS), crew(*now, taken=1)) is not None) is is_proved


def test_where_the_name_ends_its_row_the_next_row_proves_nothing():
    control = replace(OFF, row=("Confirm", "Active", "Ana Ruiz"))
    was, now = (
        ("Active", "Ana Ruiz", "Confirm", "Active", "Ben"),
        ("Active", "Ana Ruiz", "Confirm", "Away", "Ben"),
    )

    assert proof(crew(*was, control=control), crew(*now, control=control, taken=1)) is None


def test_without_rows_only_what_lies_before_the_button_is_known_to_be_in_its_row():
    alone = replace(OFF, row=(), neighbours=("Active", "Ana Ruiz", "Ben Ode"))
    was, now = (*WAS[:4], "Active", "Open"), (*WAS[:4], "Away", "Open")

    assert proof(crew(*was, control=alone), crew(*now, control=alone, taken=1)) is None
    assert proof(crew(*was, control=alone), crew("Ana Ruiz", "Away", *was[2:], control=alone, taken=1))


@pytest.mark.parametrize("later", ["Seen an hour ago", "Seen just now", "Seen 1 h ago", "Seen today, 1:04 pm"])
def test_time_that_goes_by_is_no_change(later: str):
    row = ("Ana Ruiz", "Seen 59 minutes ago", "Confirm")
    was = crew(*row, "Ben", control=replace(OFF, row=row))

    assert proof(was, crew("Ana Ruiz", later, "Confirm", "Ben", taken=1)) is None
    assert proof(crew(f"Ana Ruiz, {row[1]}"), crew(f"Ana Ruiz, {later}", taken=1)) is None


WITHOUT = ("Shop", "Stock", "Desk", "9 €", "Chair", "3 €", "Help")
LAMP = button("Delete Lamp", "#x", row=("Lamp", "5 €"), row_selector="#lamp")
DELETE = "Delete the product 'Lamp'. See 'Done'."
STOCK = ("Shop", "Stock", "Desk", "9 €", "Lamp", "5 €", "Chair", "3 €", "Help")


def gone(*again: str) -> str | None:
    was, shown = lines(*STOCK, controls=(LAMP,)), lines(*(one for one in STOCK if one not in LAMP.row), taken=1)
    return stayed(DELETE, [did(Click(selector="#x"), was, shown)], shown, lines(*again))


def test_what_was_deleted_is_gone_from_where_its_neighbours_are_again():
    assert gone(*WITHOUT) is not None


@pytest.mark.parametrize(
    "again",
    [("Shop", "Stock", "Help"), ("Shop", "Stock", "Desk", "9 €", "Help"), (*STOCK[:4], "Chair", "Loading…")],
    ids=["no list", "half a list", "a list to come"],
)
def test_a_list_that_is_not_there_yet_does_not_prove_that_anything_was_deleted(again):
    assert gone(*again) is None


async def test_that_something_is_gone_is_believed_only_once_everything_had_its_time_to_come():
    was = lines(*STOCK, controls=(LAMP,))
    shown, again = lines(*WITHOUT, "Done", taken=1), lines(*WITHOUT, taken=1)
    scenes = Scene([was, shown, again, lines(*STOCK, taken=1)]), Scene([was, shown, again])
    outcomes = [await pursued(each, plan=(Click(selector="#x"),), goal=DELETE) for each in scenes]

    assert [each.verdict for each in outcomes] == ["inconclusive", "success"]


def after(*steps: tuple[AnyStep, Control], says: str, taken: tuple[int, ...]) -> str | None:
    """What proves these steps, where the page says so at last; ``taken``: how much its site had by then."""
    looks = [lines("Desk", says if n == len(steps) else "", taken=taken[n]) for n in range(len(steps) + 1)]
    looks = [replace(look, controls=tuple(one for _, one in steps)) for look in looks]
    past = [touched(step, *looks[n : n + 2]) for n, (step, _) in enumerate(steps)]
    return stayed("Fill 'Title' with 'Lease' and send it. See 'Done'.", past, looks[-1], looks[-1])


TITLE = (Fill(selector="#t", value="Lease"), field("Title", "#t"))
SAVE = (Click(selector="#s"), button("Save", "#s"))


def acted(name: str) -> tuple[AnyStep, Control]:
    return Click(selector="#z"), button(name, "#z")


def test_what_was_typed_and_saved_proves_that_it_was():
    assert after(TITLE, SAVE, says="Lease", taken=(0, 0, 1)) is not None


@pytest.mark.parametrize("name", ["Approve", "Send", "Enviar"])
@pytest.mark.parametrize("last", [1, 2], ids=["nothing was sent", "something was sent"])
def test_what_was_saved_before_does_not_prove_what_was_done_last(name: str, last: int):
    assert after(TITLE, SAVE, acted(name), says="Lease", taken=(0, 0, 1, last)) is None


@pytest.mark.parametrize("name", ["Close", "Cart", "View order"])
def test_a_click_that_ends_nothing_and_sends_nothing_needs_no_proof(name: str):
    assert after(TITLE, SAVE, acted(name), says="Lease", taken=(0, 0, 1, 1)) is not None


@pytest.mark.parametrize(("name", "proves"), [("Sort by", False), ("Show archived", False), ("Size", True)])
def test_the_order_in_which_a_page_shows_things_proves_nothing_that_was_done_to_them(name: str, proves: bool):
    was, now = (native(name, "A", "B", selector="#n", value=value) for value in "AB")
    looks = [
        lines("Mug", controls=(one, button("Add to cart", "#z")), taken=n) for n, one in enumerate((was, now))
    ]
    past = [touched(SelectOption(selector="#n", value="B"), *looks), touched(acted("")[0], looks[1], looks[1])]
    shown = replace(looks[1], taken=2)

    assert (stayed("Click 'Add to cart'.", past, shown, shown) is not None) is proves


def typing(was: str, now: str, value: str = "", taken: int = 1) -> bool:
    """Whether the title is there that was typed, where the page says this and then that; or its field, so."""
    blank = lines(was, controls=(TITLE[1], SAVE[1]))
    again = lines(now, controls=(replace(TITLE[1], value=value), SAVE[1]), taken=taken)
    past = [touched(TITLE[0], blank, blank), touched(SAVE[0], blank, again)]
    return typed_stays(past, again, again)


@pytest.mark.parametrize(
    ("was", "now", "value", "taken", "is_there"),
    [
        ("Desk", "1. Lease", "", 1, True),
        ("Desk", "1. Lease", "", 0, True),
        ("Desk", "Desk", "Lease", 1, True),
        ("Desk", "Desk", "Lease", 0, False),
        ("Desk", "Leasehold", "", 1, False),
        ("Lease", "Lease", "", 1, False),
    ],
    ids=["on the page", "without a server", "in its field", "as a draft", "in another word", "was there before"],
)
def test_what_was_typed_is_there_only_where_it_came_whole_and_somebody_keeps_it(was, now, value, taken, is_there):
    assert typing(was, now, value, taken) is is_there


@pytest.mark.parametrize(("name", "now"), [("Password", "Hello Lease"), ("Quantity", "Lease, 3 left")])
def test_a_name_that_logs_in_and_a_number_prove_nothing(name: str, now: str):
    kind = "password" if name == "Password" else "text"
    other = (Fill(selector="#o", value="3"), field(name, "#o", type=kind))
    blank, again = (
        lines(text, controls=(TITLE[1], other[1], SAVE[1]), taken=n) for n, text in enumerate(("", now))
    )
    past = [*(touched(step, blank, blank) for step, _ in (TITLE, other)), touched(SAVE[0], blank, again)]

    assert not typed_stays(past, again, again)


def test_an_hour_that_was_picked_is_not_proved_by_the_name_that_was_typed():
    hour = (Click(selector="#h"), button("10:30", "#h"))
    blank, again = (
        lines(says, controls=(TITLE[1], hour[1], SAVE[1]), taken=n) for n, says in enumerate(("", "Lease"))
    )
    past = [*(touched(step, blank, blank) for step, _ in (TITLE, hour)), touched(SAVE[0], blank, again)]

    assert not typed_stays(past, again, again)


async def test_what_was_typed_proves_nothing_where_the_page_says_otherwise_what_was_expected():
    blank, told, again = page(text="Cart (0)"), page(text="Cart (1)"), page(text="Lease Cart (0)")
    wanted = Victory(text_includes=("Cart (1)",))
    outcome = await pursued(Scene([blank, told, again]), plan=(TITLE[0],), goal="add the Lease", victory=wanted)

    assert outcome.verdict == "inconclusive"
