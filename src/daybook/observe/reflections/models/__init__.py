"""The tables of the daily loop, one subject a file."""

from .channels import Channel, EarlierWords
from .meetings import Care, Explanation, Meeting, MeetingPerson
from .pictures import ChartDay, ChartFit, Picture, UnitPicture
from .reflection import Addition, Rating, Reflection
from .strengths import Strength, TrustStep
from .strikes import Move, Strike
from .taken import TakenAsUsual
from .told import Answer, Told
from .usual import EarlySign, UsualPattern

__all__ = [
    "Addition",
    "Answer",
    "Care",
    "Channel",
    "ChartDay",
    "ChartFit",
    "EarlierWords",
    "EarlySign",
    "Explanation",
    "Meeting",
    "MeetingPerson",
    "Move",
    "Picture",
    "Rating",
    "Reflection",
    "Strength",
    "Strike",
    "TakenAsUsual",
    "Told",
    "TrustStep",
    "UnitPicture",
    "UsualPattern",
]
