'use strict';
// The report's data, and what the views look up in it: names over all articles, and one row for each quote and figure.

const DATA = JSON.parse(document.getElementById('data').textContent);
const LOW_CONFIDENCE = 0.5;

// Groups of quotes that no one name has said. A report's keys have the form `person:…`, so these are never taken for one.
const UNNAMED = 'group:unnamed';
const NO_SPEAKER = 'group:none';
const SCARE = 'group:scare';
const GROUPS = {
  [UNNAMED]: 'Unnamed sources',
  [NO_SPEAKER]: 'No speaker found',
  [SCARE]: 'Scare quotes: words at a distance, nobody is quoted',
};

const ARTICLES = DATA.articles;
const ARTICLE_BY_ID = new Map();
const NAMES = new Map();
const QUOTES = [];
const FIGURES = [];
readArticles();

function readArticles() {
  // The same article may have been read twice: a link then leads to its first record.
  for (const article of ARTICLES) {
    if (!ARTICLE_BY_ID.has(article.id)) ARTICLE_BY_ID.set(article.id, article);
    const names = (article.entities ?? []).map((entity) => readEntity(article, entity));
    for (const quote of article.quotes ?? []) {
      const name = (quote.speaker != null && names[quote.speaker]) || group(groupOf(quote));
      const row = { article, quote, name, folded: null };
      name.quotes.push(row);
      QUOTES.push(row);
    }
    for (const figure of article.figures ?? []) {
      FIGURES.push({ article, figure, number: FIGURES.length, folded: null });
    }
  }
}

function readEntity(article, entity) {
  let name = NAMES.get(entity.key);
  if (!name) {
    name = newName(entity.key, entity.type, entity.name);
    NAMES.set(entity.key, name);
  }
  if (name.articles.at(-1) !== article) name.articles.push(article);
  name.mentions += (entity.mentions ?? []).length;
  if (entity.role) name.roles.add(entity.role);
  if (entity.name !== name.name) name.aliases.add(entity.name);
  for (const alias of entity.aliases ?? []) {
    if (alias !== name.name) name.aliases.add(alias);
  }
  const employer = article.entities[entity.organisation];
  if (employer) name.employers.add(employer.name);
  return name;
}

function newName(key, type, name) {
  return { key, type, name, roles: new Set(), aliases: new Set(), employers: new Set(), articles: [], mentions: 0, quotes: [], folded: null };
}

function group(key) {
  let name = NAMES.get(key);
  if (!name) {
    name = newName(key, 'group', GROUPS[key]);
    NAMES.set(key, name);
  }
  return name;
}

function groupOf(quote) {
  if (quote.kind === 'scare') return SCARE;
  return quote.speaker_type ? UNNAMED : NO_SPEAKER;
}

// ---- One article ----

/** What to call an article: its title, else its first line, else the file it came from. */
function titleOf(article) {
  if (article.title) return article.title;
  const first = /\S[^\n\r]*/.exec((article.text ?? '').slice(0, 400));
  return (first && shorten(first[0].trim(), 110)) || article.path || article.id;
}

/** The site as the record says, else the host of its address. */
function siteOf(article) {
  if (article.site) return article.site;
  const address = webAddress(article.url);
  return address ? address.hostname.replace(/^www\./, '') : null;
}

/** The address if it is one that may become a link: http or https, and nothing else. */
function webAddress(text) {
  try {
    const address = new URL(text);
    return address.protocol === 'http:' || address.protocol === 'https:' ? address : null;
  } catch {
    return null;
  }
}

/** Cuts at a space, so that no word and no pair of surrogates is split. */
function shorten(text, most) {
  if (text.length <= most) return text;
  const space = text.lastIndexOf(' ', most);
  let end = space > most / 2 ? space : most;
  if (text.codePointAt(end - 1) > 0xffff) end -= 1;
  return text.slice(0, end) + '…';
}

/** The same as `shorten`, from the front. */
function shortenFront(text, most) {
  if (text.length <= most) return text;
  const space = text.indexOf(' ', text.length - most);
  let start = space >= 0 && space < text.length - most / 2 ? space + 1 : text.length - most;
  if ((text.charCodeAt(start) & 0xfc00) === 0xdc00) start += 1;
  return '…' + text.slice(start);
}

/** The quote where it stands: words before it, its pieces with what is between them, words after it. */
function contextOf(article, quote) {
  const text = article.text ?? '';
  const parts = quote.parts ?? [];
  if (!text || !parts.length) return { before: [], pieces: [{ text: `“${quote.content}”`, role: quote.kind }], after: [] };
  const sentences = article.sentences ?? [];
  const start = parts[0][0];
  const end = parts.at(-1)[1];
  const from = (sentences[quote.sentence - 1] ?? sentences[quote.sentence] ?? [Math.max(0, start - 160)])[0];
  let last = quote.sentence ?? 0;
  while (last + 1 < sentences.length && sentences[last][1] < end) last += 1;
  const until = (sentences[last + 1] ?? sentences[last] ?? [0, end + 160])[1];
  const pieces = [];
  parts.forEach(([partStart, partEnd], index) => {
    if (index > 0) pieces.push(...cutAtCue(text, parts[index - 1][1], partStart, quote.cue));
    pieces.push({ text: text.slice(partStart, partEnd), role: quote.kind });
  });
  return {
    before: trimmedPieces(cutAtCue(text, Math.min(from, start), start, quote.cue), 180, shortenFront, true),
    pieces,
    after: trimmedPieces(cutAtCue(text, end, Math.max(until, end), quote.cue), 180, shorten, false),
  };
}

function cutAtCue(text, start, end, cue) {
  if (!cue || cue[0] < start || cue[1] > end) return [{ text: text.slice(start, end), role: 'context' }];
  return [
    { text: text.slice(start, cue[0]), role: 'context' },
    { text: text.slice(cue[0], cue[1]), role: 'cue' },
    { text: text.slice(cue[1], end), role: 'context' },
  ].filter((piece) => piece.text);
}

/** Keeps the `most` characters that are nearest to the quote. */
function trimmedPieces(pieces, most, cut, fromEnd) {
  const kept = [];
  let room = most;
  for (const piece of fromEnd ? pieces.toReversed() : pieces) {
    if (room <= 0) break;
    kept.push({ ...piece, text: piece.text.length > room ? cut(piece.text, room) : piece.text });
    room -= piece.text.length;
  }
  return fromEnd ? kept.reverse() : kept;
}

// ---- Searching ----

/** Letters without case and accents, so that "Pelikan" finds "Pelikán". */
function fold(text) {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function foldedName(name) {
  name.folded ??= { names: fold([name.name, ...name.aliases].join('\n')), roles: fold([...name.roles].join('\n')) };
  return name.folded;
}

function foldedQuote(row) {
  row.folded ??= fold([row.quote.content, row.quote.mention_text ?? '', row.quote.speaker_role ?? ''].join('\n'));
  return row.folded;
}

/** Every word of the query, in any order. */
function searchWords(query) {
  return fold(query).split(/\s+/).filter(Boolean);
}

// ---- Counting ----

/** The `most` largest counts, largest first; equal ones by name, so that every run draws the same. */
function largest(counts, most) {
  return [...counts].sort((a, b) => b[1] - a[1] || compareText(String(a[0]), String(b[0]))).slice(0, most);
}

function countBy(rows, keyOf) {
  const counts = new Map();
  for (const row of rows) {
    const key = keyOf(row);
    if (key != null) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

const COLLATOR = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function compareText(a, b) {
  return COLLATOR.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
