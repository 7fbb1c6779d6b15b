"""Charts of the record: figures, the sentence that they say, specifications, drawings."""
