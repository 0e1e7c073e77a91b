from __future__ import annotations

from ghostly.browser.egress.ledger import Failure, Ledger, Refusal, Target
from ghostly.browser.failures import BrowserGone, StepError, TargetUnreachable

METADATA = Refusal(Target("metadata.internal", 80), "169.254.169.254", "link-local")
LITERAL = Refusal(Target("169.254.169.254", 80), "169.254.169.254", "link-local")
EMPTY = TargetUnreachable("'http://a/' cannot be reached", "ERR_EMPTY_RESPONSE")


def ledger(*entries: Refusal | Failure) -> Ledger:
    ledger = Ledger()
    for entry in entries:
        ledger.enter(entry)
    return ledger


def test_who_was_refused_nothing_has_nothing_to_tell():
    assert ledger(Failure(Target("a", 80), "ERR_CONNECTION_REFUSED")).take_note() == []


def test_what_was_refused_is_told_once():
    told = ledger(METADATA, Refusal(Target("::1", 8080), "::1", "loopback"), METADATA)

    assert told.take_note() == [
        "egress refused 3 requests: metadata.internal:80 (link-local), [::1]:8080 (loopback)"
    ]
    assert told.take_note() == []


def test_a_page_that_asks_without_end_is_told_in_one_line():
    told = ledger(*(Refusal(Target(f"h{n}", 80), "127.0.0.1", "loopback") for n in range(1_000)))

    named = "h950:80 (loopback), h951:80 (loopback), h952:80 (loopback) …"
    assert told.take_note() == [f"egress refused 1000 requests: {named}"]


def test_a_refusal_is_told_as_what_it_is():
    failure = ledger(LITERAL).explain(EMPTY, "'http://169.254.169.254/latest'")

    assert type(failure) is StepError
    assert str(failure) == (
        "'http://169.254.169.254/latest' was not opened: "
        "169.254.169.254 is a link-local address, which egress refuses"
    )


def test_a_name_is_told_with_where_it_leads():
    failure = ledger(METADATA).explain(EMPTY, "'http://metadata.internal/'")

    assert "metadata.internal leads to 169.254.169.254, a link-local address, which egress refuses" in str(failure)


def test_a_refusal_that_failed_the_step_is_not_told_a_second_time():
    told = ledger(LITERAL)
    told.explain(EMPTY, "'http://169.254.169.254/'")

    assert told.take_note() == []


def test_what_was_asked_for_comes_before_what_happened_last():
    told = ledger(Failure(Target("a", 80), "ERR_CONNECTION_REFUSED"), LITERAL)

    assert "the connection was refused (ERR_CONNECTION_REFUSED)" in str(told.explain(EMPTY, "'http://a/'"))


def test_where_a_redirect_led_is_what_happened_last():
    assert "link-local" in str(ledger(LITERAL).explain(EMPTY, "'http://a/'"))


def test_a_target_that_is_away_stays_one_that_is_away():
    told = ledger(Failure(Target("a", 443), "ERR_NAME_NOT_RESOLVED"))
    tunnel = TargetUnreachable("no tunnel", "ERR_TUNNEL_CONNECTION_FAILED")

    failure = told.explain(tunnel, "'https://a/'")

    assert isinstance(failure, TargetUnreachable)
    assert str(failure) == "'https://a/' cannot be reached: its name is not known (DNS) (ERR_NAME_NOT_RESOLVED)"


def test_failures_of_other_kinds_stay_as_they_are():
    others = [StepError("x"), BrowserGone("y"), TargetUnreachable("z", "ERR_CERT_DATE_INVALID")]

    assert [ledger(LITERAL).explain(other, "'http://a/'") for other in others] == others
