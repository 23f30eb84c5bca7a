"""A release: a catalogue compiled into one immutable folder that readers are served."""
