from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghostly.accounts.projects import slug_of
from ghostly.domain.account_events import ProjectCreated, ProjectRemoved
from ghostly.domain.errors import AccountNotFound, LimitReached


@pytest.mark.parametrize(
    ("label", "slug"),
    [
        ("Checkout", "checkout"),
        ("My Shop (2)!", "my-shop-2"),
        ("  a__b  ", "a-b"),
        ("Éxito", "xito"),
        ("日本", "project"),
        ("x" * 100, "x" * 64),
    ],
)
def test_a_slug_is_the_label_in_letters_digits_and_hyphens(label, slug):
    assert slug_of(label, ()) == slug


def test_a_slug_that_is_taken_gets_the_next_number():
    assert slug_of("Shop", {"shop", "shop-2", "shop-4"}) == "shop-3"


@given(st.lists(st.text(max_size=8), max_size=20))
def test_no_two_projects_have_the_same_slug(labels):
    slugs: list[str] = []
    for label in labels:
        slugs.append(slug_of(label, set(slugs)))

    assert len(set(slugs)) == len(labels)


async def test_a_project_is_there_with_what_was_said_of_it(known, bo):
    made = await known.projects.create(bo, "Shop", "#00ff00")

    assert await known.projects.all(bo) == [made]
    assert (made.label, made.color) == ("Shop", "#00ff00")


async def test_what_is_made_and_taken_away_is_told(known, bo, told):
    made = await known.projects.create(bo, "Shop")
    await known.projects.remove(bo, made.id)
    created, removed = await told(bo)

    assert (type(created), created.project, created.slug) == (ProjectCreated, str(made.id), "shop")
    assert (type(removed), removed.project) == (ProjectRemoved, str(made.id))


async def test_twenty_of_one_name_at_once_have_twenty_slugs(known, bo):
    made = await asyncio.gather(*(known.projects.create(bo, "Shop") for _ in range(20)))

    assert {project.slug for project in made} == {"shop", *(f"shop-{n}" for n in range(2, 21))}


async def test_two_users_may_have_the_same_slug(known, ana, bo):
    assert (await known.projects.create(ana, "Shop")).slug == (await known.projects.create(bo, "Shop")).slug


async def test_nobody_removes_the_project_of_somebody_else(known, ana, bo):
    made = await known.projects.create(bo, "Shop")
    with pytest.raises(AccountNotFound):
        await known.projects.remove(ana, made.id)

    assert await known.projects.all(bo) == [made]


async def test_a_slug_that_looks_like_the_id_of_another_does_not_hide_it(known, bo):
    first = await known.projects.create(bo, "Shop")
    await known.projects.create(bo, str(first.id))

    assert await known.projects.find(bo, str(first.id)) == first


async def test_a_user_has_only_so_many_projects(pool, known, bo):
    insert = "insert into projects select gen_random_uuid(), $1, 'p' || n, 'P' from generate_series(1, 1000) n"
    await pool.execute(insert, bo)

    with pytest.raises(LimitReached, match="at most 1000 projects"):
        await known.projects.create(bo, "one more")
