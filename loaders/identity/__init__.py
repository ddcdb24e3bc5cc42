"""Which exercises, agreements and persons of several documents are one: decided by named rules, or by people.

What a document calls a thing is decided when the document is written (`loaders/to_rdf/identity.py`): by series or name
and year, by type, parties and day, by full name. Beyond that, things are joined here: by surname and office, across
alphabets, by days and places. Each such merge is a claim with its rule, confidence and passages; it can be rejected,
and is taken back when a document goes on which it rests.
"""

from loaders.identity.record import common_name
from loaders.identity.remembered import Remembered
from loaders.identity.settling import IdentityAcrossDocuments

__all__ = ["IdentityAcrossDocuments", "Remembered", "common_name"]
