// The headings above it, the nearest first: of two rows that say the same, they tell which is which. Not the page's own.
const HEADING = 'h2, h3, h4, h5, h6, legend, caption, [role=heading]:not(h1)';
const headed = new Map();
const isHead = (child, next) => matches(child, 'header, hgroup')
  || !child.previousElementSibling && next && (next.localName !== child.localName || next.className !== child.className);
const headChildren = parent => {  // all at once, because long lists are long
  let open = [];
  for (const child of parent ? childrenOf(parent) : []) {
    headed.set(child, open);
    const found = matches(child, HEADING) ? child
      : isHead(child, child.nextElementSibling) ? child.querySelector(HEADING) : null;
    const said = found?.checkVisibility() ? brief(contentOf(found, true), 80) : '', rank = +found?.localName[1] || 7;
    if (said) open = [{said, rank}, ...open.filter(other => other.rank < rank)];
  }
};
const headingsOf = element => {
  const found = new Set();
  let levels = 0;
  for (let at = element; at && at !== document.body && found.size < 4 && levels < 30; at = parentOf(at), levels++) {
    const label = levels ? namedBy(at) || brief(attribute(at, 'aria-label'), 80) : '';
    if (label) found.add(label);
    if (!headed.has(at)) headChildren(at.parentNode);
    for (const {said} of headed.get(at) ?? []) found.add(said);
  }
  return [...found].slice(0, 4);
};
