"""The sample desk: a made-up person's year, made from a seed and a date, in a place of its own."""
