"""The reading of hostile mail, in a child process that may be killed."""
