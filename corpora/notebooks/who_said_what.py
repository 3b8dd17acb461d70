# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Who said what
#
# A first walk through what pullquote finds in news: who is quoted most, how many of them are women and men as far as the articles tell,
# which organisations the figures belong to, who is named beside whom, and one speaker's words in their context.
#
# The articles are the text files of `corpora/sample`. They were written for this project: **every person, company and event is
# invented**, so nothing here says anything about the world. The code does not care: point it at your own articles (last section).
#
# You need the package and three more: `pip install ./python pandas matplotlib jupytext` in a clone of the repository. This file is a
# notebook in jupytext's percent format: Jupyter opens it with *Open With → Notebook*, VS Code and Spyder run it cell by cell, and
# `jupytext --to ipynb who_said_what.py` turns it into an `.ipynb`.

# %%
import re
import textwrap
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pullquote

# The colours of Okabe and Ito: people with any colour vision tell them apart.
BLUE, ORANGE, GREEN, VERMILION, PURPLE, SKY, YELLOW, GREY = "#0072B2 #E69F00 #009E73 #D55E00 #CC79A7 #56B4E9 #F0E442 #BBBBBB".split()
plt.rcParams.update({"figure.dpi": 110, "axes.spines.top": False, "axes.spines.right": False, "axes.axisbelow": True, "font.size": 9})
pd.options.display.max_colwidth = 90

# %% [markdown]
# ## 1. Read the articles
#
# An article is a text or a dict with a `text`; the dict may also carry `id`, `url`, `title`, `author`, `site`, `section` and `date`.
# Give `date` where you have it: without one, "on Friday" has no day. The sample's files have none. The folder they lie in is the desk
# that wrote them, and goes in as `section`.
#
# Files that are not UTF-8 are left out here and counted. The program itself detects encodings, unpacks archives and reads web pages;
# `pullquote extract` would take the whole folder.

# %%
root = next(
    folder
    for folder in (Path.cwd(), *Path.cwd().parents)
    if (folder / "Cargo.toml").is_file() and (folder / "corpora" / "sample").is_dir()
)
sample = root / "corpora" / "sample"

articles, not_utf8 = [], []
for path in sorted(sample.rglob("*.txt")):
    name = path.relative_to(sample).as_posix()
    try:
        articles.append({"id": name, "section": path.parent.name, "text": path.read_bytes().decode("utf-8-sig")})
    except UnicodeDecodeError:
        not_utf8.append(name)

records = list(pullquote.Annotator().pipe(articles))
print(f"{len(records)} articles read, {len(not_utf8)} left out: {', '.join(not_utf8)}")

# %% [markdown]
# A record is one article with everything found in it. `record.quotes[0].speaker.name` reads as you would say it, and
# `record.text[start:end]` is always the exact surface.

# %%
record = next(record for record in records if record.quotes and record.quotes[0].speaker and record.quotes[0].speaker.name)
quote = record.quotes[0]
print(record)
print(record.text[quote.start : quote.end])
print(f"{quote.speaker.name}, printed as {quote.speaker.mention.text!r}; confidence {quote.confidence}")

# %% [markdown]
# For counting, tables are handier. Each row carries its `article_id`, which joins the tables.

# %%
tables = {name: pullquote.to_pandas(records, name) for name in ("articles", "entities", "mentions", "figures", "quotes")}
pd.DataFrame({name: {"rows": len(table), "columns": len(table.columns)} for name, table in tables.items()}).T

# %% [markdown]
# Not every pair of quotation marks is somebody speaking. `kind` tells a **direct** quote (a clause of its own), a **mixed** one (a piece
# in the writer's own sentence) and a **scare** quote (a term, nickname or title, which quotes nobody). From here on scare quotes are
# left out.

# %%
quotes = tables["quotes"].merge(tables["articles"][["article_id", "section", "source_id"]], on="article_id")
said = quotes[quotes["kind"] != "scare"].copy()
said["words"] = said["content"].str.split().str.len()
quotes["kind"].value_counts().to_frame("quotes")

# %% [markdown]
# ## 2. Who is quoted most?
#
# Group by `speaker_key`, not by the name: the key joins one person across articles, also where your own list of aliases says that two
# names are one. The name is the fullest form in the article, so "she said" and "Kallis added" count for the same woman.
#
# Two measures, because they disagree: a spokesman may be quoted often with three words, an expert once with thirty.

# %%
by_speaker = said[said["speaker_key"].notna()].groupby("speaker_key")
top_speakers = (
    by_speaker.agg(
        name=("speaker_name", "first"),
        quotes=("id", "size"),
        words=("words", "sum"),
        articles=("article_id", "nunique"),
        usual_cue=("cue_lemma", lambda cues: cues.mode().get(0)),
        lowest_confidence=("confidence", "min"),
    )
    .sort_values(["quotes", "words", "name"], ascending=[False, False, True])
    .head(15)
)
top_speakers

# %%
figure, axes = plt.subplots(1, 2, figsize=(9, 4.5), sharey=True, layout="constrained")
for axis, measure, colour in zip(axes, ("quotes", "words"), (BLUE, ORANGE)):
    bars = axis.barh(top_speakers["name"], top_speakers[measure], color=colour)
    axis.bar_label(bars, padding=3)
    axis.set_title(f"{measure} of the fifteen most quoted", loc="left", fontsize=10)
    axis.tick_params(axis="y", length=0)
    axis.xaxis.set_visible(False)
    axis.spines["bottom"].set_visible(False)
axes[0].invert_yaxis()
plt.show()

# %% [markdown]
# `confidence` errs on the low side. Before you publish that *X said Y*, look at the rows below 0.8, and at the article:
# `pullquote explain` gives for each quote the other candidates and what spoke for them.

# %%
unsure = said[said["speaker_key"].notna() & (said["confidence"] < 0.8)].sort_values("confidence")
unsure[["confidence", "rule", "speaker_name", "speaker_mention_text", "content", "source_id"]].head(8)

# %% [markdown]
# ## 3. Women and men, by evidence
#
# `speaker_gender` is filled only where **the article itself** says it: by an honorific ("Mrs Orm") or by pronouns that can hardly mean
# anybody else ("she said"). A first name alone never gives a gender. Everybody else is *not told*.
#
# Two limits belong into any text made from these numbers:
#
# - The evidence is read by a program, which sometimes takes a pronoun for the wrong person.
# - A first name does count as a hint of how much evidence is enough: one clear pronoun where it agrees with a list of given names, two
#   where the list has no opinion. People whose names the list does not know are *not told* more often.
#
# So count the share not told and print it beside the others. A share of women "of those whose gender is known" silently assumes that the
# rest are like them; the tables below show how they differ.

# %%
GENDERS = {"f": "women", "m": "men", "n": "they"}


def voice(row):
    """Whose words they are, as far as the article tells."""
    if row["speaker_type"] == "person":
        return GENDERS.get(row["speaker_gender"], "person, gender not told")
    return {"organisation": "organisation", "unnamed": "unnamed source"}.get(row["speaker_type"], "no speaker found")


VOICES = ["women", "men", "they", "person, gender not told", "organisation", "unnamed source", "no speaker found"]
said["voice"] = said.apply(voice, axis=1)
# Somebody whose gender one article tells and another does not is counted as told.
people_quoted = said[said["speaker_type"] == "person"].sort_values("speaker_gender", na_position="last").drop_duplicates("speaker_key")
voices = pd.DataFrame(
    {
        "quotes": said["voice"].value_counts(),
        "words": said.groupby("voice")["words"].sum(),
        "people quoted": people_quoted["voice"].value_counts(),
    }
).reindex(VOICES).fillna(0).astype(int)
voices = voices[voices.any(axis=1)]
voices

# %%
colours = dict(zip(VOICES, (VERMILION, BLUE, PURPLE, GREY, GREEN, YELLOW, "white")))
shares = voices / voices.sum()
figure, axis = plt.subplots(figsize=(9, 2.9), layout="constrained")
left = np.zeros(len(shares.columns))
for name, row in shares.iterrows():
    bars = axis.barh(shares.columns, row, left=left, color=colours[name], edgecolor="black", linewidth=0.4, label=name)
    ink = "white" if name in ("women", "men") else "black"
    axis.bar_label(bars, labels=[f"{share:.0%}" if share > 0.025 else "" for share in row], label_type="center", color=ink)
    left += row.to_numpy()
axis.invert_yaxis()
axis.set_xlim(0, 1.01)
axis.xaxis.set_visible(False)
axis.spines[["bottom", "left"]].set_visible(False)
axis.tick_params(axis="y", length=0)
axis.set_title("Whose words they are, as far as the articles tell", loc="left", fontsize=10)
figure.legend(loc="outside lower center", ncols=4, frameon=False)
plt.show()

# %% [markdown]
# What may be said of *people* is a range. At the lower end none of those not told is a woman, at the upper end all are. If that range is
# too wide for your question, the answer is more evidence (a table of people that you vouch for, joined on `speaker_key`), not a guess
# from first names.

# %%
of_people = voices.reindex(VOICES[:4], fill_value=0)[["quotes", "people quoted"]]
not_told = of_people.loc["person, gender not told"]
women = of_people.loc["women"]
gender_range = pd.DataFrame(
    {
        "at least women": women / of_people.sum(),
        "at most women": (women + not_told) / of_people.sum(),
        "of those told, women": women / (of_people.sum() - not_told),
        "not told": not_told / of_people.sum(),
    }
)
gender_range.map("{:.0%}".format)

# %% [markdown]
# Who is not told? Mostly those whom the article mentions once or twice: it had no occasion for a pronoun. A person in the news at length
# gets a gender, a passer-by does not, and that alone can tilt a share.

# %%
people = tables["entities"].query("type == 'person'").copy()
people["told by"] = people["gender_basis"].fillna("not told")
people["times mentioned"] = pd.cut(people["mentions"].astype(int), [0, 1, 2, 4, np.inf], labels=["1", "2", "3 to 4", "5 and more"])
pd.crosstab(people["times mentioned"], people["told by"], margins=True, margins_name="all")

# %% [markdown]
# ## 4. Figures by organisation
#
# A figure's `subject` is the organisation or person that its sentence ties it to: in "Acme said revenue rose 5%" the 5 per cent are
# Acme's. Many figures have no subject, dates never have one: read these counts as *at least*. Read the names, too: organisations are
# the layer with most mistakes, and what is none stands out in a table of this kind.

# %%
figures = tables["figures"].merge(tables["articles"][["article_id", "source_id"]], on="article_id")
of_organisations = figures[figures["subject_type"] == "organisation"]
kinds = of_organisations["kind"].value_counts().index
counts = of_organisations.groupby(["subject_key", "subject_name", "kind"]).size().unstack(fill_value=0)[list(kinds)]
counts["all"] = counts.sum(axis=1)
figures_by_organisation = counts.droplevel("subject_key").sort_index().sort_values("all", ascending=False, kind="stable")
figures_by_organisation.head(12)

# %%
drawn = figures_by_organisation.head(12).drop(columns="all")
common = list(kinds[:6])
drawn = drawn[common].assign(other=drawn.drop(columns=common).sum(axis=1))
axis = drawn.plot.barh(stacked=True, figsize=(9, 4.2), color=[BLUE, ORANGE, GREEN, SKY, VERMILION, YELLOW, GREY], width=0.75)
axis.invert_yaxis()
axis.set(ylabel="", xlabel="figures in the sentences that are about it")
axis.set_title("Figures by organisation", loc="left", fontsize=10)
axis.xaxis.get_major_locator().set_params(integer=True)
axis.set_xlim(0, 1.05 * drawn.sum(axis=1).max())
axis.grid(axis="x", alpha=0.3)
axis.tick_params(axis="y", length=0)
axis.legend(frameon=False, title="kind")
plt.tight_layout()
plt.show()

# %% [markdown]
# Sums of money come with a `value` in their `unit`, an ISO 4217 currency: "Rs 61.4 crore" is 614,000,000 INR. A range has no single
# value: its bounds are in `value_min` and `value_max`, of "up to $300 million" only the upper one. Three habits save wrong sums: never
# add across `unit`; keep rates apart (`per` says "share", "month"); and look at `unit_assumed`, which is true where the text left the
# currency open, as with a bare "$" or "cents".

# %%
money = of_organisations[of_organisations["kind"] == "money"]
money[["subject_name", "text", "value", "value_min", "value_max", "unit", "unit_assumed", "per", "approx", "trend"]].head(12)

# %% [markdown]
# The largest sum said of each organisation, by currency. Whether it is a profit, a fine or the price of a company stands in the
# sentence, so that comes along.

# %%
largest = money[money["per"].isna() & money["value"].notna()].sort_values("value").groupby(["unit", "subject_key"]).tail(1)
sentences = {(record.id, index): record.text[span.start : span.end] for record in records for index, span in enumerate(record.sentences)}
largest = largest.assign(sentence=[sentences[row.article_id, row.sentence] for row in largest.itertuples()])
largest.sort_values(["unit", "value"], ascending=[True, False])[["unit", "value", "unit_assumed", "subject_name", "text", "sentence"]]

# %% [markdown]
# ## 5. Who is named beside whom
#
# Two people or organisations are tied when one sentence mentions both, by whatever form: "she told the company" ties two entities, since
# pronouns and "the company" are resolved. The weight of a tie is the number of such sentences.
#
# In an archive the articles about one affair join up. The articles of the sample are all about different things, so that the network
# falls into islands; the six largest are drawn. Being named in one sentence is no more than that: no claim that the two have met.

# %%
mentions = tables["mentions"][["article_id", "sentence", "entity_key", "entity_name", "entity_type"]]
mentions = mentions.drop_duplicates(["article_id", "sentence", "entity_key"])
pairs = mentions.merge(mentions, on=["article_id", "sentence"], suffixes=("_a", "_b"))
pairs = pairs[pairs["entity_key_a"] < pairs["entity_key_b"]]
ties = pairs.groupby(["entity_key_a", "entity_key_b"]).agg(
    a=("entity_name_a", "first"), b=("entity_name_b", "first"), sentences=("sentence", "size"), articles=("article_id", "nunique")
)
ties = ties.sort_values(["sentences", "a", "b"], ascending=[False, True, True])
ties.reset_index(drop=True).head(10)


# %%
def islands(ties):
    """Sets of keys that hang together, the largest first."""
    found = []
    for a, b in ties.index:
        joined = [island for island in found if a in island or b in island]
        found = [island for island in found if island not in joined] + [{a, b}.union(*joined)]
    return sorted(found, key=lambda island: (-len(island), min(island)))


names = mentions.drop_duplicates("entity_key").set_index("entity_key")
figure, axes = plt.subplots(2, 3, figsize=(10, 5.4), layout="constrained")
for axis, island in zip(axes.flat, islands(ties)):
    keys = sorted(island)
    angles = np.linspace(np.pi / 2, np.pi / 2 - 2 * np.pi, len(keys), endpoint=False)
    places = dict(zip(keys, zip(np.cos(angles), np.sin(angles))))
    for (a, b), tie in ties.iterrows():
        if a in island:
            axis.plot(*zip(places[a], places[b]), color=GREY, linewidth=1.6 * tie["sentences"], zorder=1)
    for key, (x, y) in places.items():
        person = names.loc[key, "entity_type"] == "person"
        axis.scatter(x, y, s=70, color=BLUE if person else ORANGE, marker="o" if person else "s", zorder=2)
        # A label stands outside the circle: beside its dot, or above or below where the circle is flat.
        side = "left" if x > 0.4 else "right" if x < -0.4 else "center"
        beside = {"left": 0.17, "right": -0.17, "center": 0}[side]
        level = "center" if beside else "bottom" if y > 0 else "top"
        label = textwrap.fill(names.loc[key, "entity_name"], 14)
        axis.text(x + beside, y if beside else 1.15 * y, label, ha=side, va=level, fontsize=7.5)
    axis.set(xlim=(-2.3, 2.3), ylim=(-1.6, 1.6), aspect="equal")
    axis.axis("off")
title = "Named in one sentence: people (circles) and organisations (squares); a wider line, more sentences"
figure.suptitle(title, x=0.01, ha="left", fontsize=10)
plt.show()

# %% [markdown]
# ## 6. One speaker's words in context
#
# A concordance sets the words in the middle and what stands around them on both sides (*keyword in context*, KWIC). First everything
# one person said, in the order of the article; then one word in all quotes, whoever says it.
#
# A quote may be split: “A,” she said, “B” is one quote of two `parts`, which leave out what the reporter says in between.

# %%
texts = {record.id: record.text for record in records}
parts = pd.DataFrame(
    [
        (record.id, quote.speaker.name, part.start, part.end)
        for record in records
        for quote in record.quotes
        if quote.kind != "scare" and quote.speaker and quote.speaker.name
        for part in quote.parts
    ],
    columns=["article_id", "speaker_name", "start", "end"],
)


def in_context(article_id, start, end, width=48):
    """The characters before, in and after a span, on one line."""
    text = texts[article_id]
    before, after = text[max(0, start - width) : start], text[end : end + width]
    return tuple(re.sub(r"\s+", " ", part) for part in (before, text[start:end], after))


speaker = said[said["speaker_type"] == "person"].groupby("speaker_name")["words"].sum().idxmax()
speaker_lines = [in_context(row.article_id, row.start, row.end) for row in parts[parts["speaker_name"] == speaker].itertuples()]
print(f"{speaker}\n")
for before, words, after in speaker_lines:
    print(f"{before:>48} [ {words} ] {after}")

# %% [markdown]
# The word is looked for inside the quotes only, and each line says whose it is: the same word in the reporter's own sentences does not
# count. Take a word that several speakers use; here it is the commonest of six letters and more, by the number of speakers.

# %%
word_speakers = {}
for row in parts.itertuples():
    for word in set(re.findall(r"[a-z]{6,}", texts[row.article_id][row.start : row.end].lower())):
        word_speakers.setdefault(word, set()).add(row.speaker_name)
word = min(word_speakers, key=lambda word: (-len(word_speakers[word]), word))

word_lines = []
for row in parts.itertuples():
    for match in re.finditer(rf"\b{word}\b", texts[row.article_id][row.start : row.end], flags=re.IGNORECASE):
        start = row.start + match.start()
        word_lines.append((*in_context(row.article_id, start, start + len(word)), row.speaker_name))
print(f"{word!r}: {len(word_lines)} times, {len(word_speakers[word])} speakers\n")
for before, found, after, name in word_lines:
    print(f"{before:>48}{found.upper()}{after:<48}   {name}")

# %% [markdown]
# When does a person get the word? Each bar is a piece of a quote, at its place in the article: left is the first line, right the last.
# A reply that comes only at the end is worth a look.

# %%
figure, axis = plt.subplots(figsize=(9, 4.2), layout="constrained")
for height, name in enumerate(top_speakers["name"]):
    rows = parts[parts["speaker_name"] == name]
    length = rows["article_id"].map(texts).str.len()
    axis.barh([height] * len(rows), (rows["end"] - rows["start"]) / length, left=rows["start"] / length, color=BLUE, height=0.55)
axis.set_yticks(range(len(top_speakers)), top_speakers["name"])
axis.invert_yaxis()
axis.set_xlim(0, 1)
axis.set_xticks([0, 0.5, 1], ["first line", "half-way", "last line"])
axis.grid(alpha=0.3)
axis.tick_params(length=0)
axis.set_title("Where in the article they are quoted", loc="left", fontsize=10)
plt.show()

# %% [markdown]
# ## 7. On your own articles
#
# - **A few thousand texts in a DataFrame**: `records = list(pullquote.Annotator().pipe(frame.to_dict("records")))`; the columns are
#   called `text`, `id`, `url`, `title`, `date` and so on.
# - **An archive**: let the program read it once, and load the tables; the columns are the same:
#
# ```
# pullquote extract archive/ -o articles.jsonl
# pullquote tables articles.jsonl -d tables/
# ```
# ```python
# quotes = pd.read_parquet("tables/quotes.parquet", columns=["article_id", "kind", "speaker_key", "speaker_name", "date"])
# ```
# - **Names that you vouch for**: `pullquote.Annotator(gazetteer=["names.csv"], aliases=["people.csv"])`.
#
# What to keep in mind, with numbers in the README: organisations are the weakest layer; of speakers printed as "he" or "she" about one
# in nine goes to the wrong person; indirect speech ("she said the quay was closed") is not a quote. Check by eye a random handful of
# the rows behind any number that matters.
