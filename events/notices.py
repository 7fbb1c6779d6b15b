"""What readers should know about how current the record is.

The record does not know where its news comes from; what does is named in the settings.
"""

from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string


def notices(at: datetime) -> list[str]:
    """Sentences in the reader's language from every function in RECORD_NOTICES; often none."""
    return [text for name in settings.RECORD_NOTICES for text in import_string(name)(at)]
