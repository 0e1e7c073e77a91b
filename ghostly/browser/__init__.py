"""Carries flows out in a real browser, and is the only place that knows Playwright."""
