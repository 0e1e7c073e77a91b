"""Users, keys, projects, secrets, and what is kept from readers of the disk."""

from __future__ import annotations

from ghostly.accounts.account import Accounts
from ghostly.accounts.fresh import Fresh
from ghostly.accounts.keys import Key, Keys
from ghostly.accounts.llm import Choice, Models
from ghostly.accounts.logins import Logins
from ghostly.accounts.passwords import Passwords
from ghostly.accounts.people import People, people
from ghostly.accounts.projects import Project, Projects
from ghostly.accounts.scopes import Caller
from ghostly.accounts.secrets import Secret, Secrets
from ghostly.accounts.users import Credentials, User, Users
from ghostly.accounts.vault import Vault, kept

__all__ = [
    "Accounts",
    "Caller",
    "Choice",
    "Credentials",
    "Fresh",
    "Key",
    "Keys",
    "Logins",
    "Models",
    "Passwords",
    "People",
    "Project",
    "Projects",
    "Secret",
    "Secrets",
    "User",
    "Users",
    "Vault",
    "kept",
    "people",
]
