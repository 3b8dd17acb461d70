// The overview: the numbers, the charts, and the graph of names that stand in the same articles. All drawings are SVG made here.

const BAR_ROWS = 13;
const GRAPH_NAMES = 20;
const DAY = 86_400_000;

function drawOverview(section) {
  section.append(make('h2', { class: 'unseen' }, 'Overview'), ...overviewNotes(), tiles());
  const spoken = QUOTES.filter((row) => row.quote.kind !== 'scare');
  const charts = make('div', { class: 'charts' });
  section.append(charts);
  charts.append(
    barChart('Quotes by speaker', 'No quotes with a named speaker.', nameBars(countBy(spoken, named)), 'quotes', unnamedNote(spoken)),
    timeChart(spoken),
    barChart('Verbs that bring a quote in', 'No quote has a verb such as “said”.',
      plainBars(countBy(spoken, (row) => (row.quote.cue_lemma === ':' ? 'a colon' : row.quote.cue_lemma)), 'verb'), 'quotes'),
    barChart('Figures by kind', 'No figures found.', plainBars(countBy(FIGURES, (row) => row.figure.kind), 'figure'), 'figures'),
    barChart('Organisations by mentions', 'No organisations found.',
      nameBars(new Map(namesOf('organisation').map((name) => [name, name.mentions]))), 'mentions'),
    coMentionGraph(),
  );
}

function overviewNotes() {
  const notes = [];
  const { totals, left_out: leftOut } = DATA;
  if (leftOut > 0) {
    notes.push(`${plural(leftOut, 'article is', 'articles are')} counted in the numbers below but left out of this page to keep it small. `
      + `Charts, lists and searches are of the ${number(ARTICLES.length)} that are here.`);
  }
  if (totals.errors > 0) notes.push(`${plural(totals.errors, 'record')} could not be read and ${totals.errors === 1 ? 'is' : 'are'} not shown.`);
  if (!totals.articles) notes.push('There are no articles in this report.');
  return notes.map((note) => make('p', { class: 'note', role: 'note' }, note));
}

function tiles() {
  const { totals } = DATA;
  const share = totals.quotes ? `${((100 * totals.attributed) / totals.quotes).toFixed(1)}%` : '–';
  const tile = (key, label, value, note) => make('div', { class: 'tile', 'data-total': key },
    make('dt', null, label), make('dd', null, value), note && make('dd', { class: 'quiet' }, note));
  return make('dl', { class: 'tiles' },
    tile('articles', 'Articles', number(totals.articles)),
    tile('words', 'Words', number(totals.words)),
    tile('people', 'People', number(totals.people)),
    tile('organisations', 'Organisations', number(totals.organisations)),
    tile('figures', 'Figures', number(totals.figures)),
    tile('quotes', 'Quotes', number(totals.quotes), `and ${plural(totals.scare, 'scare quote')}`),
    tile('attributed', 'With a speaker', share, `${number(totals.attributed)} of ${number(totals.quotes)} quotes`));
}

const namesOf = (type) => [...NAMES.values()].filter((name) => name.type === type);

const named = (row) => (row.name.type === 'group' ? null : row.name);

function unnamedNote(spoken) {
  const unnamed = spoken.filter((row) => row.name.key === UNNAMED).length;
  return unnamed ? `${plural(unnamed, 'more quote is', 'more quotes are')} of unnamed sources` : '';
}

function nameBars(counts) {
  const byName = [...counts].sort(([a, x], [b, y]) => y - x || compareText(a.name, b.name)).filter(([, count]) => count > 0);
  return { of: byName.length, rows: byName.slice(0, BAR_ROWS).map(([name, count]) => (
    { label: name.name, count, type: name.type, href: nameHref(name) })) };
}

function plainBars(counts, type) {
  return { of: counts.size, rows: largest(counts, BAR_ROWS).map(([label, count]) => ({ label, count, type })) };
}

/** A figure with its drawing, which is drawn again when the width changes, and the same numbers as a table. */
function chartFrame(title, note, describe, drawAt, table) {
  const plot = make('div', { class: 'plot' });
  const frame = make('figure', { class: 'chart' },
    make('figcaption', null, make('h3', null, title), note && make('p', { class: 'quiet note-line' }, note)), plot);
  if (!drawAt) return frame;
  let width = 0;
  new ResizeObserver(() => {
    const now = Math.floor(plot.clientWidth);
    if (now > 0 && now !== width) {
      width = now;
      const [height, shapes] = drawAt(width);
      plot.replaceChildren(shape('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': describe }, shapes));
    }
  }).observe(plot);
  if (table) frame.append(make('details', { class: 'as-table' }, make('summary', null, 'The same as a table'), table));
  return frame;
}

function smallTable(caption, headings, rows) {
  return make('table', null, make('caption', { class: 'unseen' }, caption),
    make('thead', null, make('tr', null, headings.map((heading) => make('th', { scope: 'col' }, heading)))),
    make('tbody', null, rows.map((cells) => make('tr', null, cells.map((cell) => make('td', null, cell))))));
}

/** How wide a label will be drawn, in pixels. */
function labelWidth(text) {
  labelWidth.pen ??= document.createElement('canvas').getContext('2d');
  labelWidth.pen.font = `13px ${getComputedStyle(document.body).fontFamily}`;
  return labelWidth.pen.measureText(text).width;
}

function fitLabel(text, width) {
  if (labelWidth(text) <= width) return text;
  let most = Math.min(text.length - 1, 200);
  while (most > 1 && labelWidth(`${text.slice(0, most)}…`) > width) most -= 1;
  if (text.codePointAt(most - 1) > 0xffff) most -= 1;
  return `${text.slice(0, most)}…`;
}

function barChart(title, empty, { of, rows }, unit, more = '') {
  if (!rows.length) return chartFrame(title, empty);
  const most = rows[0].count;
  const drawAt = (width) => {
    const labels = Math.min(190, width * 0.42);
    const room = width - labels - 60;
    const shapes = rows.map((row, index) => {
      const y = index * 26;
      const bar = shape('g', { class: `stripe ${row.type}` },
        shape('title', null, `${row.label}: ${number(row.count)}`),
        shape('text', { x: labels, y: y + 17, 'text-anchor': 'end' }, fitLabel(row.label, labels)),
        shape('rect', { x: labels + 8, y: y + 4, width: Math.max(2, (room * row.count) / most), height: 18, rx: 2 }),
        shape('text', { x: labels + 14 + Math.max(2, (room * row.count) / most), y: y + 17, class: 'count' }, number(row.count)));
      // A shortcut for the mouse; the table below has the same links for everybody.
      if (row.href) {
        bar.classList.add('leads');
        bar.addEventListener('click', () => { location.hash = row.href; });
      }
      return bar;
    });
    return [rows.length * 26, shapes];
  };
  const note = [of > rows.length && `the ${rows.length} with most, of ${number(of)}`, more].filter(Boolean).join('; ');
  const table = smallTable(title, ['', unit], rows.map((row) => [
    row.href ? make('a', { href: row.href }, typeSign(row.type), ' ', foreign(row.label)) : foreign(row.label), number(row.count)]));
  return chartFrame(title, note, `${title}. Most: ${rows[0].label}, ${number(most)}. A table follows.`, drawAt, table);
}

// ---- Quotes over time ----

/** Days, weeks, months or years: the finest that gives no more than sixty bars. */
function binDates(days) {
  const [first, last] = days.reduce(([low, high], day) => [Math.min(low, day), Math.max(high, day)], [Infinity, -Infinity]);
  const year = (day) => new Date(day * DAY).getUTCFullYear();
  const month = (day) => year(day) * 12 + new Date(day * DAY).getUTCMonth();
  const dayText = (day) => dateText(new Date(day * DAY).toISOString().slice(0, 10));
  const years = Math.ceil((year(last) - year(first) + 1) / 60);
  const units = [
    { unit: 'day', bin: (day) => day, label: dayText },
    // Day 0 was a Thursday: weeks begin on Mondays.
    { unit: 'week', bin: (day) => Math.floor((day + 3) / 7), label: (week) => `week of ${dayText(week * 7 - 3)}` },
    { unit: 'month', bin: month, label: (bin) => `${MONTHS[((bin % 12) + 12) % 12]} ${Math.floor(bin / 12)}` },
    { unit: years > 1 ? `${years} years` : 'year', bin: (day) => Math.floor(year(day) / years), label: (bin) => String(bin * years) },
  ];
  const { unit, bin, label } = units.find((one) => one.bin(last) - one.bin(first) < 60) ?? units.at(-1);
  const bins = [];
  for (let at = bin(first); at <= bin(last); at += 1) bins.push({ label: label(at), count: 0 });
  for (const day of days) bins[bin(day) - bin(first)].count += 1;
  return { unit, bins };
}

function timeChart(rows) {
  const title = 'Quotes over time';
  const days = rows.map((row) => Math.floor(Date.parse(row.article.date ?? '') / DAY)).filter(Number.isFinite);
  if (!days.length) return chartFrame(title, rows.length ? 'No article with a quote has a date.' : 'No quotes yet.');
  const { unit, bins } = binDates(days);
  const most = Math.max(...bins.map((bin) => bin.count));
  const drawAt = (width) => {
    const [left, top, floor] = [34, 10, 190];
    const slot = (width - left) / bins.length;
    const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000].find((size) => most / size <= 5) ?? most;
    const shapes = [];
    for (let count = 0; count <= most; count += step) {
      const y = floor - ((floor - top) * count) / most;
      shapes.push(shape('line', { x1: left, x2: width, y1: y, y2: y, class: 'grid' }),
        shape('text', { x: left - 6, y: y + 4, 'text-anchor': 'end', class: 'count' }, number(count)));
    }
    const every = Math.ceil(bins.length / Math.max(1, Math.floor((width - left) / 110)));
    bins.forEach((bin, index) => {
      const height = ((floor - top) * bin.count) / most;
      const x = left + index * slot;
      shapes.push(shape('rect', { x: x + slot * 0.12, y: floor - height, width: Math.max(1, Math.min(slot * 0.76, 40)), height, class: 'column' },
        shape('title', null, `${bin.label}: ${number(bin.count)}`)));
      if (index % every === 0) {
        shapes.push(shape('text', { x: x + slot * 0.12, y: floor + 18, class: 'count' }, fitLabel(bin.label.replace('week of ', ''), every * slot)));
      }
    });
    return [floor + 26, shapes];
  };
  const undated = rows.length - days.length;
  const note = `By ${unit} of the article${undated ? `; ${plural(undated, 'quote stands', 'quotes stand')} in articles without a date` : ''}`;
  const top = bins.find((bin) => bin.count === most);
  const table = smallTable(title, [unit, 'quotes'], bins.filter((bin) => bin.count).map((bin) => [bin.label, number(bin.count)]));
  return chartFrame(title, note, `${title}, by ${unit}. Most: ${top.label}, ${number(most)}. A table follows.`, drawAt, table);
}

// ---- Who stands in the same articles ----

function coMentionGraph() {
  const title = 'Named in the same articles';
  const top = [...namesOf('person'), ...namesOf('organisation')]
    .map((name) => ({ name, company: name.articles.reduce((sum, article) => sum + article.entities.length - 1, 0) }))
    .filter(({ company }) => company > 0)
    .sort((a, b) => b.name.articles.length - a.name.articles.length || b.company - a.company || b.name.mentions - a.name.mentions
      || compareText(a.name.key, b.name.key))
    .slice(0, GRAPH_NAMES).map(({ name }) => name);
  const edges = [];
  top.forEach((a, index) => {
    const articles = new Set(a.articles);
    for (const b of top.slice(index + 1)) {
      const count = b.articles.filter((article) => articles.has(article)).length;
      if (count) edges.push({ a, b, count });
    }
  });
  if (!edges.length) return chartFrame(title, 'No two of the names stand in one article.');
  edges.sort((x, y) => y.count - x.count || compareText(x.a.name, y.a.name) || compareText(x.b.name, y.b.name));
  const circle = inCircle(top, edges);
  const list = smallTable(title, ['names', 'articles'], edges.slice(0, 60).map(({ a, b, count }) => [
    make('span', null, make('a', { href: nameHref(a) }, foreign(a.name)), ' and ', make('a', { href: nameHref(b) }, foreign(b.name))), number(count)]));
  const [first] = edges;
  return chartFrame(title, `The ${top.length} names in most articles; a line joins two that stand in one article, thicker for more`,
    `${title}: ${plural(edges.length, 'pair')} of ${top.length} names. Most together: ${first.a.name} and ${first.b.name}, `
    + `${plural(first.count, 'article')}. A table follows.`, (width) => drawGraph(width, circle, edges), list);
}

/** An order round the circle that puts names beside those they stand with. */
function inCircle(names, edges) {
  const left = new Set(names);
  const circle = [];
  const pull = (name) => edges.reduce((sum, { a, b, count }) => {
    const other = a === name ? b : b === name ? a : null;
    const near = other ? circle.lastIndexOf(other) : -1;
    return near < 0 ? sum : sum + count / (circle.length - near);
  }, 0);
  while (left.size) {
    // `names` comes in order of rank, and a tie keeps it: the same data gives the same circle.
    const next = [...left].reduce((best, name) => (pull(name) > pull(best) ? name : best));
    circle.push(next);
    left.delete(next);
  }
  return circle;
}

/** An ellipse: its height, and so the room for one label above the next, does not depend on how narrow the screen is. */
function drawGraph(width, circle, edges) {
  const height = Math.max(200, circle.length * 24);
  const labels = Math.min(width * 0.3, Math.max(...circle.map((name) => labelWidth(name.name) + 1)));
  const [middleX, middleY, radiusX, radiusY] = [width / 2, height / 2, Math.max(30, width / 2 - labels - 14), height / 2 - 14];
  const place = new Map(circle.map((name, index) => {
    const angle = ((index + 0.5) / circle.length) * 2 * Math.PI - Math.PI / 2;
    return [name, { angle, x: middleX + radiusX * Math.cos(angle), y: middleY + radiusY * Math.sin(angle), right: Math.cos(angle) >= 0 }];
  }));
  const mostShared = edges[0].count;
  const mostArticles = Math.max(...circle.map((name) => name.articles.length));
  const drawn = new Map(circle.map((name) => [name, []]));
  const lines = edges.map(({ a, b, count }) => {
    const [from, to] = [place.get(a), place.get(b)];
    // Lines between neighbours stay near the rim, those across come near the middle.
    const apart = Math.abs(Math.sin((from.angle - to.angle) / 2));
    const bend = (one, other, middle) => middle + ((one + other) / 2 - middle) * (1 - 0.6 * apart);
    const path = `M${from.x} ${from.y}Q${bend(from.x, to.x, middleX)} ${bend(from.y, to.y, middleY)} ${to.x} ${to.y}`;
    const line = shape('path', { d: path, class: 'edge', 'stroke-width': 1 + (4 * (count - 1)) / Math.max(1, mostShared - 1) },
      shape('title', null, `${a.name} and ${b.name}: ${plural(count, 'article')}`));
    drawn.get(a).push(line);
    drawn.get(b).push(line);
    return line;
  });
  const group = shape('g', { class: 'graph' }, lines);
  for (const name of circle) {
    const { x, y, right } = place.get(name);
    const size = 4 + 4 * Math.sqrt(name.articles.length / mostArticles);
    const node = shape('g', { class: `node leads ${name.type}` },
      shape('title', null, `${name.name}: ${plural(name.articles.length, 'article')}`),
      name.type === 'person' ? shape('circle', { cx: x, cy: y, r: size })
        : shape('rect', { x: x - size, y: y - size, width: 2 * size, height: 2 * size }),
      shape('text', { x: right ? x + 13 : x - 13, y: y + 4, 'text-anchor': right ? 'start' : 'end' }, fitLabel(name.name, labels)));
    const show = (on) => {
      group.classList.toggle('chosen', on);
      for (const line of drawn.get(name)) line.classList.toggle('chosen', on);
    };
    node.addEventListener('mouseenter', () => show(true));
    node.addEventListener('mouseleave', () => show(false));
    node.addEventListener('click', () => { location.hash = nameHref(name); });
    group.append(node);
  }
  return [height, [group]];
}
