"""What can be set from outside; nothing else in the program reads the environment."""

from ghostly.settings.environment import load, unknown
from ghostly.settings.settings import Settings, address, data_dir
from ghostly.settings.values import Network, SettingError

__all__ = ["Network", "SettingError", "Settings", "address", "data_dir", "load", "unknown"]
