package warehouse

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"tongket/internal/contract"
	"tongket/internal/intake"
)

// known returns a receipt when these bytes are loaded already, as the latest
// version of this file or under another name, and loading them again could
// tell nothing new: the contract of their table is the same, and so are the
// tables they refer to where rows were rejected. A file whose name tells the
// period or the unit is another file under another name.
func (w *Warehouse) known(ctx context.Context, d Delivery, sha string, nameTells bool) (*Receipt, error) {
	if rec, err := w.withdrawn(ctx, d, sha, nameTells); err != nil || rec != nil {
		return rec, err
	}
	contract, references, err := w.basis(ctx, d.Resource)
	if err != nil {
		return nil, err
	}
	hints, err := json.Marshal(d.Hints)
	if err != nil {
		return nil, fmt.Errorf("hints: %w", err)
	}
	rec := &Receipt{File: d.Name, Resource: d.Resource.Name, Status: Known}
	const same = `FROM submissions WHERE resource = $1 AND sha256 = $2 AND status IN ('accepted', 'partial')
		AND contract = $4 AND hints = $6 AND (status = 'accepted' OR "references" = $5)
		AND (id = (SELECT max(id) FROM submissions WHERE resource = $1 AND path = $3 AND status NOT IN ('refused', 'withdrawn', 'withdrawal'))
		OR NOT $7 AND NOT EXISTS (SELECT 1 FROM submissions WHERE resource = $1 AND path = $3 AND status <> 'refused'))`
	args := []any{d.Resource.Name, sha, d.Name, contract, references, string(hints), nameTells}
	if rec.Submission, err = w.count(ctx, "SELECT coalesce(max(id), 0) "+same, args...); err != nil || rec.Submission == 0 {
		return nil, err
	}
	var path string
	if err := w.conn.QueryRowContext(ctx, "SELECT path FROM submissions WHERE id = $1", rec.Submission).Scan(&path); err != nil {
		return nil, fmt.Errorf("warehouse: %w", err)
	}
	if rec.Rejected, err = w.ToMend(ctx, rec.Submission); err != nil {
		return nil, err
	}
	rec.ToMend = rec.Rejected
	if path == d.Name {
		return rec, nil
	}
	corrected, err := w.count(ctx, fmt.Sprintf(`SELECT count(*) FROM past.%s AS old WHERE submission = $1
		AND NOT EXISTS (SELECT 1 FROM %[1]s AS now WHERE now.submission = old.submission AND now.line = old.line)`, ident(d.Resource.Name)), rec.Submission)
	if err != nil || corrected == 0 {
		return rec, err
	}
	if d.Named { // somebody wants these figures back
		return nil, nil
	}
	rec.Message = w.locale.Say("load.known.superseded", "file", path)
	return rec, nil
}

// recall gives a file that comes without hints those under which the same
// bytes were read before: who overruled once need not do it again.
func (w *Warehouse) recall(ctx context.Context, d *Delivery) error {
	if d.Hints != (intake.Hints{}) {
		return nil
	}
	n, err := w.count(ctx, "SELECT count(*) FROM submissions WHERE path = $1 AND hints NOT IN ('', '{}')", d.Name)
	if err != nil || n == 0 {
		return err
	}
	digest, err := intake.Sum(d.Path, ',')
	if err != nil {
		return nil // told when it is read
	}
	var hints string
	err = w.conn.QueryRowContext(ctx, "SELECT hints FROM submissions WHERE path = $1 AND sha256 = $2 AND status <> 'refused' ORDER BY id DESC LIMIT 1", d.Name, digest.SHA256).Scan(&hints)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(hints), &d.Hints)
	}
	if err != nil {
		return fmt.Errorf("warehouse: %w", err)
	}
	return nil
}

// basis returns what the outcome of a load rests on besides the file: a hash
// of the resource's contract, and the latest submissions of the tables that
// its keys point to.
func (w *Warehouse) basis(ctx context.Context, r *contract.Resource) (print, references string, err error) {
	text, err := json.Marshal(r)
	if err != nil {
		return "", "", fmt.Errorf("contract: %w", err)
	}
	hash := sha256.Sum256(text)
	var latest []string
	for _, k := range r.ForeignKeys {
		if k.Resource == r.Name {
			continue
		}
		id, err := w.count(ctx, "SELECT coalesce(max(id), 0) FROM submissions WHERE resource = $1 AND status <> 'refused'", k.Resource)
		if err != nil {
			return "", "", err
		}
		latest = append(latest, fmt.Sprintf("%s %d", k.Resource, id))
	}
	slices.Sort(latest)
	return hex.EncodeToString(hash[:]), strings.Join(slices.Compact(latest), ", "), nil
}

// refuse records a file that was not read. The same refusal of the same bytes
// is recorded once.
func (w *Warehouse) refuse(ctx context.Context, d Delivery, rec *Receipt, refusal *intake.Refusal) error {
	*rec = Receipt{File: rec.File, Resource: rec.Resource, Status: Refused, Message: refusal.Message}
	if refusal.Line > 0 {
		rec.Faults = []intake.Fault{{Line: refusal.Line, Rows: 1, Rule: "file", Message: refusal.Message}}
	}
	where := ""
	if refusal.Line > 0 {
		where = fmt.Sprint(refusal.Line)
	}
	rec.Mend = [][]string{{w.locale.Say("mend.file"), w.locale.Say("mend.line"), w.locale.Say("mend.reason")}, {d.Name, where, refusal.Message}}
	var digest intake.Digest // what cannot be read has no bytes to know it by
	var size int64
	info, err := os.Stat(d.Path)
	if err == nil && info.Mode().IsRegular() {
		size = info.Size()
		if digest, err = intake.Sum(d.Path, ','); err != nil {
			digest = intake.Digest{}
		}
	}
	rec.Submission, err = w.count(ctx, "SELECT coalesce(max(id), 0) FROM submissions WHERE status = 'refused' AND path = $1 AND sha256 = $2 AND message = $3", d.Name, digest.SHA256, rec.Message)
	if rec.Told = rec.Submission > 0; err != nil || rec.Told {
		return err
	}
	if err := w.exec(ctx, "BEGIN"); err != nil {
		return err
	}
	err = w.exec(ctx, "DELETE FROM submissions WHERE status = 'refused' AND path = $1", d.Name)
	if err == nil {
		rec.Submission, err = w.count(ctx, "SELECT nextval('submission_ids')")
	}
	if err == nil {
		err = w.record(ctx, d, rec, digest.SHA256, &intake.File{Bytes: size})
	}
	if err != nil {
		_, _ = w.conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		return err
	}
	return w.exec(ctx, "COMMIT")
}

// record writes a file's account. That of an earlier version of the file no
// longer counts.
func (w *Warehouse) record(ctx context.Context, d Delivery, r *Receipt, sha string, file *intake.File) error {
	contract, references := "", ""
	if d.Resource != nil && r.Status != Refused {
		var err error
		if contract, references, err = w.basis(ctx, d.Resource); err != nil {
			return err
		}
		if err := w.exec(ctx, "UPDATE submissions SET status = 'replaced' WHERE path = $1 AND resource = $2 AND status IN ('accepted', 'partial')", d.Name, r.Resource); err != nil {
			return err
		}
		if err := w.exec(ctx, "DELETE FROM submissions WHERE path = $1 AND status = 'refused'", d.Name); err != nil {
			return err
		}
	}
	hints, err := json.Marshal(d.Hints)
	if err != nil {
		return fmt.Errorf("hints: %w", err)
	}
	received, err := w.clock(ctx, d.Received)
	if err != nil {
		return err
	}
	var sheets []string
	for _, t := range file.Tables {
		sheets = append(sheets, t.Sheet)
	}
	return w.exec(ctx, "INSERT INTO submissions VALUES ($1, $2, $3, $4, $5, $6, $7, ["+lits(sheets)+"]::VARCHAR[], $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, NULL)",
		r.Submission, d.Name, r.Resource, sha, file.Bytes, file.Encoding(), file.Delimiter(), received, r.Read, r.Accepted, r.Rejected, r.Warned, r.Aside,
		string(r.Status), r.Message, strings.Join(r.Reading, "\n"), strings.Join(r.Unknown, "\n"), contract, references, string(hints))
}

// clock keeps time from running backwards: what is recorded later was received
// no earlier, or nobody could say how the figures stood on a day.
func (w *Warehouse) clock(ctx context.Context, at time.Time) (time.Time, error) {
	var last sql.NullTime
	if err := w.conn.QueryRowContext(ctx, "SELECT max(received_at) FROM submissions").Scan(&last); err != nil {
		return at, fmt.Errorf("warehouse: %w", err)
	}
	if at = at.UTC(); last.Valid && last.Time.After(at) {
		return last.Time, nil
	}
	return at, nil
}

// Forget drops the refusals of files that are no longer among those present:
// somebody took them away, as the refusal asked.
func (w *Warehouse) Forget(ctx context.Context, present []string) error {
	if len(present) == 0 {
		return nil
	}
	return w.exec(ctx, "DELETE FROM submissions WHERE status = 'refused' AND path NOT IN ("+lits(present)+")")
}

// Gone lists the files that were loaded and are no longer among those present.
// Their figures stay in force: what was reported is not lost by tidying up.
func (w *Warehouse) Gone(ctx context.Context, present []string) ([]string, error) {
	rows, err := w.conn.QueryContext(ctx, "SELECT DISTINCT path FROM submissions WHERE status IN ('accepted', 'partial') ORDER BY path")
	if err != nil {
		return nil, fmt.Errorf("warehouse: %w", err)
	}
	defer rows.Close()
	var gone []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, fmt.Errorf("warehouse: %w", err)
		}
		if !slices.Contains(present, name) {
			gone = append(gone, name)
		}
	}
	return gone, rows.Err()
}

var correction = regexp.MustCompile(`(?i)(?:dinh|đính|điều|dieu)[-_ ]*(?:chinh|chính|chỉnh)|(?:bo|bổ)[-_ ]*(?:sung)|(?:thay)[-_ ]*(?:the|thế)|(?:^|[-_ /])(?:sua|sửa)(?:[-_ .]|$)|(?:^|[-_ /])correct|\.loi[-.]`)

// corrects is 1 for a file whose name says that it corrects others: it comes
// after them.
func corrects(name string) int {
	if correction.MatchString(norm.NFC.String(name)) {
		return 1
	}
	return 0
}

// inOrder compares names as people number them: lan2 before lan10.
func inOrder(a, b string) int {
	for a != "" && b != "" {
		x, y := digits(a), digits(b)
		if x > 0 && y > 0 {
			n, m := strings.TrimLeft(a[:x], "0"), strings.TrimLeft(b[:y], "0")
			if c := cmp.Or(cmp.Compare(len(n), len(m)), strings.Compare(n, m)); c != 0 {
				return c
			}
			a, b = a[x:], b[y:]
			continue
		}
		if a[0] != b[0] {
			return cmp.Compare(a[0], b[0])
		}
		a, b = a[1:], b[1:]
	}
	return cmp.Compare(len(a), len(b))
}

func digits(text string) int {
	return len(text) - len(strings.TrimLeft(text, "0123456789"))
}

// Files pairs the files of a programme's data folder with their resources, in
// the order in which they must be loaded: a table after those it refers to,
// "lan10.csv" after "lan2.csv", and a file that says it corrects others after
// them. A file
// that no resource takes comes last, without one.
func Files(c *contract.Contract, names []string) []Delivery {
	names = slices.Clone(names)
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(corrects(a), corrects(b)), inOrder(strings.TrimSuffix(a, path.Ext(a)), strings.TrimSuffix(b, path.Ext(b))), strings.Compare(a, b))
	})
	var out []Delivery
	taken := map[string]bool{}
	for _, r := range c.Ordered() {
		for _, name := range names {
			if r.Takes(name) {
				out = append(out, Delivery{Name: name, Resource: r})
				taken[name] = true
			}
		}
	}
	for _, name := range names {
		if !taken[name] {
			out = append(out, Delivery{Name: name})
		}
	}
	return out
}
