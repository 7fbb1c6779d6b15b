"""The whole record in one verified file, and back.

The file is an uncompressed zip of two members: `record.dump`, in PostgreSQL's own custom format,
and `manifest.json`, which says what the dump holds: rows and a checksum of every table, measured
in the snapshot that was dumped. Restoring runs whatever the file says as the database's user:
restore only files that you made.
"""

from diplomacy.backups.database import Database
from diplomacy.backups.errors import BackupError
from diplomacy.backups.manifest import Manifest
from diplomacy.backups.restoring import restore
from diplomacy.backups.saving import backup

__all__ = ["BackupError", "Database", "Manifest", "backup", "restore"]
