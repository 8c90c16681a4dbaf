"""The calendar's verbs and queries."""

from gigdesk.services.calendar.diary import CalendarService, Place, Week

__all__ = ["CalendarService", "Place", "Week"]
