"""Looks at one run's page: what stands there, what can be used, what went wrong."""

from ghostly.browser.observer.observer import Observer

__all__ = ["Observer"]
