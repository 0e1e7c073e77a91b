"""Users, keys, projects, and what is kept from readers of the disk."""

from __future__ import annotations

from ghostly.accounts.projects import Project, Projects
from ghostly.accounts.users import Caller, Credentials, Users
from ghostly.accounts.vault import Vault, kept

__all__ = ["Caller", "Credentials", "Project", "Projects", "Users", "Vault", "kept"]
