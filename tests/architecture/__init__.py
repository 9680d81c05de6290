"""What holds for every file of the project, asked of the files themselves."""
