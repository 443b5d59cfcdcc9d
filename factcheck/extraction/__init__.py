"""Articles to claims through a language model: prompts, chain, answers, recordings."""
