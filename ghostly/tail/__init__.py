"""Following runs: what is new is read once a process, kept for a while, and handed to whoever follows."""

from ghostly.tail.followed import Follower, News, Take
from ghostly.tail.tail import CHANNEL, HEARTBEAT_S, QUEUED, Tail

__all__ = ["CHANNEL", "HEARTBEAT_S", "QUEUED", "Follower", "News", "Tail", "Take"]
