"""Which times a story names, and which days each expression means."""
