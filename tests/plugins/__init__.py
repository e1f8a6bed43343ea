"""What pytest loads before Django."""
