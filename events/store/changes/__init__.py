"""What people changed and what came in: the history, undo, conflicts of two editors, the audit trail."""
