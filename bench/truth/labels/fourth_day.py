"""Goals of the fourth day, in the own words of somebody who had seen the pages and nothing of the pipeline."""

from __future__ import annotations

from bench.truth.flows import Labelled

FLOWS = (
    # Twelve at 18.75 make 225.00; the server keeps it as INV-0043, open.
    Labelled(
        name="fourth day: invoicing, breakfast for the hotel",
        verdict="success",
        path="/invoicing",
        goal="""1. start a new invoice
2. customer is the Orchid Hotel (it comes up as a suggestion when you start typing)
3. Breakfast baskets, 12 pieces, 18.75 each, payable in 30 days
4. create it

Expected: in the list there's a new line INV-0043 for Orchid Hotel, €225.00, Open""",
    ),
    # It is on page two, can be renewed, and is then due on that day.
    Labelled(
        name="fourth day: loans, the long novel",
        verdict="success",
        path="/loans",
        goal="I'm a library member and won't finish Middlemarch in time. I look it up among my loans (not on the "
        "first page, I have to leaf on) and renew it. Its due date should now be 28 December 2026 and it should "
        "be marked as renewed.",
    ),
    # The menu, the question, and then the server keeps her inactive.
    Labelled(
        name="fourth day: members, off she goes",
        verdict="success",
        path="/members",
        goal="deactivate Marisol Vega via the three dots, say yes when asked. header should read "
        "2 active, 1 inactive, and she's Inactive",
    ),
    # An answer without guests is kept as it was given.
    Labelled(
        name="fourth day: meetups, perhaps",
        verdict="success",
        path="/meetups",
        goal="""Given the list of upcoming events
When I RSVP to the Winter Meetup with Maybe, no guests, and leave the host a note: My train might be late
Then the card of the Winter Meetup says Maybe
And its button is called Change RSVP from now on""",
    ),
    # The page sends "guests", the server reads "guest": it says that one comes alone.
    Labelled(
        name="fourth day: meetups, a party of three",
        verdict="fail-app-bug",
        path="/meetups",
        goal="Please check the RSVP with company: say you are going to the Autumn Hackday and bring 2 guests. "
        'After sending, the event has to show "You\'re going with 2 guests".',
    ),
    # All three stages work, and the last one says so.
    Labelled(
        name="fourth day: onboarding, a heron",
        verdict="success",
        path="/onboarding",
        goal="As the owner of a small studio I want to get my workspace going. I call it Blue Heron, I say that a "
        "few of us will use it, I look over the summary and create it. Done when it tells me that "
        "Blue Heron (A few of us) is ready.",
    ),
    # The order is kept and listed below the form.
    Labelled(
        name="fourth day: parcel, in a hurry",
        verdict="success",
        path="/parcel",
        goal="order a parcel with express shipping -> shows up underneath as on its way, Express (24 h)",
    ),
    # 39.00 and 9.00 and 5.00 for shipping are 53.00.
    Labelled(
        name="fourth day: pottery, tea and coffee",
        verdict="success",
        path="/pottery",
        goal="""- reject the cookies
- put one teapot and one espresso cup into the cart
- open the cart

should be: subtotal 48.00 €, shipping 5.00 €, total 53.00 €""",
    ),
    # Saved on leaving the field, greeted at once and after a reload.
    Labelled(
        name="fourth day: profile, a real name",
        verdict="success",
        path="/profile",
        goal="Change the display name from nadia82 to Nadia Rahimi. There is no save button, leaving the field is "
        "enough. The greeting at the top then says Hello, Nadia Rahimi, and still does when I reload the page.",
    ),
    # The third button of the row archives it; of twenty nineteen are left.
    Labelled(
        name="fourth day: receivables, into the box",
        verdict="success",
        path="/receivables",
        goal="Accounting wants INV-2043 archived (little box icon, last one in its row). When that's done it is "
        "no longer in the list and the counter under the list says 19 invoices.",
    ),
    # Three stages, each kept, and the last page repeats both.
    Labelled(
        name="fourth day: review, a night outdoors",
        verdict="success",
        path="/review",
        goal="Write a review for a tent: 4 stars, go on to the end and publish. "
        'The last page says "Published: Tent, 4 of 5 stars".',
    ),
    # Both are kept, and the page says so below the form.
    Labelled(
        name="fourth day: settings, dark and informed",
        verdict="success",
        path="/settings",
        goal="I would like to be sure that a user can subscribe to the newsletter and pick the dark theme in one "
        "go. After saving we see a note that the settings were saved, and below it Newsletter: on, Theme: Dark.",
    ),
)
