class BackupError(Exception):
    """A backup or restore that was not done; the message says why, for an operator."""
