"""What makes a record tamper-evident: salted commitments, leaf hashes and the Merkle tree. `docs/formats.md` has the bytes."""
