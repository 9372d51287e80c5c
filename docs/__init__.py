"""Documents of the project, and the script that makes their pictures."""
