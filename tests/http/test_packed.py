from __future__ import annotations

import pytest

from ghostly.http.packing import SMALL
from tests.http.callers import passed

TREE = "- button: Save\n" * SMALL


@pytest.fixture
async def large(driven, driver) -> str:
    """A run that is driven, of which there is much to tell."""
    await driver.says(driven, passed(2, a11y=TREE[:SMALL]))
    return driven


@pytest.fixture
async def ended(large, driver) -> str:
    """The same once it has passed: seq 8."""
    await driver.ends(large)
    return large


def get(caller, run, accepted, **headers):
    return caller.get(f"/v1/runs/{run}", {"Accept-Encoding": accepted} | headers)


@pytest.mark.parametrize("accepted", ["gzip", "br, GZIP;q=0.5", "deflate , gzip ; q=1.0"])
async def test_a_large_record_comes_packed_to_who_unpacks_it(ana, ended, accepted):
    plain = await get(ana, ended, "identity")
    first, second = [await get(ana, ended, accepted) for _ in range(2)]

    assert {answer.headers["Content-Encoding"] for answer in (first, second)} == {"gzip"}
    assert first.text == second.text == plain.text
    assert int(first.headers["Content-Length"]) < len(plain.text) / 10


@pytest.mark.parametrize("accepted", ["identity", "", "br", "gzip;q=0", "gzip; q=0.00, deflate", "xgzip"])
async def test_who_does_not_unpack_gets_it_plain(ana, ended, accepted):
    answer = await get(ana, ended, accepted)

    assert ("Content-Encoding" in answer.headers, answer.headers["ETag"]) == (False, '"8.0.full"')


async def test_what_may_change_or_is_small_comes_plain(ana, large, driver):
    growing = await get(ana, large, "gzip")
    await driver.ends(large)
    part = await ana.get(f"/v1/runs/{large}", {"Accept-Encoding": "gzip"}, summary="true")

    assert ["Content-Encoding" in answer.headers for answer in (growing, part)] == [False, False]


@pytest.mark.parametrize(("accepted", "tag"), [("gzip", '"8.0.full-gzip"'), ("identity", '"8.0.full"')])
async def test_each_form_has_a_tag_of_its_own_and_a_304_names_the_same(ana, ended, accepted, tag):
    first = await get(ana, ended, accepted)
    again = await get(ana, ended, accepted, **{"If-None-Match": first.headers["ETag"]})

    assert [answer.headers["ETag"] for answer in (first, again)] == [tag, tag]
    assert [answer.headers["Vary"] for answer in (first, again)] == ["Accept, Accept-Encoding"] * 2


@pytest.mark.parametrize("accepted", ["gzip", "identity"])
async def test_the_tag_of_a_packed_record_is_good_for_both_forms(ana, ended, accepted):
    mine = (await get(ana, ended, "gzip")).headers["ETag"]

    assert (await get(ana, ended, accepted, **{"If-None-Match": mine})).status == 304
