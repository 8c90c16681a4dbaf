"""The calendar: events and their times, the text they are written in, and how a day is laid out."""
