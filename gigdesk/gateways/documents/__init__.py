"""Documents: invoices printed as PDF/A-3 with the e-invoice inside."""
