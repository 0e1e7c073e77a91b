from __future__ import annotations

from ipaddress import ip_network

import pytest

from ghostly.settings import SettingError, load


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("GHOSTLY_EGRESS", "closed", "GHOSTLY_EGRESS must be open or guarded, not 'closed'"),
        ("GHOSTLY_EGRESS_PRIVATE", "no", "GHOSTLY_EGRESS_PRIVATE must be allow or refuse, not 'no'"),
        (
            "GHOSTLY_EGRESS_ALLOW",
            "10.0.0.1/8",
            "GHOSTLY_EGRESS_ALLOW must be networks such as 10.1.0.0/16, separated by commas, not '10.0.0.1/8'",
        ),
    ],
)
def test_a_wrong_value_stops_the_start_and_is_named(name, value, sentence):
    with pytest.raises(SettingError) as refusal:
        load({name: value})

    assert str(refusal.value) == sentence


def test_networks_are_read_one_by_one():
    settings = load({"GHOSTLY_EGRESS_ALLOW": "127.0.0.1, fd00::/8 ,10.1.0.0/16,"})

    assert settings.egress_allow == tuple(map(ip_network, ["127.0.0.1/32", "fd00::/8", "10.1.0.0/16"]))


def test_a_command_that_is_guarded_by_itself_is_so_unless_it_is_told_otherwise():
    assert load({}).egress is None
    assert load({}).guarded().egress == "guarded"
    assert load({"GHOSTLY_EGRESS": "open"}).guarded().egress == "open"
