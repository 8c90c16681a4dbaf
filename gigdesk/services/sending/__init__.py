"""Sending: what was approved leaves, once, and the person is told how it went."""

from gigdesk.services.sending.service import SendingService

__all__ = ["SendingService"]
