"""The calendar's verbs and queries."""

from gigdesk.services.calendar.diary import CalendarService

__all__ = ["CalendarService"]
