// The browser test of the HTML report: opens a report of corpora/sample and one of hostile articles from disk, as a reader would, and
// checks what they show against the data inside them. Usage: node report.mjs SAMPLE.html HOSTILE.html SCREENSHOT-FOLDER
import { mkdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { chromium } from 'playwright-core';

const [samplePath, hostilePath, pictures] = process.argv.slice(2);
if (!pictures) {
  console.error('usage: node report.mjs SAMPLE.html HOSTILE.html SCREENSHOT-FOLDER');
  process.exit(2);
}
mkdirSync(pictures, { recursive: true });
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const VIEWS = ['overview', 'speakers', 'articles', 'figures'];

let passed = 0;
const failures = [];

function check(what, holds, detail = '') {
  if (holds) passed += 1;
  else failures.push(detail === '' ? what : `${what}: ${detail}`);
}

function same(what, found, expected) {
  check(what, isDeepStrictEqual(found, expected), `found ${shown(found)}, expected ${shown(expected)}`);
}

function shown(value) {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

/** The data a report holds, read from the file and not from the page: the page is what is tested. */
function dataOf(path) {
  const found = /<script type="application\/json" id="data">([^<]*)<\/script>/.exec(readFileSync(path, 'utf8'));
  if (!found) throw new Error(`${path} has no data block, or one with a “<” in it`);
  return JSON.parse(found[1]);
}

const addressOf = (path, hash = '') => pathToFileURL(resolve(path)).href + hash;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  // Chromium refuses its sandbox to root, which containers run as.
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});

/** A page in which any error, dialog or request to elsewhere is a failure. */
async function openPage(path, { hash = '', viewport = DESKTOP, colorScheme = 'light' } = {}) {
  const context = await browser.newContext({ viewport, colorScheme, locale: 'en-GB' });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  const name = path.split('/').at(-1) + hash;
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) check(`${name}: nothing on the console`, false, message.text());
  });
  page.on('pageerror', (error) => check(`${name}: no script fails`, false, error.stack));
  page.on('dialog', (dialog) => {
    check(`${name}: no dialog opens`, false, dialog.message());
    dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!/^(file|data):/.test(request.url())) check(`${name}: nothing is fetched`, false, request.url());
  });
  await page.goto(addressOf(path, hash));
  await page.waitForSelector('html[data-ready]');
  return page;
}

async function goTo(page, hash) {
  await page.evaluate((next) => { location.hash = next; }, hash);
  await page.waitForFunction((next) => location.hash.slice(1) === next, hash);
  await settle(page);
}

/** Lets events, drawing and the pause after typing pass. */
const settle = (page) => page.evaluate(() => new Promise((done) => { setTimeout(() => requestAnimationFrame(() => done()), 170); }));

const numbersIn = (text) => (text.match(/\d[\d,]*/g) ?? []).map((digits) => Number(digits.replaceAll(',', '')));

// ---- Overview ----

async function testOverview(path) {
  const data = dataOf(path);
  const page = await openPage(path);
  const { articles } = data;
  const quotes = articles.flatMap((article) => article.quotes);
  const keysOf = (type) => new Set(articles.flatMap((article) => article.entities.filter((one) => one.type === type).map((one) => one.key))).size;
  const spoken = quotes.filter((quote) => quote.kind !== 'scare');
  const expected = {
    articles: articles.length,
    words: articles.reduce((sum, article) => sum + article.words, 0),
    people: keysOf('person'),
    organisations: keysOf('organisation'),
    figures: articles.reduce((sum, article) => sum + article.figures.length, 0),
    quotes: spoken.length,
  };
  check('the sample has articles, quotes and figures', expected.articles > 5 && expected.quotes > 50 && expected.figures > 50, shown(expected));
  same('nothing is left out of the sample', data.left_out, 0);
  const tile = (key) => page.locator(`[data-total="${key}"] dd`).first().innerText();
  for (const [key, count] of Object.entries(expected)) same(`overview: ${key}`, numbersIn(await tile(key))[0], count);
  const attributed = spoken.filter((quote) => quote.speaker_type).length;
  same('overview: share with a speaker', await tile('attributed'), `${((100 * attributed) / spoken.length).toFixed(1)}%`);
  same('the title', await page.locator('h1').innerText(), data.title);

  same('six charts, each with a text alternative', await page.locator('figure.chart svg[role="img"][aria-label]').count(), 6);
  const bars = async (title) => page.locator('figure.chart', { hasText: title }).first().locator('.stripe').evaluateAll(
    (all) => all.map((bar) => [bar.querySelector('title').textContent, Number(bar.querySelector('rect').getAttribute('width'))]));
  const kinds = new Map();
  for (const figure of articles.flatMap((article) => article.figures)) kinds.set(figure.kind, (kinds.get(figure.kind) ?? 0) + 1);
  const kindBars = await bars('Figures by kind');
  same('bars of figures by kind', kindBars.map(([title]) => title).toSorted(), [...kinds].map(([kind, count]) => `${kind}: ${count}`).toSorted());
  const most = Math.max(...kinds.values());
  check('bars are as long as their numbers', kindBars.every(([title, width]) => Math.abs(width / kindBars[0][1] - numbersIn(title)[0] / most) < 0.03), shown(kindBars));
  const said = new Map();
  for (const article of articles) {
    for (const quote of article.quotes) {
      const key = quote.kind !== 'scare' && article.entities[quote.speaker]?.key;
      if (key) said.set(key, (said.get(key) ?? 0) + 1);
    }
  }
  const first = await page.locator('figure.chart', { hasText: 'Quotes by speaker' }).locator('.stripe title').first().textContent();
  same('the longest bar of speakers', numbersIn(first).at(-1), Math.max(...said.values()));
  const columns = page.locator('figure.chart', { hasText: 'Quotes over time' }).locator('rect.column title');
  const dated = articles.filter((article) => article.date).flatMap((article) => article.quotes).filter((quote) => quote.kind !== 'scare').length;
  same('columns add up to the dated quotes', (await columns.allTextContents()).reduce((sum, title) => sum + numbersIn(title).at(-1), 0), dated);
  check('no more than sixty columns', (await columns.count()) <= 60, String(await columns.count()));
  check('the graph has edges and names', (await page.locator('.graph .edge').count()) > 0 && (await page.locator('.graph .node text').count()) > 1);
  await page.context().close();
}

// ---- Speakers ----

async function testSpeakers(path) {
  const data = dataOf(path);
  const page = await openPage(path, { hash: '#speakers' });
  const all = data.articles.flatMap((article) => article.quotes.map((quote) => ({ article, quote, entity: article.entities[quote.speaker] })));
  const spoken = all.filter(({ quote }) => quote.kind !== 'scare');
  const counts = (rows) => [new Set(rows.map(({ entity }) => entity?.key).filter(Boolean)).size, rows.length];
  const status = async () => numbersIn(await page.locator('.speakers .status').innerText());
  const started = counts(spoken);
  same('speakers: all', await status(), started);

  const fieldOf = (label) => page.locator('.speakers').getByLabel(label, { exact: true });
  const clear = async () => {
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await settle(page);
    same('speakers: all again when the filters are cleared', await status(), started);
  };
  const narrow = async (what, act, rows) => {
    await act();
    await settle(page);
    check(`speakers, ${what}: the data has some and not all`, rows.length > 0 && rows.length < spoken.length, String(rows.length));
    same(`speakers, ${what}`, await status(), counts(rows));
    await clear();
  };
  // A word that one quote alone has, in any field that is searched.
  const searched = ({ quote, entity }) => [quote.content, quote.mention_text, quote.speaker_role, entity?.name, entity?.role, ...(entity?.aliases ?? [])].join(' ').toLowerCase();
  const texts = spoken.map(searched);
  const [word, rare] = spoken.flatMap((row) => (row.quote.content.match(/\b[a-z]{7,}\b/g) ?? []).map((one) => [one, row]))
    .find(([one, row]) => row.entity && texts.filter((text) => text.includes(one)).length === 1);
  await fieldOf('Search names, roles and quotes').pressSequentially(word);
  await settle(page);
  same(`speakers: searching “${word}”`, await status(), [1, 1]);
  same('speakers: the one found', await page.locator('.speaker').evaluateAll((cards) => cards.map((card) => card.dataset.key)), [rare.entity.key]);
  const slices = rare.quote.parts.map(([start, end]) => rare.article.text.slice(start, end));
  same('speakers: its quote is marked as printed', await page.locator('.speaker mark').allTextContents(), slices);
  const context = await page.locator('.speaker blockquote').textContent();
  check('speakers: the quote stands in its context', context.length > slices.join('').length && rare.article.text.includes(context.replace(/^…|…$/g, '')), context);
  same('speakers: it links to its place', await page.locator('.speaker .to-quote').getAttribute('href'), `#q=${rare.article.id}/${rare.quote.id}`);
  await fieldOf('Search names, roles and quotes').fill('no such word anywhere');
  await settle(page);
  same('speakers: nothing found is said', await page.locator('.speakers .status').innerText(), 'Nothing fits these filters.');
  await clear();

  const { site } = spoken.find(({ article }) => article.site).article;
  const { date } = spoken.filter(({ article }) => article.date).toSorted((a, b) => (a.article.date < b.article.date ? -1 : 1))[3].article;
  const role = spoken.find(({ entity }) => entity?.role).entity.role.toLowerCase();
  const nameRow = spoken.find(({ entity }) => entity?.name.includes(' '));
  const namesOf = (key) => data.articles.flatMap((article) => article.entities).filter((one) => one.key === key);
  await narrow('by site', () => fieldOf('Site').selectOption(site), spoken.filter(({ article }) => article.site === site));
  await narrow('up to a date', () => fieldOf('To').fill(date), spoken.filter(({ article }) => article.date && article.date <= date));
  await narrow('from a date', () => fieldOf('From').fill(date), spoken.filter(({ article }) => article.date && article.date >= date));
  await narrow('mixed only', () => fieldOf('direct').uncheck(), spoken.filter(({ quote }) => quote.kind === 'mixed'));
  await narrow('low confidence', () => fieldOf('Confidence').selectOption({ label: 'Below 0.5: check these' }), spoken.filter(({ quote }) => quote.confidence < 0.5));
  await narrow('high confidence', () => fieldOf('Confidence').selectOption({ label: '0.9 and up' }), spoken.filter(({ quote }) => quote.confidence >= 0.9));
  await narrow('organisations', () => fieldOf('Who').selectOption({ label: 'Organisations' }), spoken.filter(({ entity }) => entity?.type === 'organisation'));
  await narrow('unnamed', () => fieldOf('Who').selectOption({ label: 'Unnamed sources' }), spoken.filter(({ quote }) => quote.speaker_type && quote.speaker == null));
  await narrow('by name', () => fieldOf('Name').fill(nameRow.entity.name), spoken.filter(({ entity }) => entity
    && namesOf(entity.key).some((one) => nameRow.entity.name.toLowerCase().split(' ').every((part) => [one.name, ...one.aliases].join(' ').toLowerCase().includes(part)))));
  const plain = (text) => (text ?? '').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const hasRole = (text) => plain(role).split(/\s+/).every((part) => plain(text).includes(part));
  await narrow('by role', () => fieldOf('Role').fill(role), spoken.filter(({ quote, entity }) => (entity && hasRole(namesOf(entity.key).map((one) => one.role).join('\n')))
    || hasRole(quote.speaker_role ?? quote.mention_text)));

  await fieldOf('Order of speakers').selectOption({ label: 'Name, A to Z' });
  await settle(page);
  const names = await page.locator('.speaker:not(.group) h3 bdi').allTextContents();
  check('speakers: more than ten are drawn', names.length > 10, String(names.length));
  same('speakers: by name', names, names.toSorted(new Intl.Collator('en', { numeric: true, sensitivity: 'base' }).compare));
  const before = await page.locator('.speaker').count();
  await page.locator('.results > .more-row button').click();
  const after = await page.locator('.speaker').count();
  check('speakers: more are drawn when asked', after > before && before < new Set(spoken.map(({ entity }) => entity?.key)).size, `${before}, then ${after}`);

  await clear();
  await fieldOf('scare').check();
  await settle(page);
  check('the sample has scare quotes', all.length > spoken.length);
  same('speakers: scare quotes when asked for', (await status()).at(-1), all.length);
  await fieldOf('Search names, roles and quotes').fill('no such word anywhere');
  await goTo(page, `s=${encodeURIComponent(nameRow.entity.key)}`);
  same('a link to a speaker shows that one alone, whatever was searched before', await page.locator('.speaker').evaluateAll((cards) => cards.map((card) => card.dataset.key)), [nameRow.entity.key]);
  same('and its quotes', await status(), counts(spoken.filter(({ entity }) => entity?.key === nameRow.entity.key)));
  await page.getByRole('link', { name: 'Show all speakers' }).click();
  await settle(page);
  same('and leads back to all', await status(), started);
  await page.context().close();
}

// ---- Articles ----

async function testQuoteLinks(path) {
  const { articles } = dataOf(path);
  const rows = articles.flatMap((article) => article.quotes.map((quote) => ({ article, quote })));
  // The last quote of the longest article is far down its page; the others are of each kind.
  const longest = articles.toSorted((a, b) => b.text.length - a.text.length).find((article) => article.quotes.length);
  const chosen = [rows.find(({ quote }) => quote.kind === 'mixed'), rows.find(({ quote }) => quote.parts.length > 1),
    { article: longest, quote: longest.quotes.at(-1) }].filter(Boolean);
  check('there are quotes to link to', chosen.length >= 2);
  for (const [index, { article, quote }] of chosen.entries()) {
    const page = await openPage(path, { hash: `#q=${article.id}/${quote.id}`, viewport: index % 2 ? PHONE : DESKTOP });
    await settle(page);
    const found = await page.evaluate((id) => {
      const element = document.activeElement;
      const box = element.getBoundingClientRect();
      const over = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
      return { mark: element.dataset.mark, inView: box.top >= 0 && box.bottom <= innerHeight && box.height > 0, outline: getComputedStyle(element).outlineStyle,
        text: [...document.querySelectorAll('mark')].filter((mark) => mark.dataset.mark === id && mark.matches('.chosen')).map((mark) => mark.textContent).join(''),
        covered: !over?.closest('.article-text'), panel: document.querySelector('.panel').innerText, lines: document.querySelectorAll('.lines .line.strong').length };
    }, quote.id);
    const name = `link to ${article.path} ${quote.id}`;
    same(`${name}: the quote has the focus`, found.mark, quote.id);
    check(`${name}: it is in view and not covered`, found.inView && !found.covered, shown(found));
    check(`${name}: it is set off`, found.outline !== 'none', found.outline);
    same(`${name}: its text`, found.text.replaceAll(/\s/g, ''), quote.parts.map(([start, end]) => article.text.slice(start, end)).join('').replaceAll(/\s/g, ''));
    check(`${name}: its speaker is told`, found.panel.includes(quote.speaker_name ?? (quote.kind === 'scare' ? 'nobody' : 'unnamed')), found.panel);
    same(`${name}: a line to the mention`, found.lines, quote.mention ? 1 : 0);
    await page.context().close();
  }
  const page = await openPage(path, { hash: '#q=d_0000000000000000/q0' });
  check('a link to nothing says so', (await page.locator('main').innerText()).includes('no article'));
  for (const odd of ['constructor', '__proto__', '%E0%A4%A', 'a=%00', 'q=/', 's=nobody', 'f=x/f1']) await goTo(page, odd);
  await page.context().close();
}

/** Every mark of every article is the text at its offsets, and together they are all the marks there are. */
async function testMarks(path) {
  const data = dataOf(path);
  const page = await openPage(path);
  let marks = 0;
  for (const article of data.articles) {
    await page.evaluate((hash) => { location.hash = hash; }, `a=${article.id}`);
    await page.waitForFunction((id) => document.querySelector('.article-text')?.dataset.article === id, article.id);
    const drawn = await page.locator('.article-text [data-mark]').evaluateAll((all) => all.map((mark) => (
      { id: mark.dataset.mark, start: Number(mark.dataset.start), end: Number(mark.dataset.end), text: mark.textContent })));
    marks += drawn.length;
    const wrong = drawn.find((mark) => mark.text !== article.text.slice(mark.start, mark.end) || !mark.text);
    check(`${article.path}: marks are slices of the text`, !wrong, shown(wrong));
    const spansOf = (id) => drawn.filter((mark) => mark.id === id).toSorted((a, b) => a.start - b.start).map((mark) => article.text.slice(mark.start, mark.end)).join('');
    const missing = [
      ...article.quotes.map((quote) => [quote.id, quote.parts]), ...article.figures.map((figure, index) => [`f${index}`, [[figure.start, figure.end]]]),
      ...article.entities.flatMap((entity) => entity.mentions.map(([start, end], index) => [`${entity.id}.${index}`, [[start, end]]])),
    ].find(([id, spans]) => spansOf(id).replaceAll(/\s/g, '') !== spans.map(([start, end]) => article.text.slice(start, end)).join('').replaceAll(/\s/g, ''));
    check(`${article.path}: all is marked`, !missing, shown(missing));
    const text = await page.locator('.article-text').evaluate((element) => element.textContent);
    // U+0085 ends a line, as white space does.
    same(`${article.path}: the text is whole`, text.replaceAll(/[\s\u0085]/g, ''), article.text.replaceAll(/[\s\u0085]/g, ''));
  }
  check('marks were drawn', marks > data.articles.length, String(marks));
  await page.context().close();
}

// ---- Figures ----

/** Cells of CSV as a spreadsheet reads them. */
function readCsv(text) {
  const rows = [[]];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1).push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

async function copiedRows(page) {
  await page.evaluate(() => navigator.clipboard.writeText('nothing yet'));
  await page.getByRole('button', { name: 'Copy as CSV' }).click();
  await settle(page);
  const [head, ...rows] = readCsv(await page.evaluate(() => navigator.clipboard.readText()));
  return rows.map((cells) => Object.fromEntries(head.map((key, index) => [key, cells[index]])));
}

const isDangerous = (cell) => /^[=+\-@\t\r]/.test(cell) && !/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(cell);

async function testFigures(path, hostile) {
  const { articles } = dataOf(path);
  const rows = articles.flatMap((article) => article.figures.map((figure) => ({ article, figure })));
  const page = await openPage(path, { hash: '#figures' });
  same('figures: all', numbersIn(await page.locator('.figures .status').innerText()), [rows.length]);
  const keys = rows.map(({ figure }) => figure.value ?? figure.value_min ?? figure.value_max).filter((value) => value != null);
  const column = (name) => page.locator(`.figures-table td.${name}`).allTextContents();
  const texts = async () => column('figure');
  const unsorted = await texts();
  const top = async (direction) => {
    same(`figures: ${direction} is told`, await page.locator('th.value').getAttribute('aria-sort'), direction);
    const order = rows.map((row, number) => ({ ...row, number, key: row.figure.value ?? row.figure.value_min ?? row.figure.value_max }));
    const sign = direction === 'ascending' ? 1 : -1;
    order.sort((a, b) => Number(a.key == null) - Number(b.key == null) || sign * (a.key - b.key) || a.number - b.number);
    same(`figures: ${direction} by value`, await texts(), order.slice(0, unsorted.length).map(({ figure }) => figure.text));
  };
  check('figures have values to sort by', new Set(keys).size > 3);
  await page.getByRole('button', { name: 'Value', exact: true }).click();
  await top('ascending');
  await page.getByRole('button', { name: 'Value', exact: true }).click();
  await top('descending');
  check('figures: sorting changes the order', !isDeepStrictEqual(unsorted, await texts()));
  const copied = await copiedRows(page);
  same('CSV: a line for each figure', copied.length, rows.length);
  same('CSV: in the order of the table', copied.slice(0, unsorted.length).map((row) => row.figure.replace(/^'/, '')), await texts());
  same('CSV: values', copied.map((row) => row.value).toSorted(), rows.map(({ figure }) => String(figure.value ?? '')).toSorted());
  same('CSV: organisations', copied.filter((row) => row.organisation).length, rows.filter(({ figure }) => figure.subject != null).length);
  const cells = copied.flatMap((row) => Object.values(row));
  same('CSV: no cell is a formula', cells.filter(isDangerous), []);
  if (hostile) {
    check('CSV: a title like a formula has an apostrophe', cells.some((cell) => cell.startsWith("'=HYPERLINK(")), shown(cells.filter((cell) => cell.includes('HYPERLINK'))));
    check('CSV: so has a cell that begins with @', cells.some((cell) => cell.startsWith("'@")));
    check('CSV: so has one that begins like a number', cells.some((cell) => cell.startsWith("'-2+3")));
  }
  const [kind] = rows.map(({ figure }) => figure.kind);
  await page.locator('.figures').getByLabel('Kind').selectOption(kind);
  same(`figures: only ${kind}`, (await copiedRows(page)).length, rows.filter(({ figure }) => figure.kind === kind).length);
  await page.context().close();
}

// ---- The keyboard ----

async function testKeyboard(path) {
  const page = await openPage(path);
  const tabTo = async (what, matches, most = 40) => {
    for (let pressed = 0; pressed < most; pressed += 1) {
      await page.keyboard.press('Tab');
      const now = await page.evaluate(() => {
        const element = document.activeElement;
        const style = getComputedStyle(element);
        return { tag: element.tagName, text: element.textContent.slice(0, 80), href: element.getAttribute('href') ?? '', type: element.type ?? '', outline: style.outlineStyle };
      });
      check(`Tab: what has the focus is set off (${now.tag} ${now.text})`, now.outline !== 'none' || now.tag === 'BODY', now.outline);
      if (matches(now)) return true;
    }
    check(`Tab reaches ${what}`, false);
    return false;
  };
  await tabTo('the skip link', (now) => now.text.startsWith('Skip'), 1);
  await page.keyboard.press('Enter');
  same('the skip link leads to the content', await page.evaluate(() => document.activeElement.id), 'main');
  await page.reload();
  await tabTo('the theme button', (now) => now.text === 'Dark theme');
  await page.keyboard.press('Enter');
  same('Enter changes the theme', await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  await tabTo('the speakers', (now) => now.href === '#speakers');
  await page.keyboard.press('Enter');
  await settle(page);
  same('Enter opens the speakers', await page.locator('section:not([hidden]) h2').textContent(), 'Speakers');
  await tabTo('the search', (now) => now.type === 'search');
  await page.keyboard.type('zzzz');
  await settle(page);
  same('typing searches', await page.locator('.speakers .status').innerText(), 'Nothing fits these filters.');
  await goTo(page, 'articles');
  await tabTo('an article', (now) => now.href.startsWith('#a='));
  await page.keyboard.press('Enter');
  await settle(page);
  check('Enter opens the article', await page.locator('.article-text').isVisible());
  await tabTo('a mark', (now) => now.tag === 'MARK');
  await settle(page);
  const mark = await page.evaluate(() => document.activeElement.textContent);
  check('the fields of the mark with the focus are shown', (await page.locator('.panel dl').innerText()).includes(mark), mark);
  await page.keyboard.press('Escape');
  same('Escape puts them away', await page.locator('.panel dl').count(), 0);
  await goTo(page, 'figures');
  await tabTo('a column', (now) => now.text === 'SI value');
  await page.keyboard.press('Enter');
  same('Enter sorts', await page.locator('th.si').getAttribute('aria-sort'), 'ascending');
  await page.context().close();
}

// ---- What a page must have for everybody ----

/** Contrast of text with what is behind it, and labels, landmarks and widths. */
async function testAccess(path, viewport, colorScheme) {
  const data = dataOf(path);
  const page = await openPage(path, { viewport, colorScheme });
  const article = data.articles.toSorted((a, b) => new Set(b.quotes.map((quote) => quote.kind)).size - new Set(a.quotes.map((quote) => quote.kind)).size)[0];
  const doubtful = data.articles.find((one) => one.quotes.some((quote) => quote.kind !== 'scare' && quote.confidence < 0.5)) ?? article;
  const seen = new Set();
  for (const view of [...VIEWS, `a=${article.id}`, `a=${doubtful.id}`]) {
    await goTo(page, view);
    const name = `${view} ${viewport.width}px ${colorScheme}`;
    const found = await page.evaluate(lookAtPage);
    for (const kind of found.kinds) seen.add(kind);
    same(`${name}: contrast of 4.5 or more`, found.faint, []);
    same(`${name}: every control has a name`, found.nameless, []);
    check(`${name}: nothing wider than the screen`, found.tooWide <= 0, `${found.tooWide}px`);
    same(`${name}: landmarks and one h1`, [found.landmarks, found.h1], [['header', 'nav', 'main', 'footer'], 1]);
  }
  for (const kind of ['thing person', 'thing organisation', 'thing figure', 'quote direct', 'quote mixed', 'quote scare', 'cue', 'quiet', 'badge', 'low']) {
    check(`contrast was measured of ${kind} (${viewport.width}px ${colorScheme})`, seen.has(kind));
  }
  await page.emulateMedia({ media: 'print' });
  const ink = await page.evaluate(() => [getComputedStyle(document.body).color, document.querySelector('nav.views').checkVisibility()]);
  check('print is dark on light, without controls', numbersIn(ink[0]).every((part) => part < 90) && !ink[1], shown(ink));
  await page.context().close();
}

/** Runs in the page. */
function lookAtPage() {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  const channels = (colour, under) => {
    pen.fillStyle = under ?? '#fff';
    pen.fillRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) => rgb.map((part) => part / 255).map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const ground = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.unshift(getComputedStyle(at).backgroundColor);
    return layers.reduce((under, layer) => `rgb(${channels(layer, under).join(' ')})`, '#fff');
  };
  const ratio = (element) => {
    const under = ground(element);
    const [a, b] = [light(channels(getComputedStyle(element).color, under)), light(channels(under))].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  };
  const kindsOf = { 'thing person': 'mark.thing.person', 'thing organisation': 'mark.thing.organisation', 'thing figure': 'mark.thing.figure',
    'quote direct': 'mark.quote.direct', 'quote mixed': 'mark.quote.mixed', 'quote scare': 'mark.quote.scare', cue: 'u.cue', quiet: '.quiet', badge: '.badge', low: '.low' };
  const written = [...document.querySelectorAll('body *')].filter((element) => element.checkVisibility() && !(element instanceof SVGElement) && !element.closest('.unseen')
    && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  const faint = [...new Set(written.filter((element) => ratio(element) < 4.5).map((element) => `${element.tagName}.${element.className} ${ratio(element).toFixed(2)}`))];
  const controls = [...document.querySelectorAll('a, button, input, select, summary, svg[role="img"]')].filter((element) => element.checkVisibility());
  const nameless = controls.filter((element) => !(element.getAttribute('aria-label') || element.textContent || [...(element.labels ?? [])].some((label) => label.textContent.trim())))
    .map((element) => element.outerHTML.slice(0, 100));
  return {
    faint, nameless, tooWide: document.documentElement.scrollWidth - innerWidth, h1: document.querySelectorAll('h1').length,
    kinds: Object.keys(kindsOf).filter((kind) => written.some((element) => element.matches(kindsOf[kind]))),
    landmarks: [...document.body.children].map((element) => element.tagName.toLowerCase()).filter((tag) => ['header', 'nav', 'main', 'footer'].includes(tag)),
  };
}

// ---- Hostile articles ----

async function testHostile(path) {
  const data = dataOf(path);
  const payload = '<script>window.__pwned=1</script>';
  const all = JSON.stringify(data);
  for (const part of [payload.replaceAll('"', '\\"'), '<img src=x', '</script>', '<!--', 'javascript:', '{{script}}', '\u202e', '\u2028', '👩‍🚀']) {
    check(`the hostile articles reach the report: ${part}`, all.includes(part));
  }
  check('some of it is in quotes with a speaker', data.articles.some((article) => article.quotes.some((quote) => quote.content.includes('</script>') && quote.speaker_name)));
  const file = readFileSync(path, 'utf8');
  same('the file has two scripts and no other end of one', [file.match(/<script/gi).length, file.match(/<\/script/gi).length], [2, 2]);
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(file)?.[1] ?? '';
  check('the policy lets nothing else in', /^default-src 'none'; script-src 'sha256-[^' ]+'; style-src 'sha256-[^' ]+'; img-src data:; base-uri 'none'; form-action 'none'$/.test(policy), policy);

  const page = await openPage(path);
  let text = '';
  for (const hash of [...VIEWS, ...data.articles.map((article) => `a=${article.id}`), ...data.articles.flatMap((article) => article.quotes.map((quote) => `q=${article.id}/${quote.id}`))]) {
    await goTo(page, hash);
    for (const more of await page.locator('section:not([hidden]) summary').all()) await more.click();
    for (const mark of await page.locator('section:not([hidden]) mark[tabindex="0"]').all()) await mark.focus();
    text += await page.locator('main').innerText();
    const found = await page.evaluate(() => ({
      pwned: window.__pwned, scripts: document.querySelectorAll('script').length,
      strangers: [...document.querySelectorAll('img, iframe, object, embed, base, link, video, audio, [srcdoc], [src], [style]')].map((one) => one.outerHTML.slice(0, 80)),
      handlers: [...document.querySelectorAll('*')].flatMap((one) => [...one.attributes]).map(({ name }) => name).filter((name) => name.startsWith('on')),
      links: [...document.querySelectorAll('a[href], area[href], svg a')].map((one) => [one.getAttribute('href'), one.rel]).filter(([href, rel]) => !href?.startsWith('#')
        && !(/^https?:\/\//.test(href) && rel === 'noopener noreferrer nofollow')),
      actions: document.querySelectorAll('[action], [formaction]').length,
    }));
    same(`hostile ${hash}: nothing of the text became markup`, found, { pwned: undefined, scripts: 2, strangers: [], handlers: [], links: [], actions: 0 });
  }
  check('hostile: the text is shown as text', text.includes(payload) && text.includes('{{script}}') && text.includes('<img src=x'));
  const out = data.articles.find((article) => article.url?.startsWith('https://'));
  await goTo(page, `a=${out.id}`);
  same('hostile: an honest address becomes a link', await page.locator('.article-facts a').getAttribute('href'), new URL(out.url).href);
  same('hostile: no script ran', await page.evaluate(() => window.__pwned), undefined);
  await page.context().close();
  await testPolicyHolds(path);
}

/** Were some text to become a script after all, the policy would still stop it: here one is put in by hand. */
async function testPolicyHolds(path) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(addressOf(path));
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.__put_in = 1';
    document.body.append(script);
    const button = document.createElement('button');
    button.setAttribute('onclick', 'window.__put_in = 2');
    document.body.append(button);
    button.click();
    const before = getComputedStyle(button).color;
    button.setAttribute('style', 'color: rgb(1, 2, 3)');
    return [window.__put_in, getComputedStyle(button).color === before];
  });
  same('the policy stops a script, a handler and a style put in', ran, [undefined, true]);
  await context.close();
}

// ---- Pictures ----

async function takePictures(path) {
  const { articles } = dataOf(path);
  const article = articles.find((one) => one.path.endsWith('mayor-budget.txt')) ?? articles.find((one) => one.quotes.length > 3);
  const quote = article.quotes.find((one) => one.mention_kind === 'pronoun') ?? article.quotes[0];
  for (const [size, viewport] of [['desktop', DESKTOP], ['phone', PHONE]]) {
    for (const colorScheme of ['light', 'dark']) {
      const page = await openPage(path, { viewport, colorScheme });
      for (const view of ['overview', 'speakers', 'figures', 'article']) {
        await goTo(page, view === 'article' ? `q=${article.id}/${quote.id}` : view);
        await page.screenshot({ path: `${pictures}/${view}-${size}-${colorScheme}.png` });
      }
      await page.context().close();
    }
  }
}

try {
  await testOverview(samplePath);
  await testSpeakers(samplePath);
  await testQuoteLinks(samplePath);
  await testMarks(samplePath);
  await testMarks(hostilePath);
  await testFigures(samplePath, false);
  await testFigures(hostilePath, true);
  await testKeyboard(samplePath);
  for (const viewport of [DESKTOP, PHONE]) for (const colorScheme of ['light', 'dark']) await testAccess(samplePath, viewport, colorScheme);
  await testAccess(samplePath, { width: 320, height: 640 }, 'light');
  await testHostile(hostilePath);
  await takePictures(samplePath);
} catch (error) {
  failures.push(`the test stopped: ${error.stack}`);
} finally {
  await browser.close();
}
for (const failure of failures) console.error(`FAILED  ${failure}`);
console.log(`${passed} checks passed, ${failures.length} failed; pictures are in ${pictures}`);
process.exitCode = failures.length ? 1 : 0;
