// The marks in an article's text: which there are, how they nest in its paragraphs, and the lines from quotes to their speakers.

/** All that is marked, by id: quotes first, since names and figures stand inside them. A mark may be of several spans. */
function marksOf(article) {
  const marks = new Map();
  const add = (id, layer, rank, span, more) => {
    if (!marks.has(id)) marks.set(id, { id, layer, rank, spans: [], elements: [], ...more });
    marks.get(id).spans.push(span);
  };
  const mentionAt = new Map();
  for (const quote of article.quotes ?? []) {
    for (const part of quote.parts ?? []) add(quote.id, quote.kind, 0, part, { quote, low: isLow(quote.confidence) && quote.kind !== 'scare' });
  }
  (article.entities ?? []).forEach((entity) => (entity.mentions ?? []).forEach(([start, end, kind, confidence], index) => {
    add(`${entity.id}.${index}`, entity.type, 2, [start, end], { entity, mention: { kind, confidence }, low: isLow(confidence) });
    mentionAt.set(`${start}-${end}`, `${entity.id}.${index}`);
  }));
  (article.figures ?? []).forEach((figure, index) => add(`f${index}`, 'figure', 3, [figure.start, figure.end], { figure }));
  for (const quote of article.quotes ?? []) {
    if (quote.cue) add(`cue ${quote.cue.join('-')}`, 'cue', 4, quote.cue, { quote });
    if (quote.mention) {
      const place = quote.mention.join('-');
      if (!mentionAt.has(place)) {
        mentionAt.set(place, `speaker ${place}`);
        add(`speaker ${place}`, 'speaker', 1, quote.mention, { quote });
      }
      if (marks.has(quote.id)) marks.get(quote.id).speaker = mentionAt.get(place);
    }
    if (quote.cue && marks.has(quote.id)) marks.get(quote.id).cue = `cue ${quote.cue.join('-')}`;
  }
  return marks;
}

/** Where the text breaks: at empty lines, and at the ends of lines that are not the wrapping of a longer paragraph. */
function paragraphsOf(article) {
  const { text } = article;
  if (!text) return [];
  const ends = [...text.matchAll(/\r\n|[\n\r\u2028\u2029\u0085]/g)].map((found) => [found.index, found.index + found[0].length]);
  const lines = [...ends, [text.length, text.length]].map(([end, next], index, all) => ({ start: index ? all[index - 1][1] : 0, end, next }));
  // A sentence that goes on after a line's end tells that the lines are wrapped.
  const sentences = article.sentences ?? [];
  let at = 0;
  const goesOn = (end) => {
    while (at < sentences.length && sentences[at][1] <= end) at += 1;
    return at < sentences.length && sentences[at][0] < end;
  };
  for (const line of lines) line.goesOn = goesOn(line.end);
  const wrapped = lines.filter((line) => line.goesOn).length > 1;
  const full = lines.reduce((most, line) => Math.max(most, line.end - line.start), 0) * 0.7;
  const paragraphs = [];
  let from = 0;
  const isEmpty = (line) => !line || !text.slice(line.start, line.end).trim();
  lines.forEach((line, index) => {
    const next = lines[index + 1];
    const joined = next && !isEmpty(next) && !isEmpty(line) && (line.goesOn || (wrapped && line.end - line.start > full));
    if (joined) return;
    const piece = text.slice(from, line.end);
    const start = from + piece.length - piece.trimStart().length;
    if (piece.trim()) {
      const span = [start, start + piece.trim().length];
      paragraphs.push({ span, kind: span[1] - span[0] < 60 && !isEmpty(next) ? 'line' : 'paragraph' });
    }
    from = line.next;
  });
  return paragraphs;
}

/** One paragraph; a mark that runs over its end or crosses another is drawn in pieces. */
function drawParagraph(article, { span, kind }, marks) {
  const queue = [];
  for (const mark of marks.values()) {
    for (const [start, end] of mark.spans) {
      const piece = { mark, start: Math.max(start, span[0]), end: Math.min(end, span[1]) };
      if (piece.start < piece.end) queue.push(piece);
    }
  }
  const inOrder = (a, b) => a.start - b.start || b.end - a.end || a.mark.rank - b.mark.rank;
  queue.sort(inOrder);
  const paragraph = make('p', { class: kind });
  const stack = [{ element: paragraph, end: span[1] }];
  let at = span[0];
  const write = (until) => {
    if (until > at) stack.at(-1).element.append(article.text.slice(at, until));
    at = Math.max(at, until);
  };
  while (queue.length) {
    const piece = queue.shift();
    while (piece.start >= stack.at(-1).end) {
      write(stack.at(-1).end);
      stack.pop();
    }
    const outer = stack.at(-1);
    if (piece.end > outer.end) {
      queue.push({ ...piece, start: outer.end });
      queue.sort(inOrder);
      piece.end = outer.end;
    }
    write(piece.start);
    const element = drawMark(piece);
    outer.element.append(element);
    stack.push({ element, end: piece.end });
  }
  while (stack.length) {
    write(stack.at(-1).end);
    stack.pop();
  }
  return paragraph;
}

function drawMark({ mark, start, end }) {
  const first = mark.elements.length === 0;
  const offsets = { 'data-mark': mark.id, 'data-start': start, 'data-end': end };
  const isQuote = mark.rank === 0;
  const inPassing = mark.mention && mark.mention.kind !== 'name' && mark.mention.kind !== 'alias' && 'passing';
  const classes = [isQuote ? 'quote' : 'thing', mark.layer, inPassing, mark.low && 'low'].filter(Boolean).join(' ');
  const label = isQuote && first ? `${mark.layer === 'scare' ? 'scare' : mark.quote.id}${mark.layer === 'mixed' ? ' mixed' : ''}` : null;
  // A mark is one stop of the Tab key, though it may be drawn in pieces.
  const element = mark.layer === 'cue' ? make('u', { class: 'cue', ...offsets })
    : make('mark', { class: classes, tabindex: first ? '0' : null, 'data-label': label, ...offsets });
  mark.elements.push(element);
  return element;
}

// ---- Lines from quotes to their speakers ----

function drawLines() {
  if (!reading) return;
  const chosen = reading.hovered ?? reading.chosen;
  const quotes = reading.allLines ? [...reading.marks.values()].filter((mark) => mark.speaker) : [];
  if (chosen?.speaker && !quotes.includes(chosen)) quotes.push(chosen);
  const origin = reading.text.getBoundingClientRect();
  const boxes = (mark) => mark.elements.filter((element) => !element.classList.contains('off')).flatMap((element) => [...element.getClientRects()])
    .map((box) => ({ left: box.left - origin.left, right: box.right - origin.left, top: box.top - origin.top, bottom: box.bottom - origin.top }));
  reading.lines.replaceChildren(...quotes.flatMap((mark) => {
    const line = shortestLine(boxes(mark), boxes(reading.marks.get(mark.speaker)));
    const strong = mark === chosen ? ' strong' : '';
    return line ? [shape('path', { d: line.path, class: `line ${mark.layer}${strong}` }),
      shape('circle', { cx: line.x, cy: line.y, r: strong ? 4 : 3, class: `end ${mark.layer}${strong}` })] : [];
  }));
}

/** From the line of the quote that is nearest to the mention: below both if they stand in one line, else from edge to edge. */
function shortestLine(quoteBoxes, mentionBoxes) {
  let best = null;
  for (const a of quoteBoxes) {
    for (const b of mentionBoxes) {
      const across = Math.max(0, b.left - a.right, a.left - b.right);
      const down = Math.max(0, b.top - a.bottom, a.top - b.bottom);
      if (!best || across + 2 * down < best.far) best = { a, b, far: across + 2 * down };
    }
  }
  if (!best) return null;
  const { a, b } = best;
  const middle = (b.left + b.right) / 2;
  if (Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4) {
    const y = Math.max(a.bottom, b.bottom) + 1;
    const from = middle > a.right ? a.right - 6 : middle < a.left ? a.left + 6 : middle;
    return { path: `M${from} ${y}C${from} ${y + 12} ${middle} ${y + 12} ${middle} ${y}`, x: middle, y };
  }
  const below = b.top >= a.bottom - 4;
  const [fromY, toY] = below ? [a.bottom, b.top] : [a.top, b.bottom];
  const fromX = Math.min(Math.max(middle, a.left + 6), Math.max(a.left + 6, a.right - 6));
  const bend = (toY - fromY) / 2;
  return { path: `M${fromX} ${fromY}C${fromX} ${fromY + bend} ${middle} ${toY - bend} ${middle} ${toY}`, x: middle, y: toY };
}
