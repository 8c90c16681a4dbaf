"""Bills that were received."""
