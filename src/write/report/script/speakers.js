// The speakers: each person and organisation with all that it says, in context; filters, search and order.

const SPEAKERS_AT_ONCE = 20;
const QUOTES_AT_ONCE = 3;
const QUOTES_OF_ONE = 25;

const SPEAKER_ORDERS = {
  quotes: { label: 'Most quotes', compare: (a, b) => b.quotes.length - a.quotes.length },
  name: { label: 'Name, A to Z', compare: () => 0 },
  recent: { label: 'Most recent', compare: (a, b) => compareText(latest(b), latest(a)) },
  articles: { label: 'Most articles', compare: (a, b) => b.name.articles.length - a.name.articles.length },
  doubtful: { label: 'Least sure first', compare: (a, b) => lowest(a) - lowest(b) },
};
const QUOTE_ORDERS = {
  newest: { label: 'Newest first', compare: (a, b) => compareText(b.article.date ?? '', a.article.date ?? '') },
  oldest: { label: 'Oldest first', compare: (a, b) => compareText(a.article.date ?? '9999', b.article.date ?? '9999') },
  sure: { label: 'Surest first', compare: (a, b) => b.quote.confidence - a.quote.confidence },
  doubtful: { label: 'Least sure first', compare: (a, b) => a.quote.confidence - b.quote.confidence },
};
const CONFIDENCE_CHOICES = [
  ['', 'Any'], ['0.9', '0.9 and up'], ['0.7', '0.7 and up'], ['0.5', '0.5 and up'], ['low', 'Below 0.5: check these'],
];
const TYPE_CHOICES = [
  ['', 'All'], ['person', 'People'], ['organisation', 'Organisations'], [UNNAMED, 'Unnamed sources'], [NO_SPEAKER, 'No speaker found'],
];

const latest = (found) => found.quotes.reduce((date, row) => ((row.article.date ?? '') > date ? row.article.date : date), '');
const lowest = (found) => found.quotes.reduce((least, row) => Math.min(least, row.quote.confidence), 2);

/** Set by a link to one speaker, until the reader asks for all again. */
let onlySpeaker = null;
let refreshSpeakers = () => {};
let clearFilters = () => {};

/** Tells whether the list has changed. A link to somebody must not come to an empty page because of filters set before. */
function showOnlySpeaker(key) {
  if (key === onlySpeaker) return false;
  onlySpeaker = key;
  if (key) clearFilters();
  refreshSpeakers();
  return true;
}

function drawSpeakers(section) {
  onlySpeaker = readRoute().key ?? null;
  const controls = speakerControls(() => refreshSpeakers());
  const status = make('p', { class: 'status', role: 'status' });
  const only = make('div', { class: 'only' });
  const list = make('div', { class: 'speaker-list' });
  const more = make('div', { class: 'more-row' });
  section.append(make('h2', null, 'Speakers'), make('div', { class: 'with-filters' }, controls.form,
    make('div', { class: 'results' }, only, status, list, more)));
  refreshSpeakers = () => {
    const wanted = controls.read();
    const found = findSpeakers(wanted);
    only.replaceChildren(...onlyNotice());
    const quotes = found.reduce((sum, { quotes: rows }) => sum + rows.length, 0);
    const names = found.filter(({ name }) => name.type !== 'group').length;
    status.textContent = found.length ? `${plural(names, 'name')}, ${plural(quotes, 'quote')}` : 'Nothing fits these filters.';
    const atOnce = found.length === 1 ? QUOTES_OF_ONE : QUOTES_AT_ONCE;
    growingList(list, more, found, (one) => speakerCard(one, atOnce), SPEAKERS_AT_ONCE);
  };
  clearFilters = () => controls.form.reset();
  refreshSpeakers();
}

function onlyNotice() {
  if (!onlySpeaker) return [];
  const name = NAMES.get(onlySpeaker);
  const all = make('a', { href: '#speakers' }, 'Show all speakers');
  if (!name) return [make('p', { class: 'note' }, 'That name is not in this report. ', all)];
  return [make('p', { class: 'note' }, 'Only ', foreign(name.name), '. ', all)];
}

function speakerControls(changed) {
  const sites = [...new Set(ARTICLES.map(siteOf))].filter(Boolean).sort(compareText);
  const typed = (label, type, attributes) => {
    const input = make('input', { type, autocomplete: 'off', spellcheck: 'false', ...attributes });
    if (type === 'date') input.addEventListener('change', changed);
    else afterTyping(input, changed);
    return { input, field: field(label, input) };
  };
  const tick = (label, ticked, className) => {
    const input = make('input', { type: 'checkbox', checked: ticked });
    input.addEventListener('change', changed);
    return { input, field: make('label', { class: 'tick' }, input, ' ', make('span', { class: className }, label)) };
  };
  const choices = (orders) => Object.entries(orders).map(([key, { label }]) => [key, label]);
  const search = typed('Search names, roles and quotes', 'search');
  const name = typed('Name', 'text');
  const role = typed('Role', 'text');
  const site = choice('Site', [['', 'All'], ...sites.map((one) => [one, one])], changed);
  const type = choice('Who', TYPE_CHOICES, changed);
  const confidence = choice('Confidence', CONFIDENCE_CHOICES, changed);
  const order = choice('Order of speakers', choices(SPEAKER_ORDERS), changed);
  const quoteOrder = choice('Order of their quotes', choices(QUOTE_ORDERS), changed);
  const from = typed('From', 'date');
  const to = typed('To', 'date');
  const kinds = { direct: tick('direct', true, 'badge direct'), mixed: tick('mixed', true, 'badge mixed'), scare: tick('scare', false, 'badge scare') };
  const silent = tick('Names that are not quoted too', false);

  const filters = make('details', { class: 'filters', open: matchMedia('(min-width: 60rem)').matches },
    make('summary', null, 'Filters and order'),
    make('div', { class: 'fields' }, order.field, quoteOrder.field, name.field, role.field, type.field, site.field,
      make('div', { class: 'pair' }, from.field, to.field), confidence.field,
      make('fieldset', null, make('legend', null, 'Kind of quote'), Object.values(kinds).map((kind) => kind.field)), silent.field,
      make('button', { type: 'reset', class: 'plain' }, 'Clear filters')));
  const form = make('form', { class: 'filter-form', role: 'search', 'aria-label': 'Speakers and quotes' }, search.field, filters);
  form.addEventListener('submit', (event) => event.preventDefault());
  // The fields are empty only after the event has passed.
  form.addEventListener('reset', () => setTimeout(changed));
  return {
    form,
    read: () => ({
      words: searchWords(search.input.value), name: searchWords(name.input.value), role: searchWords(role.input.value),
      site: site.select.value, type: type.select.value, confidence: confidence.select.value,
      from: from.input.value, to: to.input.value,
      kinds: new Set(Object.keys(kinds).filter((kind) => kinds[kind].input.checked)), silent: silent.input.checked,
      order: order.select.value, quoteOrder: quoteOrder.select.value,
    }),
  };
}

/** The names that fit, each with those of its quotes that fit. */
function findSpeakers(wanted) {
  const found = [];
  for (const name of NAMES.values()) {
    if (onlySpeaker && name.key !== onlySpeaker) continue;
    if (wanted.type && name.type !== wanted.type && name.key !== wanted.type) continue;
    const { names, roles } = foldedName(name);
    if (!wanted.name.every((word) => names.includes(word))) continue;
    const roleFits = wanted.role.every((word) => roles.includes(word));
    const left = wanted.words.filter((word) => !names.includes(word) && !roles.includes(word));
    const quotes = name.quotes.filter((row) => quoteFits(row, wanted)
      && (roleFits || wanted.role.every((word) => fold(row.quote.speaker_role ?? row.quote.mention_text ?? '').includes(word)))
      && left.every((word) => foldedQuote(row).includes(word)));
    const named = (wanted.silent || onlySpeaker) && !name.quotes.length && !left.length && roleFits && silentFits(name, wanted);
    if (quotes.length || named) found.push({ name, quotes: quotes.sort(QUOTE_ORDERS[wanted.quoteOrder].compare) });
  }
  const { compare } = SPEAKER_ORDERS[wanted.order];
  const isGroup = ({ name }) => Number(name.type === 'group');
  return found.sort((a, b) => isGroup(a) - isGroup(b) || compare(a, b) || compareText(a.name.name, b.name.name));
}

function quoteFits({ article, quote }, wanted) {
  if (onlySpeaker !== SCARE && !wanted.kinds.has(quote.kind)) return false;
  if (wanted.confidence === 'low' ? !isLow(quote.confidence) : wanted.confidence && quote.confidence < Number(wanted.confidence)) return false;
  return articleFits(article, wanted);
}

function articleFits(article, { site, from, to }) {
  if (site && siteOf(article) !== site) return false;
  if ((from || to) && !article.date) return false;
  return !(from && article.date < from) && !(to && article.date > to);
}

/** Somebody without a quote is of a site or a time by the articles that have the name. */
function silentFits(name, wanted) {
  return !wanted.confidence && name.articles.some((article) => articleFits(article, wanted));
}

function speakerCard({ name, quotes }, atOnce) {
  const list = make('ol', { class: 'quotes' });
  const more = make('div', { class: 'more-row' });
  const facts = [];
  if (name.aliases.size) facts.push(['Also', [...name.aliases].slice(0, 8).join(', ')]);
  if (name.employers.size) facts.push(['With', [...name.employers].slice(0, 4).join(', ')]);
  const counts = [plural(quotes.length, 'quote')];
  if (name.type !== 'group') counts.push(`named ${plural(name.mentions, 'time')}`, `in ${plural(name.articles.length, 'article')}`);
  growingList(list, more, quotes, (row) => make('li', null, quoteInContext(row)), atOnce);
  return make('article', { class: `speaker ${name.type}`, 'data-key': name.key },
    make('header', null,
      make('h3', null, typeSign(name.type), ' ', foreign(name.name),
        name.type !== 'group' && make('span', { class: 'unseen' }, `, ${name.type}`)),
      name.roles.size > 0 && make('p', { class: 'role' }, foreign([...name.roles].slice(0, 4).join('; '))),
      facts.map(([label, text]) => make('p', { class: 'fact' }, make('span', { class: 'quiet' }, `${label} `), foreign(text))),
      make('p', { class: 'quiet counts' }, counts.join(' · ')),
      !quotes.length && name.articles.length > 0 && make('p', { class: 'fact' }, make('span', { class: 'quiet' }, 'Not quoted. Named in '),
        make('a', { href: articleHref(name.articles[0]) }, foreign(shorten(titleOf(name.articles[0]), 80))))),
    quotes.length > 0 && list, more);
}

/** A quote with the words before and after it, where it stands, and what is known of it. */
function quoteInContext({ article, quote, name }) {
  const { before, pieces, after } = contextOf(article, quote);
  const draw = (piece) => {
    if (piece.role === 'context') return piece.text;
    if (piece.role === 'cue') return make('u', { class: 'cue' }, piece.text);
    return make('mark', { class: isLow(quote.confidence) ? `quote ${piece.role} low` : `quote ${piece.role}` }, piece.text);
  };
  const facts = [kindBadge(quote.kind)];
  if (name.type === 'group' && quote.mention_text) facts.push(make('span', null, 'said by ', foreign(`“${quote.mention_text}”`)));
  facts.push(make('a', { href: articleHref(article), class: 'where' }, foreign(shorten(titleOf(article), 80))));
  if (siteOf(article)) facts.push(foreign(siteOf(article)));
  if (article.date) facts.push(make('time', { datetime: article.date }, dateText(article.date)));
  if (quote.kind !== 'scare') facts.push(confidenceBadge(quote.confidence));
  facts.push(make('a', { href: quoteHref(article, quote), class: 'to-quote', 'aria-label': 'Link to this quote in its article' }, 'Link'));
  return make('div', { class: 'in-context' },
    make('blockquote', { dir: 'auto' }, before.map(draw), pieces.map(draw), after.map(draw)),
    make('p', { class: 'facts' }, facts.flatMap((fact) => [fact, ' '])));
}
