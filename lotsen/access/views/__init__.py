"""Pages of one's own sign-in, of the identity provider, and of accounts."""
