#!/usr/bin/env python3
"""Builds the gold standard from its readable mark-up, and checks it.
  gold.py                 corpora/gold/*.gold.txt -> corpora/gold/gold.jsonl; fails on any fault
  gold.py --check         the same, but writes nothing: fails if gold.jsonl or a sample is not what the mark-up says
  gold.py --samples       also writes the plain text of every article to corpora/sample/
  gold.py --show [ID..]   prints the articles with their marks in colour, for reading over
  gold.py --lint          lists what may have been forgotten: numbers, dates, pronouns, names without a mark
The mark-up is described in corpora/README.md. Offsets in gold.jsonl count code points. Python 3 standard library only."""
import argparse, collections, datetime, glob, json, os, re, sys, textwrap

ROOT = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "corpora")
OUT = os.path.join(ROOT, "gold", "gold.jsonl")
KINDS = "money percent quantity count number multiple fraction ordinal age date time duration score".split()
APPROX = "about almost over at_least under at_most up_to vague".split()
PRONOUNS = set("he she they it him her them his hers its their theirs himself herself itself themselves".split())
DETERMINERS = set("the a an this that these those its his her their our my one another both".split())
GENDERED = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
HONORIFICS = {"Mr": "m", "Mr.": "m", "Sir": "m", "Mrs": "f", "Mrs.": "f", "Ms": "f", "Ms.": "f", "Miss": "f", "Lady": "f"}
ISO = re.compile(r"(\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?|T\d\d:\d\d)$")
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()


class Fault(Exception):
    """Something in a mark-up file that a person has to mend."""


def header(lines):
    """-> (fields, entities in order of declaration)"""
    fields, entities = {}, collections.OrderedDict()
    for line in lines:
        if not line.strip() or line.startswith("#"): continue
        key, _, value = line.partition(":")
        key, value = key.strip(), value.strip()
        if not re.fullmatch(r"[pou]\d+", key):
            fields[key] = value; continue
        name, *rest = [x.strip() for x in value.split("|")]
        attributes = dict(x.split("=", 1) for x in rest)
        if set(attributes) - {"role", "org", "gender"}: raise Fault(f"{key}: unknown attribute in {line!r}")
        if key in entities: raise Fault(f"{key} is declared twice")
        entities[key] = {"id": key, "name": name, **attributes, "mentions": []}
    for e in entities.values():
        if e.get("org") and e["org"] not in entities: raise Fault(f"{e['id']}: no organisation {e['org']}")
    return fields, entities


def body(lines):
    """-> (text with its marks still in, sentence spans are read later from the breaks). One sentence a line; `+` glues a line to the
    one before, `|` puts it on a line of its own in the same paragraph, a blank line starts a paragraph."""
    out, fresh = [], True
    for line in lines:
        if not line.strip():
            if out and not fresh: out.append(("break", "\n\n")); fresh = True
            continue
        if fresh: pass
        elif line.startswith("+"): out.append(("gap", "")); line = line[1:]
        elif line.startswith("|"): out.append(("gap", "\n")); line = line[1:]
        else: out.append(("gap", " "))
        out.append(("sentence", line.rstrip("\n"))); fresh = False
    while out and out[-1][0] != "sentence": out.pop()
    return out


def parse(pieces):
    """Takes the marks out. -> (text, sentences, paragraphs, [(tag, start, end)])"""
    text, stack, marks, sentences, paragraphs, p_start = [], [], [], [], [], 0
    n = 0
    for what, piece in pieces:
        s_start, i = n, 0
        if what == "break": paragraphs.append([p_start, n])
        while i < len(piece):
            if piece[i] == "{":
                m = re.compile(r"\{([^{}|]+)\|").match(piece, i)
                if not m: raise Fault(f"no tag after the brace: {piece[i:i + 40]!r}")
                stack.append((m.group(1), n)); i = m.end()
            elif piece[i] == "}":
                if not stack: raise Fault(f"a closing brace too many before {piece[i:i + 40]!r}")
                tag, start = stack.pop(); marks.append((tag, start, n)); i += 1
            else:
                text.append(piece[i]); n += 1; i += 1
        if what == "sentence": sentences.append([s_start, n])
        elif what == "break": p_start = n
    paragraphs.append([p_start, n])
    if stack: raise Fault(f"never closed: {stack}")
    return "".join(text), sentences, paragraphs, sorted(marks, key=lambda m: (m[1], -m[2]))


def number(word):
    value = float(word)
    return int(value) if value == int(value) else value


def figure(words, start, end, text):
    kind, row = words[0], {"start": start, "end": end, "text": text, "value": None, "unit": None, "kind": words[0], "approx": None}
    for w in words[1:]:
        if w.startswith("~"):
            row["approx"] = w[1:]
            if row["approx"] not in APPROX: raise Fault(f"{text!r}: no such approximator {w}")
        elif "=" in w:
            k, v = w.split("=", 1)
            if k not in ("per", "trend", "role", "alt", "item"): raise Fault(f"{text!r}: unknown attribute {w}")
            if k == "alt": row.setdefault("unit_alt", []).append(v)
            else: row[k] = v
        elif kind in ("date", "time"):
            if not ISO.match(w): raise Fault(f"{text!r}: {w!r} is no ISO date")
            row["iso"] = w
        elif re.fullmatch(r"-?[\d.]+(e\d+)?(\.\.-?[\d.]+(e\d+)?)?", w):
            row["value"] = [number(x) for x in w.split("..")] if ".." in w else number(w)
        else: row["unit"] = w
    if kind == "score" and isinstance(row["value"], list) is False: raise Fault(f"{text!r}: a score has two values, written a..b")
    if kind == "percent" and row["unit"] is None: row["unit"] = "percent"
    if kind == "age" and row["unit"] is None: row["unit"] = "year-person"
    if kind in ("money", "quantity", "duration") and row["unit"] is None: raise Fault(f"{text!r}: no unit")
    if kind not in ("date", "time") and row["value"] is None and row["approx"] != "vague": raise Fault(f"{text!r}: no value")
    if kind in ("date", "time") and "iso" not in row: raise Fault(f"{text!r}: no ISO value")
    if row.get("per") and row["unit"]: row.setdefault("unit_alt", []).append(f"{row['unit']}-per-{row['per']}")
    first = text.split()[0].strip(",.").lower()
    if kind == "date" and first in WEEKDAYS and re.fullmatch(r"\d{4}-\d\d-\d\d", row["iso"]):
        if datetime.date.fromisoformat(row["iso"]).weekday() != WEEKDAYS.index(first): raise Fault(f"{row['iso']} is not a {first}")
    return row


def mention_kind(text, entity):
    if text.lower() in PRONOUNS: return "pronoun"
    if " ".join(text.split()) == entity["name"]: return "name"  # a name may be broken over two lines
    tokens = lambda s: set(re.findall(r"\w+", s.lower()))
    if tokens(text) <= tokens(entity["name"]) and not text.split()[0].lower() in DETERMINERS: return "alias"
    return "nominal" if text.split()[0].lower() in DETERMINERS or text[0].islower() else "alias"


def article(path):
    lines = open(path, encoding="utf-8").read().split("\n")
    cut = lines.index("---")
    fields, entities = header(lines[:cut])
    text, sentences, paragraphs, marks = parse(body(lines[cut + 1:]))
    if fields.get("wrap"): text = wrap(text, int(fields["wrap"]))
    text += "\n"
    quotes, speakers, cues, figures, scare, negatives, optional = [], {}, {}, [], [], [], []
    for tag, s, e in marks:
        words, surface = tag.split(), text[s:e]
        if not surface or surface != surface.strip(): raise Fault(f"{tag}: the span {surface!r} is empty or has white space at its edge")
        m = re.fullmatch(r"([pou]\d+)(?::(\w+))?(?:>([\d,]+))?", tag)
        if m:
            if m[1] not in entities: raise Fault(f"{m[1]} ({surface!r}) is not declared")
            kind = m[2] or mention_kind(surface, entities[m[1]])
            if m[1][0] == "u" and kind in ("name", "alias"): kind = "nominal"
            entities[m[1]]["mentions"].append([s, e, surface, kind])
            for q in (m[3] or "").split(",") if m[3] else ():
                if q in speakers: raise Fault(f"quote {q} has two speakers")
                speakers[q] = (m[1], s, e, surface, kind)
        elif re.fullmatch(r"[qm]\d+!?", tag):
            quotes.append({"start": s, "end": e, "text": surface, "type": "direct" if tag[0] == "q" else "mixed", "number": tag[1:].rstrip("!"), "nobody": tag.endswith("!")})
        elif tag == "s": scare.append([s, e])
        elif re.fullmatch(r"c[\d,]+", tag):
            for q in tag[1:].split(","): cues.setdefault(q, []).append([s, e])
        elif words[0] in KINDS: figures.append(figure(words, s, e, surface))
        elif tag == "neg": negatives.append({"start": s, "end": e, "text": surface})
        elif tag == "opt": optional.append({"start": s, "end": e, "text": surface})
        else: raise Fault(f"unknown tag {tag!r} on {surface!r}")
    numbers = {q["number"] for q in quotes}
    for q in set(speakers) | set(cues):
        if q not in numbers: raise Fault(f"a speaker or cue names quote {q}, which is not there")
    rows = []
    for q in quotes:
        found = speakers.get(q["number"])
        if not found and not q["nobody"]: raise Fault(f"quote {q['number']} {q['text'][:40]!r} has no speaker (write q{q['number']}! if it has none)")
        row = {"start": q["start"], "end": q["end"], "text": q["text"], "type": q["type"], "speaker": None, "speaker_full": None, "speaker_kind": None,
               "group": f"q{q['number']}", "cue": cues.get(q["number"], [])}
        if found:
            who, s, e, surface, kind = found
            row["speaker"] = {"text": surface, "start": s, "end": e}
            row["speaker_full"] = entities[who]["name"] if who[0] != "u" else None
            row["speaker_kind"] = kind if kind in ("pronoun", "nominal") else "org" if who[0] == "o" else "name"
        rows.append(row)
    rows += [{"start": s, "end": e, "text": text[s:e], "type": "scare", "speaker": None, "speaker_full": None, "speaker_kind": None, "group": None, "cue": []} for s, e in scare]
    out = {"id": fields["id"], "sample": fields["sample"], "date": fields.get("date"), "text": text, "sentences": sentences, "paragraphs": paragraphs}
    out["people"] = sorted(m[:3] for e in entities.values() if e["id"][0] == "p" for m in e["mentions"] if m[3] in ("name", "alias"))
    out["organisations"] = sorted(m[:3] for e in entities.values() if e["id"][0] == "o" for m in e["mentions"] if m[3] in ("name", "alias"))
    out["entities"] = [record(e, entities, text) for e in entities.values()]
    out["quotes"] = sorted(rows, key=lambda r: r["start"])
    out["unattributed_quoted"] = scare
    out["figures"], out["negatives"], out["optional"] = figures, negatives, optional
    return out, marks


def before(text, at):
    return text[:at].split()[-1:]


def record(e, entities, text):
    if not e["mentions"]: raise Fault(f"{e['id']} {e['name']} is declared and never mentioned")
    kinds = [m[3] for m in e["mentions"]]
    if e["id"][0] != "u" and "name" not in kinds: raise Fault(f"{e['name']!r} never stands in the text in that form")
    said = {GENDERED[m[2].lower()] for m in e["mentions"] if m[2].lower() in GENDERED} | {HONORIFICS[w] for m in e["mentions"] for w in before(text, m[0]) if w in HONORIFICS}
    if e["id"][0] == "p" and said != ({e["gender"]} if "gender" in e else set()): raise Fault(f"{e['name']}: the article says gender {said or None}, the header {e.get('gender')}")
    if e.get("role") and not re.search(rf"\b{re.escape(e['role'])}\b", " ".join(text.split())): raise Fault(f"{e['name']}: the role {e['role']!r} is not printed in the text")
    org = e.get("org")
    aliases = sorted({m[2] for m in e["mentions"] if m[3] == "alias"})
    return {"type": {"p": "person", "o": "organisation", "u": "unnamed"}[e["id"][0]], "name": e["name"] if e["id"][0] != "u" else None, "aliases": aliases,
            "role": e.get("role"), "organisation": entities[org]["name"] if org else None, "gender": e.get("gender"), "mentions": e["mentions"]}


def wrap(text, width):
    """Breaks lines as a terminal did: blanks become line feeds, so no offset moves."""
    out = "\n\n".join("\n".join(textwrap.wrap(p, width, break_long_words=False, break_on_hyphens=False)) for p in text.split("\n\n"))
    if len(out) != len(text): raise Fault("wrapping moved the text")
    return out


def check(a):
    """What must hold of any article, whatever made it."""
    t = a["text"]
    spans = [(x["start"], x["end"], x["text"]) for layer in ("quotes", "figures", "negatives", "optional") for x in a[layer]]
    spans += [tuple(x[:3]) for x in a["people"] + a["organisations"]] + [tuple(m[:3]) for e in a["entities"] for m in e["mentions"]]
    spans += [(q["speaker"]["start"], q["speaker"]["end"], q["speaker"]["text"]) for q in a["quotes"] if q["speaker"]]
    for s, e, surface in spans:
        if not (0 <= s < e <= len(t)) or t[s:e] != surface: raise Fault(f"{surface!r} is not at {s}..{e}")
    for name, layer in (("figures", a["figures"]), ("quotes", a["quotes"])):
        for x, y in zip(layer, layer[1:]):
            if y["start"] < x["end"]: raise Fault(f"{name} overlap: {x['text']!r} and {y['text']!r}")
    covered = [0] * len(t)
    for s, e in a["sentences"]:
        for i in range(s, e): covered[i] += 1
    for i, c in enumerate(t):
        if not c.isspace() and covered[i] != 1: raise Fault(f"position {i} is in {covered[i]} sentences")
    for q in a["quotes"]:
        if q["text"][0] not in "“‘\"'": raise Fault(f"quote opens without a mark: {q['text'][:40]!r}")
        last = q["text"][-1] in "”’\"'"
        continued = any(x["group"] == q["group"] and x["start"] > q["end"] for x in a["quotes"] if q["group"])
        if not last and not continued: raise Fault(f"quote ends without a mark: {q['text'][-40:]!r}")
        if not any(s <= q["start"] and q["end"] <= e for s, e in a["paragraphs"]): raise Fault(f"part crosses a paragraph: {q['text'][:40]!r}")
    inside = set(i for q in a["quotes"] for i in range(q["start"], q["end"]))
    for i, c in enumerate(t):
        if c in "“”\"‘" and i not in inside: raise Fault(f"a quotation mark outside every marked quote: {t[max(0, i - 30):i + 30]!r}")


LINT = {
    "number": r"\d(?:[\d.,:]*\d)?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundreds?|thousands?|millions?|billions?|dozens?|couple|half|halved|doubled|tripled|twice|third|thirds|quarters?|first|second|fourth|fifth|sixth|tenth|lakh|crore|double|triple|both|single)\b",
    "date": r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|yesterday|today|tomorrow|tonight|overnight|decades?|centur(?:y|ies)|years?|months?|weeks?|weekend|days?|hours?|minutes?|seconds?|spring|summer|autumn|winter|morning|afternoon|evening|night)\b",
    "pronoun": r"\b(?:he|she|him|his|her|hers|it|its|they|them|their|himself|herself|itself|themselves)\b",
}


def lint(a, marks):
    t = a["text"]
    seen = {"number": [(s, e) for tag, s, e in marks if tag.split()[0] in KINDS + ["neg", "opt"]], "pronoun": [(s, e) for tag, s, e in marks if tag[0] in "pou"]}
    seen["date"] = seen["number"]; seen["name"] = seen["pronoun"]
    names = {w for x in a["entities"] for n in [x["name"] or ""] + x["aliases"] for w in re.findall(r"[^\W\d_]{3,}", n) if w[0].isupper()}
    patterns = dict(LINT, name=r"\b(?:%s)\b" % "|".join(map(re.escape, sorted(names))))
    for what, pattern in patterns.items():
        for m in re.finditer(pattern, t, re.I if what != "name" and what != "date" else 0):
            if not any(s <= m.start() and m.end() <= e for s, e in seen[what]):
                print(f"{a['id']}: {what} without a mark: ...{t[max(0, m.start() - 35):m.start()]}[{m[0]}]{t[m.end():m.end() + 25]}...".replace("\n", " "))


def show(a, marks):
    colour = lambda tag: {"p": 36, "o": 35, "u": 33, "q": 32, "m": 92, "s": 31, "c": 34}.get(tag[0], 90) if re.match(r"[pou]\d|[qm]\d|s$|c\d", tag) else 93
    opens, closes, out = collections.defaultdict(list), collections.defaultdict(list), []
    for tag, s, e in marks: opens[s].append(tag); closes[e].insert(0, tag)
    starts = {s for s, _ in a["sentences"]}
    for i in range(len(a["text"]) + 1):
        for tag in closes[i]: out.append(f"\033[{colour(tag)}m]\033[0m")
        if i in starts: out.append("\033[7m \033[0m")
        for tag in opens[i]: out.append(f"\033[{colour(tag)}m[{tag}:\033[0m")
        out.append(a["text"][i:i + 1])
    print(f"\n=== {a['id']} ({a['date']}) ===\n" + "".join(out))
    for q in a["quotes"]: print(f"  {q['type']:6} {q['group']} {q['speaker_full'] or (q['speaker'] or {}).get('text')} | {[a['text'][s:e] for s, e in q['cue']]} | {q['text'][:60]}".replace("\n", " "))
    for f in a["figures"]: print("  ", f["kind"], repr(f["text"]), f["value"], f["unit"] or "", f.get("iso", ""), f["approx"] or "")


def main():
    ap = argparse.ArgumentParser()
    for flag in ("--check", "--samples", "--lint"): ap.add_argument(flag, action="store_true")
    ap.add_argument("--show", nargs="*"); a = ap.parse_args()
    rows, faults, ids = [], [], set()
    for path in sorted(glob.glob(os.path.join(ROOT, "gold", "*.gold.txt"))):
        try:
            row, marks = article(path)
            check(row)
            if row["id"] in ids: raise Fault("the id is taken")
            ids.add(row["id"]); rows.append(row)
        except Fault as fault:
            faults.append(f"{os.path.basename(path)}: {fault}"); continue
        sample = os.path.join(ROOT, "sample", row["sample"])
        if a.samples:
            with open(sample, "w", encoding="utf-8", newline="") as f: f.write(row["text"])
        elif not os.path.exists(sample) or open(sample, encoding="utf-8", newline="").read() != row["text"]:
            faults.append(f"{row['id']}: corpora/sample/{row['sample']} is not the marked text (gold.py --samples writes it)")
        if a.lint: lint(row, marks)
        if a.show is not None and (not a.show or row["id"] in a.show): show(row, marks)
    made = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)
    if a.check and (not os.path.exists(OUT) or open(OUT, encoding="utf-8").read() != made): faults.append("gold.jsonl is not what the mark-up says: run scripts/gold.py")
    if faults: sys.exit("\n".join(faults))
    if not a.check:
        with open(OUT, "w", encoding="utf-8") as f: f.write(made)
    count = lambda layer: sum(len(r[layer]) for r in rows)
    kinds = collections.Counter(q["type"] for r in rows for q in r["quotes"])
    print(f"{len(rows)} articles, {sum(len(r['text'].split()) for r in rows)} words, {count('sentences')} sentences, {dict(kinds)} quote parts, {count('figures')} figures, "
          f"{count('people')} people and {count('organisations')} organisation mentions, {sum(len(e['mentions']) for r in rows for e in r['entities'])} mentions in all", file=sys.stderr)


if __name__ == "__main__":
    main()
