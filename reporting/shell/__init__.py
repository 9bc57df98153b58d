"""What is typed and what is said: options, typer in Chinese, telling, the demonstration."""
