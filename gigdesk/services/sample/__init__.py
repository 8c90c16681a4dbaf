"""The sample desk: a made-up person's year, made from a seed and a date, in a place of its own."""

from gigdesk.services.sample.filling import Amounts, Filled, Step, fill, is_empty
from gigdesk.services.sample.place import NoKeyring, SamplePlace, is_sample, is_whole

__all__ = [
    "Amounts",
    "Filled",
    "NoKeyring",
    "SamplePlace",
    "Step",
    "fill",
    "is_empty",
    "is_sample",
    "is_whole",
]
