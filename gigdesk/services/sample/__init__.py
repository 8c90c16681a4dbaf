"""The sample desk: a made-up person's year, made from a seed and a date."""

from gigdesk.services.sample.filling import SAMPLE, Amounts, Filled, Step, fill, is_empty

__all__ = ["SAMPLE", "Amounts", "Filled", "Step", "fill", "is_empty"]
