"""The child process that reads calendar files and works out series: hostile input may kill it."""
