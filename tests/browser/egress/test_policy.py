from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghostly.browser.egress.policy import Policy, faces

REFUSED = {
    "169.254.169.254": "link-local",
    "169.254.0.1": "link-local",
    "fe80::1": "link-local",
    "fe80::1%eth0": "link-local",
    "fd00:ec2::254": "metadata",
    "100.100.100.200": "metadata",
    "168.63.129.16": "metadata",
    "192.0.0.192": "metadata",
    "127.0.0.1": "loopback",
    "127.255.255.254": "loopback",
    "::1": "loopback",
    "0.0.0.0": "unspecified",
    "0.1.2.3": "unspecified",
    "::": "unspecified",
    "224.0.0.1": "multicast",
    "ff02::1": "multicast",
    "255.255.255.255": "broadcast",
    "240.0.0.1": "reserved",
    "192.0.2.1": "reserved",
    "2001:db8::1": "reserved",
    "fec0::1": "reserved",
    "64:ff9b:1::1": "reserved",
    "100::1": "reserved",
}
PRIVATE = ["10.0.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "198.18.0.1", "fd12::1"]
PUBLIC = ["1.1.1.1", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001::1"]

ipv4 = st.integers(0, 2**32 - 1).map(IPv4Address)
policies = st.builds(Policy, private=st.booleans(), allowed=st.sampled_from([(), (ip_network("127.0.0.0/8"),)]))


def embedded(number: int) -> list[IPv6Address]:
    """All the ways to write an IPv4 address into one of IPv6."""
    low = [0xFFFF << 32, 0xFFFF << 48, 0x64FF9B << 96] + ([0] if number > 1 else [])
    isatap = (0x2606_4700 << 96) | (0x5EFE << 32)
    teredo = (0x2001 << 112) | (0x0808_0808 << 64) | (number ^ 0xFFFF_FFFF)
    return [
        *(IPv6Address(prefix | number) for prefix in low),
        IPv6Address((0x2002 << 112) | (number << 80) | 1),
        IPv6Address(teredo),
        IPv6Address((0x2001 << 112) | (number << 64) | 0xF7F7_F7F7),
        IPv6Address(isatap | number),
        IPv6Address(isatap | (0x0200 << 48) | number),
    ]


@pytest.mark.parametrize(("address", "kind"), REFUSED.items())
def test_what_no_app_under_test_is_may_not_be_reached(address: str, kind: str):
    assert Policy(private=True).refusal(ip_address(address)) == kind


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_as_the_setting_says(address: str):
    assert Policy(private=True).refusal(ip_address(address)) is None
    assert Policy(private=False).refusal(ip_address(address)) == "private"


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_may_be_reached(address: str):
    assert Policy(private=False).refusal(ip_address(address)) is None


def test_a_network_that_is_allowed_is_not_refused():
    policy = Policy(private=False, allowed=(ip_network("127.0.0.1/32"), ip_network("10.0.0.0/8")))

    assert policy.refusal(ip_address("127.0.0.1")) is None
    assert policy.refusal(ip_address("10.1.2.3")) is None
    assert policy.refusal(ip_address("127.0.0.2")) == "loopback"
    assert policy.refusal(ip_address("::1")) == "loopback"


@pytest.mark.parametrize("wide", ["0.0.0.0/0", "169.254.0.0/16", "100.64.0.0/10", "168.63.128.0/22", "::/0"])
@pytest.mark.parametrize("address", ["169.254.169.254", "100.100.100.200", "168.63.129.16", "fd00:ec2::254"])
def test_a_wide_network_opens_no_metadata(wide: str, address: str):
    assert Policy(allowed=(ip_network(wide),)).refusal(ip_address(address))


def test_metadata_that_is_named_itself_is_allowed():
    assert Policy(allowed=(ip_network("169.254.169.254"),)).refusal(ip_address("169.254.169.254")) is None


@given(ipv4, policies)
def test_an_address_that_is_refused_is_refused_in_every_form_of_ipv6(address: IPv4Address, policy: Policy):
    if policy.refusal(address):
        assert [form for form in embedded(int(address)) if not policy.refusal(form)] == []


@given(ipv4)
def test_an_address_that_may_be_reached_may_be_reached_mapped(address: IPv4Address):
    mapped = IPv6Address(0xFFFF << 32 | int(address))

    assert Policy().refusal(mapped) == Policy().refusal(address)


@given(st.integers(0, 2**128 - 1).map(IPv6Address))
def test_every_address_has_a_face(address: IPv6Address):
    assert list(faces(address))


@given(st.integers(0, 2**128 - 1).map(IPv6Address))
def test_no_address_outside_of_what_is_assigned_may_be_reached_unless_it_is_private(address: IPv6Address):
    if not Policy(private=False).refusal(address):
        assert all(face.version == 4 or face in ip_network("2000::/3") for face in faces(address))
