// One article: its text, the fields of the mark one looks at, and lists of its quotes and names.

const LAYERS = [
  ['person', 'People'], ['organisation', 'Organisations'], ['figure', 'Figures'],
  ['direct', 'Direct quotes'], ['mixed', 'Mixed quotes'], ['scare', 'Scare quotes'],
];
const MENTION_WORDS = { name: 'by name', alias: 'by a short name', pronoun: 'by a pronoun', nominal: 'by a description' };
const GENDERS = { f: 'feminine', m: 'masculine', n: 'neutral' };
const FLAG_WORDS = {
  unclosed: 'not closed', multi_paragraph: 'runs over paragraphs', nested: 'inside another quote',
  speaker_in_quote: 'the speaker is named inside it', carried_over: 'speaker carried over from the quote before',
};

/** The article on the page: its marks by id, which one is chosen, which one is under the pointer. */
let reading = null;

function drawArticle(section, route) {
  const article = ARTICLE_BY_ID.get(route.id);
  reading = null;
  if (!article) {
    const left = DATA.left_out > 0 ? ' It may be one of those left out of this page.' : '';
    section.append(make('h2', null, 'Not found'), make('p', null, `There is no article “${shorten(route.id, 60)}” in this report.${left}`));
    return;
  }
  const marks = marksOf(article);
  const paragraphs = paragraphsOf(article);
  const titleInText = paragraphs.length > 0 && (!article.title || article.text.slice(...paragraphs[0].span).trim() === article.title.trim());
  if (titleInText) paragraphs[0].kind = 'headline';
  const text = make('div', { class: 'article-text', dir: 'auto', 'data-article': article.id });
  const lines = shape('svg', { class: 'lines', 'aria-hidden': 'true' });
  const panel = make('aside', { class: 'panel', 'aria-label': 'Fields of the chosen mark', 'aria-live': 'polite' });
  reading = { article, marks, text, lines, panel, chosen: null, hovered: null, allLines: false, listed: new Map() };
  text.append(...paragraphs.map((paragraph) => drawParagraph(article, paragraph, marks)), lines);
  panel.hidden = !paragraphs.length;
  const end = make('div', { class: 'article-end' }, quoteList(article), nameList(article));
  section.append(articleTop(article, titleInText), make('div', { class: 'reading' },
    make('div', { class: 'column' }, paragraphs.length > 0 ? [legend(), text]
      : make('p', { class: 'note' }, 'The text of this article was left out of the records. Its quotes and names are below.'), end), panel));
  end.id = 'after-text';
  listenToMarks(text);
  tellMark();
  new ResizeObserver(drawLines).observe(text);
}

function articleTop(article, titleInText) {
  const at = ARTICLES.indexOf(article);
  const step = (other, label) => other && make('a', { href: articleHref(other) }, label);
  const facts = [
    siteOf(article) && foreign(siteOf(article)), article.author && foreign(article.author), article.section && foreign(article.section),
    article.date && make('time', { datetime: article.date }, dateText(article.date)), plural(article.words, 'word'),
    article.url ? linkOut(article.url, shorten(article.url, 70)) : foreign(article.path ?? ''),
  ].filter(Boolean);
  return make('header', { class: 'article-top' },
    make('nav', { class: 'steps', 'aria-label': 'Articles' }, make('a', { href: '#articles' }, 'All articles'),
      step(ARTICLES[at - 1], '← Previous'), step(ARTICLES[at + 1], 'Next →')),
    make('h2', { class: titleInText ? 'unseen' : 'article-title' }, foreign(titleOf(article))),
    make('p', { class: 'quiet article-facts' }, facts.flatMap((fact, index) => (index ? [' · ', fact] : [fact]))));
}

// ---- Legend ----

/** What the marks look like; each entry hides and shows its own. */
function legend() {
  const entries = LAYERS.map(([layer, label]) => {
    const input = make('input', { type: 'checkbox', checked: true });
    input.addEventListener('change', () => {
      for (const mark of reading.marks.values()) {
        if (mark.layer !== layer) continue;
        mark.elements.forEach((element) => element.classList.toggle('off', !input.checked));
        mark.elements[0]?.setAttribute('tabindex', input.checked ? '0' : '-1');
      }
      drawLines();
    });
    const quote = ['direct', 'mixed', 'scare'].includes(layer);
    return make('label', { class: 'tick' }, input, ' ', make('mark', { class: quote ? `quote ${layer}` : `thing ${layer}` }, label));
  });
  const all = make('input', { type: 'checkbox' });
  all.addEventListener('change', () => {
    reading.allLines = all.checked;
    drawLines();
  });
  const skip = button('Skip the text', () => focusOn(document.getElementById('after-text')), { class: 'skip-text' });
  return make('fieldset', { class: 'legend' }, make('legend', { class: 'unseen' }, 'Marks in the text'), entries,
    make('label', { class: 'tick not-printed' }, all, ' ', 'Lines to all speakers'),
    make('span', { class: 'quiet' }, make('u', { class: 'cue' }, 'said'), ' the verb · ', make('span', { class: 'confidence low' }, '?'), ' not sure'), skip);
}

// ---- Choosing a mark ----

function listenToMarks(text) {
  const markOf = (event) => {
    const element = event.target.closest('mark[data-mark]:not(.off)');
    return element ? reading.marks.get(element.dataset.mark) : null;
  };
  const set = (which, mark) => {
    if (reading[which] === mark) return;
    reading[which] = mark;
    tellMark();
  };
  text.addEventListener('pointerover', (event) => { if (event.pointerType === 'mouse') set('hovered', markOf(event)); });
  text.addEventListener('pointerleave', () => set('hovered', null));
  text.addEventListener('focusin', (event) => set('chosen', markOf(event)));
  text.addEventListener('click', (event) => set('chosen', markOf(event)));
  text.addEventListener('keydown', (event) => { if (event.key === 'Escape') closePanel(); });
}

function closePanel() {
  reading.chosen = null;
  reading.hovered = null;
  tellMark();
}

/** Called for a link to a quote or a figure. */
function selectFromRoute(section, id) {
  if (!reading) return;
  const mark = reading.marks.get(id);
  const element = mark?.elements[0] ?? reading.listed.get(id);
  if (!element) {
    section.prepend(make('p', { class: 'note', role: 'alert' }, `There is no quote or figure “${shorten(id, 20)}” in this article.`));
    return;
  }
  if (mark?.elements.length) reading.chosen = mark;
  else element.classList.add('chosen');
  tellMark();
  element.scrollIntoView({ block: 'center' });
  focusOn(element, { preventScroll: true });
}

/** Shows the fields of the mark, sets off what belongs to it and draws its line. */
function tellMark() {
  const mark = reading.hovered ?? reading.chosen;
  for (const name of ['chosen', 'is-speaker', 'is-cue']) {
    for (const element of reading.text.querySelectorAll(`.${name}`)) element.classList.remove(name);
  }
  const light = (id, name) => reading.marks.get(id)?.elements.forEach((element) => element.classList.add(name));
  if (mark) {
    light(mark.id, 'chosen');
    light(mark.speaker, 'is-speaker');
    light(mark.cue, 'is-cue');
  }
  reading.panel.classList.toggle('filled', Boolean(mark));
  reading.panel.replaceChildren(...(mark ? [panelHeading(mark), fieldsOf(mark), ...panelLinks(mark)]
    : [make('p', { class: 'quiet' }, 'Point at a mark in the text, or reach it with the Tab key, to see what is known of it.')]));
  drawLines();
}

function panelHeading(mark) {
  const words = { person: 'Person', organisation: 'Organisation', figure: 'Figure', speaker: 'Unnamed speaker',
    direct: 'Direct quote', mixed: 'Mixed quote', scare: 'Scare quotes' }[mark.layer];
  return make('div', { class: 'panel-top' }, make('h3', { class: `of ${mark.layer}` }, words),
    button('Close', closePanel, { class: 'plain close' }));
}

function fieldsOf(mark) {
  const rows = mark.rank === 0 ? quoteFields(mark.quote) : mark.entity ? nameFields(mark.entity, mark.mention)
    : mark.figure ? figureFields(mark.figure) : [['As printed', mark.quote.mention_text], ['Speaks in', mark.quote.id]];
  return make('dl', { class: 'fields-of' }, rows.filter(([, value]) => value != null && value !== '')
    .map(([label, value]) => make('div', null, make('dt', null, label), make('dd', null, typeof value === 'string' ? foreign(value) : value))));
}

function panelLinks(mark) {
  const links = [];
  const entity = mark.entity ?? reading.article.entities?.[mark.quote?.speaker];
  if (mark.rank === 0) links.push(make('a', { href: quoteHref(reading.article, mark.quote) }, 'Link to this quote'));
  if (entity) links.push(make('a', { href: nameHref(NAMES.get(entity.key)) }, 'All quotes of ', foreign(entity.name)));
  return links.length ? [make('p', { class: 'panel-links' }, links.flatMap((link, index) => (index ? [make('br'), link] : [link])))] : [];
}

function speakerText(quote) {
  if (quote.kind === 'scare') return 'nobody is being quoted';
  if (quote.speaker_name) return quote.speaker_name;
  return quote.speaker_type ? 'an unnamed source' : 'no speaker found';
}

function quoteFields(quote) {
  const printed = quote.mention_text && `“${quote.mention_text}”${quote.mention_kind ? `, ${MENTION_WORDS[quote.mention_kind] ?? quote.mention_kind}` : ''}`;
  const scare = quote.kind === 'scare';
  return [
    ['Speaker', speakerText(quote)], ['Role', quote.speaker_role], ['As printed', printed],
    ['Verb', quote.cue_lemma], ['Quote', shorten(quote.content, 240)], ['Confidence', scare ? null : confidenceBadge(quote.confidence)],
    ['Note', (quote.flags ?? []).map((flag) => FLAG_WORDS[flag] ?? flag).join('; ')], ['Decided by', quote.rule],
  ];
}

function nameFields(entity, mention) {
  const employer = reading.article.entities[entity.organisation];
  return [
    ['Name', entity.name], ['Role', entity.role], ['With', employer?.name], ['Also', (entity.aliases ?? []).join(', ')],
    ['Gender', GENDERS[entity.gender]], ['Named here', MENTION_WORDS[mention.kind] ?? mention.kind],
    ['In this article', plural(entity.mentions.length, 'mention')], ['Confidence', confidenceBadge(mention.confidence)],
  ];
}

function figureFields(figure) {
  return [
    ['Text', figure.text], ['Kind', figure.kind], ['Value', valueText(figure)], ['Unit', unitText(figure)], ['SI value', siText(figure)],
    ['Of what', figure.item], ['Said with', figure.approx?.replaceAll('_', ' ')], ['Trend', figure.trend],
    ['From', figure.date_start], ['To', figure.date_end], ['Belongs to', reading.article.entities?.[figure.subject]?.name],
  ];
}

// ---- Lists under the text ----

function quoteList(article) {
  const quotes = article.quotes ?? [];
  const items = quotes.map((quote) => {
    const item = make('li', { 'data-quote': quote.id, class: quote.kind === 'scare' ? 'is-scare' : null },
      make('p', null, make('a', { href: quoteHref(article, quote), class: 'label' }, quote.id), ' ', kindBadge(quote.kind), ' ',
        make('b', null, foreign(speakerText(quote))), quote.speaker_role && [', ', foreign(quote.speaker_role)], ' ',
        quote.kind === 'scare' ? null : confidenceBadge(quote.confidence)),
      make('p', { class: 'content' }, foreign(quote.content)));
    reading.listed.set(quote.id, item);
    return item;
  });
  return make('section', { 'aria-label': 'Quotes in this article' }, make('h3', null, plural(quotes.length, 'quote')),
    quotes.length ? make('ol', { class: 'plain-list' }, items) : null);
}

function nameList(article) {
  const entities = article.entities ?? [];
  const items = entities.map((entity) => make('li', null,
    make('p', null, typeSign(entity.type), ' ', make('a', { href: nameHref(NAMES.get(entity.key)) }, foreign(entity.name)),
      make('span', { class: 'unseen' }, `, ${entity.type}`), entity.role && [', ', foreign(entity.role)]),
    make('p', { class: 'quiet' }, [entity.aliases?.length && `also ${entity.aliases.join(', ')}`, plural((entity.mentions ?? []).length, 'mention')]
      .filter(Boolean).join(' · '))));
  return make('section', { 'aria-label': 'People and organisations in this article' },
    make('h3', null, plural(entities.length, 'person or organisation', 'people and organisations')),
    entities.length ? make('ol', { class: 'plain-list' }, items) : null);
}
