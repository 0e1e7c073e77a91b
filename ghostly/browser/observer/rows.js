// The row that a control lies in: the nearest place that says something of its own, while places of the same make
// beside it hold controls that are called the same. Whatever its tag: people lay out rows of anything.
const holding = new Map();  // a place → how many controls of each make it holds
const makeOf = ({role, name}) => `${role} ${name.toLowerCase()}`;
const MOST_LEVELS = 10, MOST_BESIDE = 8, MOST_SAID = 12;
const MOST_MS = 300;  // a look has its time; what lies in no row then is held to its place alone
let inTime = Infinity;
const holdAll = every => {
  inTime = performance.now() + MOST_MS;
  const alike = new Map();
  for (const each of every) alike.set(makeOf(each), (alike.get(makeOf(each)) ?? 0) + 1);
  for (const each of every) {
    const key = makeOf(each);
    if (alike.get(key) < 2) continue;
    for (let at = parentOf(each.element), levels = 0; at && levels < MOST_LEVELS; at = parentOf(at), levels++) {
      if (!holding.has(at)) holding.set(at, new Map());
      holding.get(at).set(key, (holding.get(at).get(key) ?? 0) + 1);
    }
  }
};

// As Playwright reads a text: what stands between two elements is one, however many nodes it is made of. Of a
// place that holds ten thousand only the first are looked at.
const saying = new Map();
const saidIn = place => {
  if (saying.has(place)) return saying.get(place);
  const found = new Set(), stack = [{kids: kidsOf(place), at: 0}];
  for (let steps = 0; stack.length && found.size < MOST_SAID && steps < 200; steps++) {
    const top = stack.at(-1), kid = top.kids[top.at++];
    if (!kid) { stack.pop(); continue }
    if (kid.nodeType === 3) {
      let text = kid.data;
      for (let next; /^[38]$/.test((next = top.kids[top.at])?.nodeType); top.at++)
        if (next.nodeType === 3) text += next.data;
      const said = /\S/.test(text) ? brief(text, 80) : '';
      if (said && kid.parentElement?.checkVisibility() !== false) found.add(said);
    } else if (kid.nodeType === 1 && !NONE.test(kid.localName) && !/^(select|option|textarea)$/.test(kid.localName))
      stack.push({kids: kidsOf(kid), at: 0});
  }
  saying.set(place, [...found]);
  return saying.get(place);
};

const besidesOf = (at, key, held) => {
  const isLike = count => held === 1 || key.endsWith(' ') ? count > 0 : count === held;
  const found = [];
  for (const way of ['previousElementSibling', 'nextElementSibling'])
    for (let other = at[way], steps = 0; other && steps < MOST_BESIDE; other = other[way], steps++)
      if (other.localName === at.localName && isLike(holding.get(other)?.get(key))) { found.push(other); break }
  return found;
};
const rowOf = ({element, ...about}) => {
  const key = makeOf(about);
  for (let at = parentOf(element); at && at !== document.body; at = parentOf(at)) {
    const held = holding.get(at)?.get(key);
    if (!held) return null;
    const others = besidesOf(at, key, held);
    const tells = said => others.every(other => !saidIn(other).includes(said));
    if (others.length && saidIn(at).some(tells)) return at;
  }
  return null;
};
const rowFor = control => {
  const row = performance.now() < inTime ? rowOf(control) : null;
  return row ? {row: saidIn(row), row_selector: selectorOf(row)} : {};
};
