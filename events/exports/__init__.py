"""Files of any part of the record: what is asked for, how it is read, how it is written."""
