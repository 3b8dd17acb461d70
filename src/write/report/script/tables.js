// The two long lists: articles, and figures as a table that can be sorted and copied as CSV.

const ROWS_AT_ONCE = 100;

// ---- Articles ----

const ARTICLE_ORDERS = {
  given: { label: 'As read', compare: () => 0 },
  newest: { label: 'Newest first', compare: (a, b) => compareText(b.date ?? '', a.date ?? '') },
  oldest: { label: 'Oldest first', compare: (a, b) => compareText(a.date ?? '9999', b.date ?? '9999') },
  quotes: { label: 'Most quotes', compare: (a, b) => spokenIn(b) - spokenIn(a) },
  title: { label: 'Title, A to Z', compare: (a, b) => compareText(titleOf(a), titleOf(b)) },
};

const spokenIn = (article) => (article.quotes ?? []).filter((quote) => quote.kind !== 'scare').length;

function drawArticles(section) {
  const search = make('input', { type: 'search', autocomplete: 'off', spellcheck: 'false' });
  const order = choice('Order', Object.entries(ARTICLE_ORDERS).map(([key, { label }]) => [key, label]), () => refresh());
  const status = make('p', { class: 'status', role: 'status' });
  const list = make('ol', { class: 'article-list' });
  const more = make('div', { class: 'more-row' });
  const form = make('form', { class: 'bar', role: 'search', 'aria-label': 'Articles' }, field('Search titles, sites and texts', search), order.field);
  form.addEventListener('submit', (event) => event.preventDefault());
  section.append(make('h2', null, 'Articles'), form, status, list, more);
  const refresh = () => {
    // Folding 20 MB of text for each letter typed would be slow; a pattern without case is not.
    const patterns = search.value.split(/\s+/).filter(Boolean).map((word) => new RegExp(word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), 'i'));
    const found = ARTICLES.filter((article) => patterns.every((pattern) => [article.title, siteOf(article), article.author, article.path, article.text]
      .some((text) => text && pattern.test(text)))).sort(ARTICLE_ORDERS[order.select.value].compare);
    status.textContent = found.length ? plural(found.length, 'article') : 'No article fits.';
    growingList(list, more, found, articleRow, ROWS_AT_ONCE);
  };
  afterTyping(search, refresh);
  refresh();
}

function articleRow(article) {
  const facts = [];
  if (siteOf(article)) facts.push(foreign(siteOf(article)), ' · ');
  if (article.date) facts.push(make('time', { datetime: article.date }, dateText(article.date)), ' · ');
  facts.push(`${plural(article.words, 'word')} · ${plural(spokenIn(article), 'quote')} · ${plural((article.figures ?? []).length, 'figure')}`);
  return make('li', null, make('a', { href: articleHref(article) }, foreign(titleOf(article))), make('p', { class: 'quiet' }, facts));
}

// ---- Figures ----

const subjectOf = ({ article, figure }) => (figure.subject == null ? '' : article.entities[figure.subject]?.name ?? '');

function sentenceOf({ article, figure }) {
  const [start, end] = article.sentences?.[figure.sentence] ?? [0, 0];
  return (article.text ?? '').slice(start, end).replace(/\s+/g, ' ').trim();
}

/** The sentence with its figure set off, cut where it is long. */
function sentencePieces({ article, figure }) {
  const [start, end] = article.sentences?.[figure.sentence] ?? [0, 0];
  const { text } = article;
  if (!text || figure.start < start || figure.end > end) return [];
  return [shortenFront(text.slice(start, figure.start), 180), make('b', null, text.slice(figure.start, figure.end)), shorten(text.slice(figure.end, end), 180)];
}

/** "12", "10 to 15", "more than 12": the value in the figure's own unit. */
function valueText(figure) {
  if (figure.value != null) return number(figure.value);
  if (figure.value_min != null && figure.value_max != null) return `${number(figure.value_min)} to ${number(figure.value_max)}`;
  if (figure.value_min != null) return `${number(figure.value_min)} or more`;
  if (figure.value_max != null) return `${number(figure.value_max)} or less`;
  if (figure.date_start) return figure.date_end && figure.date_end !== figure.date_start ? `${figure.date_start} to ${figure.date_end}` : figure.date_start;
  return '';
}

const unitText = (figure) => [figure.unit ?? figure.item, figure.per && `per ${figure.per}`].filter(Boolean).join(' ');
const siText = (figure) => (figure.si_value == null ? '' : `${number(figure.si_value)} ${figure.si_unit ?? ''}`.trim());
const valueOf = (figure) => figure.value ?? figure.value_min ?? figure.value_max ?? null;

const FIGURE_COLUMNS = [
  { key: 'figure', label: 'Figure', by: ({ figure }) => figure.text },
  { key: 'kind', label: 'Kind', by: ({ figure }) => figure.kind },
  { key: 'value', label: 'Value', by: ({ figure }) => valueOf(figure), number: true },
  { key: 'unit', label: 'Unit', by: ({ figure }) => unitText(figure) },
  { key: 'si', label: 'SI value', by: ({ figure }) => figure.si_value ?? null, number: true },
  { key: 'organisation', label: 'Organisation', by: subjectOf },
  { key: 'sentence', label: 'Sentence', by: sentenceOf },
  { key: 'article', label: 'Article', by: ({ article }) => titleOf(article) },
];

function drawFigures(section) {
  const sorting = { column: null, down: false };
  const search = make('input', { type: 'search', autocomplete: 'off', spellcheck: 'false' });
  const kinds = largest(countBy(FIGURES, ({ figure }) => figure.kind), 50).map(([kind, count]) => [kind, `${kind} (${number(count)})`]);
  const kind = choice('Kind', [['', 'All'], ...kinds], () => refresh());
  const order = choice('Order', [['', 'As read'], ...FIGURE_COLUMNS.map(({ key, label }) => [key, label])], () => sortBy(order.select.value, false));
  order.field.classList.add('only-narrow');
  const status = make('p', { class: 'status', role: 'status' });
  const body = make('tbody', { role: 'rowgroup' });
  const more = make('div', { class: 'more-row' });
  let found = [];
  const copy = button('Copy as CSV', () => copyText(figuresCsv(found), (message) => { status.textContent = message; }), { class: 'copy' });
  const heads = FIGURE_COLUMNS.map((column) => make('th', { scope: 'col', role: 'columnheader', class: column.number ? `${column.key} number` : column.key },
    button(column.label, () => sortBy(column.key, sorting.column === column.key && !sorting.down), { class: 'sort' })));
  const table = make('table', { class: 'figures-table', role: 'table' }, make('caption', { class: 'unseen' }, 'Figures'),
    make('thead', { role: 'rowgroup' }, make('tr', { role: 'row' }, heads)), body);
  const form = make('form', { class: 'bar', role: 'search', 'aria-label': 'Figures' },
    field('Search figures, organisations and sentences', search), kind.field, order.field, copy);
  form.addEventListener('submit', (event) => event.preventDefault());
  section.append(make('h2', null, 'Figures'), form, status, make('div', { class: 'table-frame' }, table), more);

  const sortBy = (key, down) => {
    sorting.column = key || null;
    sorting.down = down;
    order.select.value = key;
    heads.forEach((head, index) => {
      if (FIGURE_COLUMNS[index].key === key) head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    });
    refresh();
  };
  const refresh = () => {
    const words = searchWords(search.value);
    found = sortFigures(FIGURES.filter((row) => (!kind.select.value || row.figure.kind === kind.select.value)
      && words.every((word) => foldedFigure(row).includes(word))), sorting);
    status.textContent = found.length ? plural(found.length, 'figure') : 'No figure fits.';
    growingList(body, more, found, figureRow, ROWS_AT_ONCE);
  };
  afterTyping(search, refresh);
  refresh();
}

function foldedFigure(row) {
  row.folded ??= fold([row.figure.text, row.figure.item ?? '', row.figure.unit ?? '', subjectOf(row), sentenceOf(row)].join('\n'));
  return row.folded;
}

/** Rows without a value stand last, whichever way the column is sorted. */
function sortFigures(rows, { column, down }) {
  const { by } = FIGURE_COLUMNS.find(({ key }) => key === column) ?? {};
  if (!by) return rows;
  const keyed = rows.map((row) => ({ row, key: by(row) }));
  const has = ({ key }) => Number(key != null && key !== '');
  const compare = (a, b) => (typeof a.key === 'number' && typeof b.key === 'number' ? a.key - b.key : compareText(String(a.key), String(b.key)));
  keyed.sort((a, b) => has(b) - has(a) || (has(a) && compare(a, b) * (down ? -1 : 1)) || a.row.number - b.row.number);
  return keyed.map(({ row }) => row);
}

function figureRow(row) {
  const { article, figure } = row;
  const cells = {
    figure: make('a', { href: figureHref(article, figure), class: 'figure-text' }, foreign(figure.text)),
    kind: figure.kind,
    value: valueText(figure),
    unit: unitText(figure),
    si: siText(figure),
    organisation: subjectOf(row) && foreign(subjectOf(row)),
    sentence: make('bdi', null, sentencePieces(row)),
    article: make('span', null, foreign(shorten(titleOf(article), 70)), article.date && make('span', { class: 'quiet' }, ` ${dateText(article.date)}`)),
  };
  return make('tr', { role: 'row' }, FIGURE_COLUMNS.map((column) => make('td',
    { role: 'cell', 'data-label': column.label, class: column.number ? `${column.key} number` : column.key }, cells[column.key] || '')));
}

// ---- CSV ----

function figuresCsv(rows) {
  const head = ['figure', 'kind', 'value', 'value_min', 'value_max', 'unit', 'per', 'si_value', 'si_unit', 'approx', 'trend', 'item',
    'date_start', 'date_end', 'organisation', 'sentence', 'article', 'site', 'date', 'url', 'article_id'];
  const lines = rows.map((row) => {
    const { article, figure } = row;
    return [figure.text, figure.kind, figure.value, figure.value_min, figure.value_max, figure.unit, figure.per, figure.si_value, figure.si_unit,
      figure.approx, figure.trend, figure.item, figure.date_start, figure.date_end, subjectOf(row), sentenceOf(row), titleOf(article),
      siteOf(article), article.date, article.url, article.id];
  });
  return [head, ...lines].map((cells) => cells.map(csvCell).join(',')).join('\r\n') + '\r\n';
}

/** A spreadsheet runs a cell that begins like a formula; an apostrophe in front makes it text. A plain number is left alone. */
function csvCell(value) {
  let text = value == null ? '' : String(value);
  if (/^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

async function copyText(text, tell) {
  try {
    await navigator.clipboard.writeText(text);
    tell('Copied. Paste it into a spreadsheet.');
  } catch {
    // The older way, for browsers that give a local file no clipboard.
    const area = make('textarea', { class: 'unseen', 'aria-hidden': 'true', tabindex: '-1' });
    area.value = text;
    document.body.append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    tell(copied ? 'Copied. Paste it into a spreadsheet.' : 'This browser does not let the page copy.');
  }
}
