"""Leads: brought in, judged, marked, explained."""

from gigdesk.services.leads.board import LeadService

__all__ = ["LeadService"]
