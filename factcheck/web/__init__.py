"""The desk over HTTP, for browsers and for programs. It decides nothing: use cases do, as for every other front."""
