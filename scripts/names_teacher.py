#!/usr/bin/env python3
"""The teacher of the names model: a transformer too slow for the product, whose beliefs about unlabelled news train the fast one.
  names_teacher.py train TAGGED.jsonl ENCODER/ -o teacher.pt [--minutes 30]     TAGGED: as for `pullquote train names`
  names_teacher.py label TOKENS.jsonl[.zst] ENCODER/ teacher.pt -o beliefs.jsonl [--minutes 16]
ENCODER: a folder with the weights of all-mpnet-base-v2 (Apache-2.0), of which the first 6 layers are used. It has no capitals, so how
a token is cased is added to its input, and so is the source of the sentence (unknown when labelling). TOKENS: JSON Lines with doc,
source, tokens, space_after. Beliefs: the same with `p`, the shares of the nine labels for each token that may be in a name.
Needs torch, transformers, tokenizers, and zstd on the path. One core for the minutes given (OMP_NUM_THREADS=1); not the same twice, for it stops by the clock."""
import argparse, collections, json, random, subprocess, time
import torch
from tokenizers import Tokenizer
from transformers import MPNetConfig, MPNetModel

LABELS = "O B-PER I-PER B-ORG I-ORG B-LOC I-LOC B-MISC I-MISC".split()
SOURCES = "unknown men redocred uner_ewt wikigold crossner_politics gum_interview gum_court gum_bio grobid_ner crossner_other gum_other".split()
# Sources unlike the news: part of them is left out, drawn anew in each round.
LEFT_OUT = dict.fromkeys("crossner_ai crossner_music crossner_literature crossner_science gum_voyage gum_academic".split(), 0.7) | {"grobid_ner": 0.5}
LAYERS, WIDTH, START, END, PAD = 6, 768, 0, 2, 1
NO_CASE = 12
# Twice as fast where the processor multiplies bfloat16.
HALF = torch.autocast("cpu", dtype=torch.bfloat16)


def source_of(name):
    return name if name in SOURCES else "crossner_other" if name.startswith("crossner") else "gum_other"


def casing(word):
    if word.islower(): return 0
    if word.isupper(): return 1 if len(word) > 1 else 2
    if word[0].isupper() and word[1:].islower(): return 2
    if any(c.isdigit() for c in word): return 4
    return 3 if any(c.isalpha() for c in word) else 5


class Pieces:
    def __init__(self, folder):
        self.tokenizer, self.known = Tokenizer.from_file(f"{folder}/tokenizer.json"), {}
        self.tokenizer.no_truncation(); self.tokenizer.no_padding()

    def of(self, word):
        if word not in self.known: self.known[word] = self.tokenizer.encode(word, add_special_tokens=False).ids[:8] or [104]
        return self.known[word]

    def sequences(self, sentences, source, most):
        """Sentences of one document, packed: [(tokens, labels or None)] -> sequences of at most `most` pieces."""
        out, now = [], None
        def fresh(): return {"ids": [START], "case": [NO_CASE], "first": [], "labels": [], "source": source, "places": []}
        now = fresh()
        for number, (tokens, labels) in enumerate(sentences):
            pieces = [self.of(word) for word in tokens]
            if len(now["ids"]) + sum(map(len, pieces)) + 1 > most and len(now["ids"]) > 1: out.append(now); now = fresh()
            for at, (word, ids) in enumerate(zip(tokens, pieces)):
                if len(now["ids"]) + len(ids) + 1 > most: out.append(now); now = fresh()
                now["first"].append(len(now["ids"])); now["labels"].append(LABELS.index(labels[at]) if labels else 0); now["places"].append((number, at))
                for later, piece in enumerate(ids): now["ids"].append(piece); now["case"].append(casing(word) * 2 + (later > 0))
        if len(now["ids"]) > 1: out.append(now)
        for sequence in out: sequence["ids"].append(END); sequence["case"].append(NO_CASE)
        return out


class Teacher(torch.nn.Module):
    def __init__(self, folder):
        super().__init__()
        self.m = MPNetModel.from_pretrained(folder, config=MPNetConfig.from_pretrained(folder), add_pooling_layer=False)
        self.m.encoder.layer = self.m.encoder.layer[:LAYERS]
        self.cas, self.src = torch.nn.Embedding(NO_CASE + 1, WIDTH), torch.nn.Embedding(len(SOURCES), WIDTH)
        torch.nn.init.zeros_(self.cas.weight); torch.nn.init.zeros_(self.src.weight)
        self.head, self.drop = torch.nn.Linear(WIDTH, len(LABELS)), torch.nn.Dropout(0.1)

    def forward(self, ids, case, source, mask):
        embed = self.m.embeddings
        x = embed.word_embeddings(ids) + self.cas(case) + self.src(source)[:, None]
        places = torch.where(mask > 0, torch.arange(2, 2 + ids.shape[1])[None].expand_as(ids), torch.ones_like(ids))
        x = embed.dropout(embed.LayerNorm(x + embed.position_embeddings(places)))
        bias = self.m.encoder.compute_position_bias(x)
        for layer in self.m.encoder.layer: x = layer(x, (1.0 - mask[:, None, None].float()) * -1e4, position_bias=bias)[0]
        return self.head(self.drop(x))


def batch(sequences):
    longest, n = max(len(s["ids"]) for s in sequences), len(sequences)
    ids, case, mask = torch.full((n, longest), PAD), torch.full((n, longest), NO_CASE), torch.zeros(n, longest, dtype=torch.long)
    for row, s in enumerate(sequences):
        length = len(s["ids"])
        ids[row, :length], case[row, :length], mask[row, :length] = torch.tensor(s["ids"]), torch.tensor(s["case"]), 1
    return ids, case, torch.tensor([SOURCES.index(s.get("as", s["source"])) for s in sequences]), mask


def train(tagged, folder, output, minutes):
    documents, pieces = collections.defaultdict(list), Pieces(folder)
    for line in open(tagged, encoding="utf-8"):
        row = json.loads(line); documents[row["source"], row.get("doc") or row["id"]].append((row["tokens"], row["tags"]))
    with_other = {source for (source, _), sentences in documents.items() if any(tag.endswith("MISC") for _, tags in sentences for tag in tags)}

    def round_of_batches():
        sequences = []
        for (source, _), sentences in documents.items():
            if random.random() < LEFT_OUT.get(source, 0): continue
            recased = []
            for tokens, tags in sentences:
                draw = random.random()
                if draw < 0.03: tokens = [word.upper() for word in tokens]
                elif draw < 0.05: tokens = [word[:1].upper() + word[1:] for word in tokens]
                recased.append((tokens, tags))
            for sequence in pieces.sequences(recased, source_of(source), 144):
                sequence["open"] = source not in with_other
                if random.random() < 0.3: sequence["as"] = "unknown"
                sequences.append(sequence)
        sequences.sort(key=lambda s: len(s["ids"]) + random.random() * 20)
        batches, now, count = [], [], 0
        for sequence in sequences:
            now.append(sequence); count += len(sequence["ids"])
            if count > 1100: batches.append(now); now, count = [], 0
        if now: batches.append(now)
        random.shuffle(batches)
        return batches

    model = Teacher(folder).train()
    added = [p for name, p in model.named_parameters() if name.startswith(("cas", "src", "head"))]
    fixed = [p for name, p in model.named_parameters() if "word_embeddings" in name or "position_emb" in name]
    for p in fixed: p.requires_grad_(False)
    body = [p for p in model.parameters() if p.requires_grad and not any(p is other for other in added)]
    optimiser = torch.optim.AdamW([{"params": body, "lr": 8e-5}, {"params": added, "lr": 8e-4}], weight_decay=0.01, eps=1e-6)
    rates, start, done, seen = [group["lr"] for group in optimiser.param_groups], time.time(), 0.0, 0
    while done < 1:
        for sequences in round_of_batches():
            done = (time.time() - start) / (minutes * 60)
            if done >= 1: break
            for group, rate in zip(optimiser.param_groups, rates): group["lr"] = rate * min(1, done / 0.04) * (1 - done)
            ids, case, source, mask = batch(sequences)
            with HALF: scores = model(ids, case, source, mask).float()
            rows, columns = zip(*((row, at) for row, s in enumerate(sequences) for at in s["first"]))
            scores = scores[list(rows), list(columns)].log_softmax(-1)
            labels = torch.tensor([label for s in sequences for label in s["labels"]])
            loss = -scores.gather(1, labels[:, None])[:, 0]
            # Sources that do not mark other names take them for none.
            either = torch.tensor([s["open"] for s in sequences for _ in s["labels"]]) & (labels == 0)
            loss = torch.where(either, -torch.logsumexp(scores[:, [0, 7, 8]], -1), loss).mean()
            optimiser.zero_grad(); loss.backward(); torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0); optimiser.step()
            seen += ids.numel()
    torch.save(model.state_dict(), output)
    print(f"{seen} pieces in {time.time() - start:.0f} s")


def label(tokens, folder, weights, output, minutes):
    documents, pieces, until = collections.OrderedDict(), Pieces(folder), time.time() + minutes * 60
    stream = subprocess.Popen(["zstd", "-dcf", tokens], stdout=subprocess.PIPE).stdout
    for line in stream:
        row = json.loads(line); documents.setdefault(row["doc"], []).append(row)
    news = [rows for rows in documents.values() if rows[0]["source"] == "news"]
    press = [rows for rows in documents.values() if rows[0]["source"] != "news"]
    random.seed(7); random.shuffle(news); random.shuffle(press)
    order = []
    while news or press:  # two articles, then 500 tokens of press releases
        order += [news.pop() for _ in range(min(2, len(news)))]
        count = 0
        while press and count < 500: order.append(press.pop()); count += sum(len(row["tokens"]) for row in order[-1])
    model = Teacher(folder)
    model.load_state_dict(torch.load(weights)); model.eval()
    with open(output, "w", encoding="utf-8") as out, torch.inference_mode():
        for start in range(0, len(order), 6):
            if time.time() > until: break
            some = order[start:start + 6]
            sequences = [(number, s) for number, rows in enumerate(some) for s in pieces.sequences([(row["tokens"], None) for row in rows], "unknown", 160)]
            sequences.sort(key=lambda s: len(s[1]["ids"]))
            beliefs = {}
            for at in range(0, len(sequences), 12):
                now = sequences[at:at + 12]
                with HALF: scores = model(*batch([s for _, s in now])).float()
                for (number, s), shares in zip(now, scores.softmax(-1)):
                    for place, row in zip(s["places"], shares[s["first"]].tolist()): beliefs[number, *place] = row
            for number, rows in enumerate(some):
                for sentence, row in enumerate(rows):
                    told = [[at, [round(x, 3) for x in beliefs[number, sentence, at]]] for at, word in enumerate(row["tokens"])
                            if (number, sentence, at) in beliefs and (not word[0].islower() or beliefs[number, sentence, at][0] < 0.99)]
                    keep = {key: row[key] for key in ("doc", "source", "tokens", "space_after")}
                    out.write(json.dumps(keep | {"p": told}, ensure_ascii=False) + "\n")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = arguments.add_subparsers(dest="command", required=True)
    for name, places, minutes in (("train", ["tagged", "encoder"], 30), ("label", ["tokens", "encoder", "weights"], 16)):
        command = commands.add_parser(name)
        for place in places: command.add_argument(place)
        command.add_argument("-o", "--output", required=True); command.add_argument("--minutes", type=float, default=minutes)
    given = arguments.parse_args()
    torch.manual_seed(1); random.seed(1); torch.set_flush_denormal(True)
    if given.command == "train": train(given.tagged, given.encoder, given.output, given.minutes)
    else: label(given.tokens, given.encoder, given.weights, given.output, given.minutes)


if __name__ == "__main__":
    main()
