"""What operators and machines ask the site: is it up, is it ready, how does it do."""
