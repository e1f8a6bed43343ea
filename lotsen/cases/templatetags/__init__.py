"""The list of people on the sign-in page of the demo."""
