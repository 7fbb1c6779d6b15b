"""The whole public record in one file: a Frictionless data package, the same bytes for the same
record."""
