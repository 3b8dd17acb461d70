// The page around the views: how elements are made, what the views share, routes, theme, and the start of it all.
// Text of articles is not ours and must stay text: elements are made here, and nothing is ever read as markup.

/** An element. A child is an element or a string; a string becomes text. */
function make(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for a drawing. */
function shape(tag, attributes, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name === 'style' || name.startsWith('on')) throw new Error(`${name} is not set as an attribute: the page's policy forbids it`);
    if (value === true) element.setAttribute(name, '');
    else if (value != null && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}

function button(text, whenPressed, attributes) {
  const element = make('button', { type: 'button', ...attributes }, text);
  element.addEventListener('click', whenPressed);
  return element;
}

// ---- What the views share ----

/** Words of an article, kept apart so that right-to-left marks in them do not turn what stands beside them. */
function foreign(text, attributes) {
  return make('bdi', attributes, text);
}

/** A link out of the page, or plain text where the address is not one for the web. */
function linkOut(address, text) {
  const target = webAddress(address);
  if (!target) return foreign(text);
  return make('a', { href: target.href, rel: 'noopener noreferrer nofollow', target: '_blank', class: 'out' }, foreign(text));
}

const articleHref = (article) => `#a=${encodeURIComponent(article.id)}`;
const quoteHref = (article, quote) => `#q=${encodeURIComponent(article.id)}/${encodeURIComponent(quote.id)}`;
const figureHref = (article, figure) => `#f=${encodeURIComponent(article.id)}/f${article.figures.indexOf(figure)}`;
const nameHref = (name) => `#s=${encodeURIComponent(name.key)}`;

const NUMBERS = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 6 });
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function number(value) {
  if (Math.abs(value) >= 1e15 || (value !== 0 && Math.abs(value) < 1e-5)) return value.toPrecision(4).replace(/\.?0+e/, 'e');
  return NUMBERS.format(value);
}

function plural(count, one, many = `${one}s`) {
  return `${number(count)} ${count === 1 ? one : many}`;
}

function dateText(date) {
  const [year, month, day] = (date ?? '').split('-').map(Number);
  return day && MONTHS[month - 1] ? `${day} ${MONTHS[month - 1]} ${year}` : date;
}

const KIND_WORDS = {
  direct: 'A direct quote: a clause of its own',
  mixed: 'A mixed quote: a piece inside the writer’s own sentence',
  scare: 'Scare quotes: a term or a nickname, nobody is being quoted',
};

function kindBadge(kind) {
  return make('span', { class: `badge ${kind}`, title: KIND_WORDS[kind] }, kind);
}

const isLow = (confidence) => confidence != null && confidence < LOW_CONFIDENCE;

function confidenceBadge(confidence) {
  if (confidence == null) return null;
  const low = isLow(confidence);
  return make('span', { class: low ? 'confidence low' : 'confidence', title: 'How sure the program is of the speaker, from 0 to 1' },
    make('span', { class: 'unseen' }, 'confidence '), confidence.toFixed(2), low ? ' ?' : '', low && make('span', { class: 'unseen' }, ' low'));
}

/** A disc, a square or a ring beside each name, so that colour is not all that tells a person from an organisation. */
function typeSign(type) {
  return make('span', { class: `sign ${type}`, 'aria-hidden': 'true' });
}

let fields = 0;

/** A control below its label. They stand side by side: a label around a list of choices would be read with all of them. */
function field(label, control) {
  fields += 1;
  control.id = `field-${fields}`;
  return make('div', { class: 'field' }, make('label', { for: control.id }, label), control);
}

function choice(label, options, whenChosen) {
  const select = make('select', null, options.map(([value, text]) => make('option', { value }, text)));
  select.addEventListener('change', whenChosen);
  return { select, field: field(label, select) };
}

/** Calls once typing pauses. */
function afterTyping(input, act) {
  let timer = 0;
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(act, 120);
  });
}

/** Draws the first rows, and more when asked: a page of 20,000 quotes must open at once. */
function growingList(list, more, rows, drawRow, step) {
  let drawn = 0;
  const grow = (focus) => {
    const fresh = rows.slice(drawn, drawn + step).map(drawRow);
    list.append(...fresh);
    drawn += fresh.length;
    const left = rows.length - drawn;
    more.replaceChildren(left > 0 ? button(left > step ? `Show ${number(step)} more of ${number(left)}` : `Show ${number(left)} more`, () => grow(true), { class: 'more' }) : '');
    if (focus && fresh.length) focusOn(fresh[0]);
  };
  list.replaceChildren();
  grow(false);
}

/** Moves the focus to something that is not a control. */
function focusOn(element, options) {
  if (!element.hasAttribute('tabindex')) element.setAttribute('tabindex', '-1');
  element.focus(options);
}

// ---- Routes ----

const VIEWS = {
  overview: { title: 'Overview', draw: drawOverview },
  speakers: { title: 'Speakers', draw: drawSpeakers },
  articles: { title: 'Articles', draw: drawArticles },
  figures: { title: 'Figures', draw: drawFigures },
};
const sections = new Map();
let shown = null;

/** What the address asks for: a view, an article, a mark in one, or one speaker. */
function readRoute() {
  let hash = location.hash.slice(1);
  try {
    hash = decodeURIComponent(hash);
  } catch {
    // Left as it is: it will name nothing, and the page says so.
  }
  if (hash.startsWith('a=')) return { view: 'article', id: hash.slice(2), mark: null };
  const slash = hash.lastIndexOf('/');
  if (/^[qf]=/.test(hash) && slash > 0) return { view: 'article', id: hash.slice(2, slash), mark: hash.slice(slash + 1) };
  if (hash.startsWith('s=')) return { view: 'speakers', key: hash.slice(2) };
  return { view: Object.hasOwn(VIEWS, hash) ? hash : 'overview' };
}

function followRoute(moveFocus) {
  const route = readRoute();
  if (shown) shown.scroll = window.scrollY;
  if (route.view === 'article') {
    leave('article');
    sections.delete('article');
  }
  for (const { element } of sections.values()) element.hidden = true;
  let section = sections.get(route.view);
  if (!section) {
    section = { element: make('section', { class: `view ${route.view}` }), scroll: 0 };
    document.getElementById('main').append(section.element);
    sections.set(route.view, section);
    if (route.view === 'article') drawArticle(section.element, route);
    else VIEWS[route.view].draw(section.element);
  }
  section.element.hidden = false;
  shown = section;
  if (route.view === 'speakers' && showOnlySpeaker(route.key ?? null)) section.scroll = 0;
  markCurrent(route.view === 'article' ? 'articles' : route.view, section.element);
  window.scrollTo(0, section.scroll);
  const heading = section.element.querySelector('h2');
  if (route.mark) selectFromRoute(section.element, route.mark);
  else if (moveFocus && heading) focusOn(heading, { preventScroll: true });
}

function leave(view) {
  sections.get(view)?.element.remove();
}

function markCurrent(view, section) {
  for (const link of document.querySelectorAll('nav.views a')) {
    if (link.getAttribute('href') === `#${view}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  const heading = section.querySelector('h2');
  document.title = `${heading ? shorten(heading.textContent, 100) : VIEWS[view].title} · ${DATA.title}`;
}

// ---- Theme ----

/** The reader's system decides; the button decides otherwise, and is remembered where the browser lets a file remember. */
function setUpTheme() {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const root = document.documentElement;
  const control = document.getElementById('theme');
  const isDark = () => (root.dataset.theme ?? (dark.matches ? 'dark' : 'light')) === 'dark';
  const tell = () => {
    control.textContent = isDark() ? 'Light theme' : 'Dark theme';
  };
  try {
    const kept = localStorage.getItem('pullquote-theme');
    if (kept === 'light' || kept === 'dark') root.dataset.theme = kept;
  } catch {
    // Storage is closed to some local files: the theme then lasts as long as the page.
  }
  control.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    tell();
    try {
      localStorage.setItem('pullquote-theme', root.dataset.theme);
    } catch {
      // As above.
    }
  });
  dark.addEventListener('change', tell);
  tell();
}

// ---- Start ----

function spanText() {
  const dates = ARTICLES.map((article) => article.date).filter(Boolean).sort();
  const counts = plural(DATA.totals.articles, 'article');
  if (!dates.length) return counts;
  const [first, last] = [dateText(dates[0]), dateText(dates.at(-1))];
  return first === last ? `${counts} · ${first}` : `${counts} · ${first} to ${last}`;
}

function start() {
  setUpTheme();
  document.getElementById('report-title').textContent = DATA.title;
  document.getElementById('report-span').textContent = spanText();
  document.getElementById('loading').remove();
  // The address holds the route, so this link moves the focus itself.
  document.getElementById('skip').addEventListener('click', (event) => {
    event.preventDefault();
    document.getElementById('main').focus();
  });
  history.scrollRestoration = 'manual';
  window.addEventListener('hashchange', () => followRoute(true));
  followRoute(false);
  document.documentElement.dataset.ready = 'true';
}

start();
