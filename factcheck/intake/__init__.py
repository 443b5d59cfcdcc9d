"""Articles from files, standard input and web pages."""
