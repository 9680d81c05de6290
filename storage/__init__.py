"""Everything that remembers: tables, repositories, the outbox and the inbox, on two databases."""
