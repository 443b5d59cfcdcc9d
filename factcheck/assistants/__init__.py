"""The desk for assistants: what a language model may read and suggest over the Model Context Protocol."""
