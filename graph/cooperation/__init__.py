"""Who works with whom: the doings that actors have together, chosen by filters, and the ties that follow from them."""

from graph.cooperation.choice import Choice, chosen
from graph.cooperation.doings import KINDS, JointDoing, Place, read_doings, taking_part
from graph.cooperation.gaps import Gap, gaps
from graph.cooperation.ties import Tie, Ties, as_network, ties

__all__ = [
    "KINDS",
    "Choice",
    "Gap",
    "JointDoing",
    "Place",
    "Tie",
    "Ties",
    "as_network",
    "chosen",
    "gaps",
    "read_doings",
    "taking_part",
    "ties",
]
