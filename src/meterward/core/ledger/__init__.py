"""What makes a record tamper-evident: salted commitments, leaf hashes, the Merkle tree. Bytes: `docs/formats.md`."""
