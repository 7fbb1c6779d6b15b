"""`make demo`: the whole site on one machine, by one command, gone with one Ctrl-C."""
