"""What is owed, and what waits to be looked at."""

from .action import Action, Effect
from .notice import Delivery, Notice, Outcome, Wish

__all__ = ["Action", "Delivery", "Effect", "Notice", "Outcome", "Wish"]
