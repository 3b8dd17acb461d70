"""How compare_peers.py scores quotes and their speakers: the rules of src/score/quotes.rs, simplified, for any tool's quotes.

- Gold quotes are the direct and mixed ones of 4 words and more, part by part; of what a tool found, too, only parts of 4 words and
  more count. One that touches only other gold rows (shorter ones, scare quotes, indirect speech) is neither right nor wrong.
- A found part is right if its characters and those of a gold part have a Jaccard index of one half or more; parts pair one to one.
- Its speaker is right if the last word of the speaker as printed, or of the full name, agrees with one of gold's: "she" for "she" is
  right. Where gold has no speaker at all, none is right.
- The name is right if it ends as gold's full name does: "she" is wrong. A share of the gold quotes whose speaker has a full name.

The last word is a crude key: two Smiths are one to it, for all tools alike."""
from __future__ import annotations

import re
from collections import Counter
from typing import Any, Optional, Tuple

MIN_WORDS = 4
# One found part of a quote: start, end, the speaker as printed, the speaker's resolved name.
Piece = Tuple[int, int, Optional[str], Optional[str]]
Span = Tuple[int, int]


def last_word(name: str | None) -> str | None:
    """What tells a speaker: "orm" for "Ilse Orm, the harbour master" and for "Orm's"."""
    words = re.findall(r"[^\W_]+", re.split(r", | of | for | who | at ", re.sub(r"[’']s\b", "", name or ""))[0])
    return words[-1].lower() if words else None


def jaccard(a: Span, b: Span) -> float:
    shared = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return shared / (a[1] - a[0] + b[1] - b[0] - shared)


def touches(piece: Piece, spans: list[Span]) -> bool:
    return any(piece[0] < end and start < piece[1] for start, end in spans)


def long_enough(words: str) -> bool:
    return len(re.findall(r"\w[\w’'-]*", words)) >= MIN_WORDS


def pair(wanted: list[Span], found: list[Span]) -> dict[int, int]:
    """One to one, the best first."""
    pairs: dict[int, int] = {}
    for overlap, i, j in sorted(((jaccard(a, b), i, j) for i, a in enumerate(wanted) for j, b in enumerate(found)), reverse=True):
        if overlap >= 0.5 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def score(article: dict[str, Any], found: list[Piece]) -> Counter[str]:
    """Counts of one article: gold parts, found parts, paired ones, those with the right speaker; gold names, right ones."""
    rows = [row for row in article["quotes"] if row["type"] in ("direct", "mixed") and long_enough(row["text"])]
    wanted = [(row["start"], row["end"]) for row in rows]
    aside = [(row["start"], row["end"]) for row in article["quotes"] if row not in rows] + article.get("ignore", [])
    found = [piece for piece in found if long_enough(article["text"][piece[0] : piece[1]])]
    pairs = pair(wanted, [(piece[0], piece[1]) for piece in found])
    only_aside = [touches(piece, aside) and not touches(piece, wanted) for piece in found]
    counts = Counter(gold=len(rows), found=only_aside.count(False), paired=len(pairs))
    for i, row in enumerate(rows):
        full = last_word(row["speaker_full"])
        counts["names"] += full is not None
        if i in pairs:
            _, _, printed, name = found[pairs[i]]
            theirs, ours = {last_word((row["speaker"] or {}).get("text")), full} - {None}, {last_word(printed), last_word(name)} - {None}
            counts["right"] += bool(theirs & ours) or not (theirs or ours)
            counts["right names"] += full is not None and last_word(name or printed) == full
    return counts
