"""What every port promises, asked of the fake, of SQLite and of PostgreSQL alike."""
