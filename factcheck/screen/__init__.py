"""The full-screen review: one claim at a time, the article beside it, every act a key."""
