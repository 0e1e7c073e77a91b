"""What a look at a page tells of it."""

from ghostly.domain.observation import Control, among, counted


def button(name, selector="#a", **more):
    return Control(selector=selector, role="button", name=name, tag="button", **more)


def test_a_control_knows_how_many_others_are_called_like_it():
    seen = counted([button("Edit"), button("edit…", "#b"), button("Save", "#c")])

    assert [each.alike for each in seen] == [1, 1, 0]


def test_a_test_id_of_its_own_tells_a_control_from_the_others():
    seen = counted([button("Edit", test_id="edit-1"), button("Edit", "#b", test_id="edit-2")])

    assert [each.alike for each in seen] == [0, 0]


def test_one_that_was_looked_at_by_itself_is_counted_among_those_of_the_page():
    one, page = button("Edit"), [button("Edit"), button("Edit", "#b"), button("Save", "#c")]

    assert among(one, page).alike == 1
    assert among(button("Print"), page).alike == 0


def test_a_control_knows_how_many_of_those_like_it_have_its_neighbours_too():
    page = [button("Edit", "#a", neighbours=("Ana",)), button("Edit", "#b", neighbours=("Ana",)), button("Edit")]

    assert [each.twins for each in counted(page)] == [1, 1, 0]
    assert among(page[0], page).twins == 1


def test_twins_under_the_same_headings_are_copies():
    page = [button("Edit", headings=(day,), neighbours=("Ana",)) for day in ("Monday", "Monday", "Friday")]

    assert [each.copies for each in counted(page)] == [1, 1, 0]
    assert among(page[0], page).copies == 1
