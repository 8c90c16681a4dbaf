"""Answers to mails: what they are made of, how they are written, and what is checked in them."""
