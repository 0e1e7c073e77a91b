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
    # The search finds it, both choices exist, and the cart lists it.
    Labelled(
        name="fourth day: shop, smallest of the lanterns",
        verdict="success",
        path="/shop",
        goal="""Test case: buying a lantern

Steps
- search for lantern
- open Tiny lantern
- size Large, colour Black
- add it to the cart

Result: 1 in your cart, and it is the Tiny lantern, Large, Black""",
    ),
    # Green, blue and black are all there is.
    Labelled(
        name="fourth day: shop, a yellow candle",
        verdict="fail-test-broken",
        path="/shop",
        goal="A customer wrote that she couldn't order the Red candle. Please search for it, take the small one "
        "in yellow and put it into the cart. The cart should contain Red candle, Small, Yellow.",
    ),
    # The right address and password; the account greets her.
    Labelled(
        name="fourth day: signin, hello to Ada",
        verdict="success",
        path="/signin",
        goal="sign in as ada@example.org with password open sesame, expect to be greeted: Hello, Ada",
    ),
    # Three in progress, with the new one among them, and two to do as before.
    Labelled(
        name="fourth day: sprint, one more thing",
        verdict="success",
        path="/sprint",
        goal="As a team lead I add a task Update privacy page to the sprint and start it straight away, i.e. I "
        "move it one column to the right. Then there are 3 cards in progress, one of them mine, and 2 left in To "
        "do.",
    ),
    # One is added, one deleted after a question: two are left.
    Labelled(
        name="fourth day: todos, stamps but no call",
        verdict="success",
        path="/todos",
        goal="""* add "Buy stamps"
* get rid of "Call Ana" (there is a confirmation)
* what remains: Water the plants, Buy stamps - 2 entries""",
    ),
    # It opens within the frame, below the list.
    Labelled(
        name="fourth day: vault, the contract",
        verdict="success",
        path="/vault",
        goal="Open the contract that was shared in the data room. The preview reads "
        "'Contract of 3 May, two pages'.",
    ),
    # The page repeats whom it has invited.
    Labelled(
        name="fourth day: invite, Kim",
        verdict="success",
        path="/invite",
        goal="Our admin wants to bring a new colleague into the team. She enters kim.berg@example.com and sends "
        "the invitation; the page confirms that the invitation was sent to kim.berg@example.com.",
    ),
    # 15, 35, 40 and 90 minutes; what a reviewer wrote about one of them is no matter.
    Labelled(
        name="fourth day: recipes, when hungry",
        verdict="success",
        path="/recipes",
        goal="sort soups by quickest. miso (15 min) has to be first, borscht (90 min) last",
    ),
    # Ticking the terms throws, and the button stays disabled whatever is entered.
    Labelled(
        name="fourth day: join, Ruth from Leeds",
        verdict="fail-app-bug",
        path="/join",
        goal="""Sign-up, happy path:
Full name: Ruth Calder
Work e-mail: ruth@calder.example
Password: Lighthouse-88
Country: United Kingdom
Terms accepted, no digest
Create the account. We should land on "Check your inbox".""",
    ),
    # The server answers ok and keeps nothing: after a reload it costs 189.00 again.
    Labelled(
        name="fourth day: inventory, a cheaper bench",
        verdict="fail-app-bug",
        path="/inventory",
        goal="I reduce the price of the Oak bench to 175.50 with the pencil and save it. When I load the page "
        "again the bench must still be €175.50.",
    ),
    # She has no team, and the page crashes on reading it.
    Labelled(
        name="fourth day: ticket, over to Priya",
        verdict="fail-app-bug",
        path="/ticket",
        goal="Support: printer ticket 4127 has nobody yet. Make Priya Nair the assignee, then the ticket says it "
        "is assigned to Priya Nair.",
    ),
    # Three are in stock, and the shop refuses more.
    Labelled(
        name="fourth day: nordlys, five for the office",
        verdict="fail-test-broken",
        path="/nordlys",
        goal="We need five Nordlys desk lamps for the office: set the quantity to 5, add to cart, and the cart "
        "at the top shows 5 items.",
    ),
)
