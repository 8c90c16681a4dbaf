"""What is handed from mails to the other rooms: invitations, bills, leads, new clients."""
