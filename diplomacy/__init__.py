"""The site: settings, addresses, workers, embedded servers; wiring only."""
