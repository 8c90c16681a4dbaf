"""Reads bills: XML that programs write, PDFs with or without it."""
