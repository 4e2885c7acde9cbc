"""How long a letter about something that has happened is still one to deliver."""

from datetime import date, timedelta
from typing import Final

NEWS: Final = timedelta(days=28)
"""After four weeks the family knows, or somebody has told them in another way."""


def is_news(happened: date, today: date) -> bool:
    """Whether a letter about what happened that day is to be delivered now, and not an older one that had its time."""
    return today <= happened + NEWS
