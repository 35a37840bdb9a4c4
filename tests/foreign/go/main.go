// Command foreign answers questions about logs and notes with Go's own implementation of both, golang.org/x/mod/sumdb.
//
// It reads one JSON object a line and answers each with another: what was asked for, or "refused" with the reason. It
// holds one log, to which "append" adds.
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// height is that of C2SP tlog-tiles.
const height = 8

type question struct {
	Do      string
	Entries [][]byte
	Size    int64
	Old     int64
	Index   int64
	Level   int
	Width   int
	Leaf    tlog.Hash
	Root    tlog.Hash
	OldRoot tlog.Hash `json:"old_root"`
	Proof   []tlog.Hash
	Tiles   map[string][]byte
	Name    string
	Seed    []byte
	Text    string
	Note    []byte
	Secrets []string
	Keys    []string
}

type answer map[string]interface{}

// log has the hashes of every complete subtree, in the order in which tlog stores them.
type log struct {
	size   int64
	hashes []tlog.Hash
}

func (l *log) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(l.hashes)) {
			return nil, fmt.Errorf("no hash %d", index)
		}
		found[i] = l.hashes[index]
	}
	return found, nil
}

// files are the tiles of somebody else's log, by their paths without the height, which tlog-tiles leaves out.
type files map[string][]byte

func (f files) Height() int                     { return height }
func (f files) SaveTiles([]tlog.Tile, [][]byte) {}
func (f files) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	found := make([][]byte, len(tiles))
	for i, tile := range tiles {
		data, ok := f[path(tile)]
		if !ok {
			return nil, fmt.Errorf("no file %s", path(tile))
		}
		found[i] = data
	}
	return found, nil
}

func path(tile tlog.Tile) string {
	return "tile" + tile.Path()[len("tile/8"):]
}

func (l *log) answer(q *question) (answer, error) {
	switch q.Do {
	case "append":
		return l.add(q.Entries)
	case "root":
		hash, err := tlog.TreeHash(q.Size, l)
		return answer{"root": hash}, err
	case "include":
		proof, err := tlog.ProveRecord(q.Size, q.Index, l)
		return answer{"proof": proof}, err
	case "included":
		return answer{}, tlog.CheckRecord(q.Proof, q.Size, q.Root, q.Index, q.Leaf)
	case "extend":
		proof, err := tlog.ProveTree(q.Size, q.Old, l)
		return answer{"proof": proof}, err
	case "extended":
		return answer{}, tlog.CheckTree(q.Proof, q.Size, q.Root, q.Old, q.OldRoot)
	case "tile":
		data, err := tlog.ReadTileData(tlog.Tile{H: height, L: q.Level, N: q.Index, W: q.Width}, l)
		return answer{"data": data}, err
	case "tiles":
		paths := []string{}
		for _, tile := range tlog.NewTiles(height, q.Old, q.Size) {
			paths = append(paths, path(tile))
		}
		return answer{"paths": paths}, nil
	case "include from tiles":
		// The reader checks every tile against the root before it takes a hash from it.
		reader := tlog.TileHashReader(tlog.Tree{N: q.Size, Hash: q.Root}, files(q.Tiles))
		proof, err := tlog.ProveRecord(q.Size, q.Index, reader)
		return answer{"proof": proof}, err
	}
	return notes(q)
}

func (l *log) add(entries [][]byte) (answer, error) {
	leaves := []tlog.Hash{}
	for _, entry := range entries {
		hashes, err := tlog.StoredHashes(l.size, entry, l)
		if err != nil {
			return nil, err
		}
		l.hashes = append(l.hashes, hashes...)
		l.size++
		leaves = append(leaves, tlog.RecordHash(entry))
	}
	return answer{"leaves": leaves, "size": l.size}, nil
}

func notes(q *question) (answer, error) {
	switch q.Do {
	case "make key":
		secret, key, err := note.GenerateKey(bytes.NewReader(q.Seed), q.Name)
		return answer{"secret": secret, "key": key}, err
	case "sign":
		return sign(q)
	case "open":
		return open(q)
	case "take along":
		return takeAlong(q)
	}
	return nil, errors.New("no such question: " + q.Do)
}

func sign(q *question) (answer, error) {
	signers := []note.Signer{}
	for _, secret := range q.Secrets {
		signer, err := note.NewSigner(secret)
		if err != nil {
			return nil, err
		}
		signers = append(signers, signer)
	}
	signed, err := note.Sign(&note.Note{Text: q.Text}, signers...)
	return answer{"note": signed}, err
}

func open(q *question) (answer, error) {
	verifiers := []note.Verifier{}
	for _, key := range q.Keys {
		verifier, err := note.NewVerifier(key)
		if err != nil {
			return nil, err
		}
		verifiers = append(verifiers, verifier)
	}
	opened, err := note.Open(q.Note, note.VerifierList(verifiers...))
	if err != nil {
		return nil, err
	}
	verified := []string{}
	for _, signature := range opened.Sigs {
		verified = append(verified, signature.Name)
	}
	return answer{"text": opened.Text, "verified": verified, "others": len(opened.UnverifiedSigs)}, nil
}

// takeAlong checks the proof of an entry that holds its leaf, as C2SP tlog-proof says, with nothing but what Go has.
func takeAlong(q *question) (answer, error) {
	parts := strings.SplitN(string(q.Note), "\n\n", 2)
	lines := strings.Split(parts[0], "\n")
	if len(parts) != 2 || len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return nil, errors.New("no proof")
	}
	leaf, err := base64.StdEncoding.Strict().DecodeString(strings.TrimPrefix(lines[1], "extra "))
	if err != nil {
		return nil, err
	}
	var index, size int64
	if _, err := fmt.Sscanf(lines[2], "index %d", &index); err != nil {
		return nil, err
	}
	proof := tlog.RecordProof{}
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, err
		}
		proof = append(proof, hash)
	}
	opened, err := open(&question{Note: []byte(parts[1]), Keys: q.Keys})
	if err != nil {
		return nil, err
	}
	said := strings.Split(opened["text"].(string), "\n")
	if _, err := fmt.Sscan(said[1], &size); err != nil {
		return nil, err
	}
	root, err := tlog.ParseHash(said[2])
	if err != nil {
		return nil, err
	}
	return answer{"leaf": leaf}, tlog.CheckRecord(proof, size, root, index, tlog.RecordHash(leaf))
}

func main() {
	log := &log{}
	lines := bufio.NewReader(os.Stdin)
	replies := json.NewEncoder(os.Stdout)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		var asked question
		var found answer
		if err = json.Unmarshal(line, &asked); err == nil {
			found, err = log.answer(&asked)
		}
		if err != nil {
			found = answer{"refused": err.Error()}
		}
		if err = replies.Encode(found); err != nil {
			return
		}
	}
}
