"""Who is told when the record changes: mail for readers, webhooks for organisations.

What is kept here is private, and never part of the record, its exports or its packages.
"""
