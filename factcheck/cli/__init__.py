"""The command line: arguments, screens, exit codes. One file a noun."""
