"""What only SQL can get wrong: migrations, settings of the databases, races, crashes."""
