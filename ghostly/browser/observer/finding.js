// A selector for each control that matches nothing else now: by id, test id, role and name, or place.
const TEST_IDS = ['data-qa', 'data-cy', 'data-test', 'data-test-id', 'data-testid'];  // the last wins
const MADE_UP = /^:|:$|^(radix|mui|headlessui|ember|react-select|ext-gen|yui|gwt-uid)|[0-9a-f]{8}|\d{4}/i;
const roots = [], counts = new Map(), tested = new Map();
const count = key => counts.set(key, (counts.get(key) ?? 0) + 1);
const quoted = text => `"${text.replace(/[\\"]/g, '\\$&')}"`;

const gather = root => {  // in the order in which Playwright looks through shadow roots
  roots.push(root);
  for (const element of root.querySelectorAll('[id]')) count(`#${attribute(element, 'id')}`);
  for (const element of root.querySelectorAll(TEST_IDS.map(key => `[${key}]`).join()))
    for (const key of TEST_IDS) if (has(element, key)) {
      count(`${key}=${attribute(element, key)}`);
      tested.set(element, key);
    }
  for (const label of root.querySelectorAll('label'))
    if (label.control) labels.set(label.control, [...labels.get(label.control) ?? [], label]);
  for (const element of root.querySelectorAll('*')) if (element.shadowRoot) gather(element.shadowRoot);
};

const byId = (element, stable) => {
  const id = attribute(element, 'id');
  const fits = id && id.length <= 100 && (!stable || !MADE_UP.test(id)) && counts.get(`#${id}`) === 1;
  return fits ? `#${CSS.escape(id)}` : '';
};

const byTestId = element => {
  const key = tested.get(element), value = key && attribute(element, key);
  const fits = value && value.length <= 100 && !/[\n\r\f]/.test(value) && counts.get(`${key}=${value}`) === 1;
  return fits ? `[${key}=${quoted(value)}]` : '';
};

// A form gives its fields away under their names, and one may be called children.
const childrenOf = parent => parent.localName === 'form' ? parent.querySelectorAll(':scope > *') : parent.children;
const places = new Map();
const place = element => {  // of a parent's children all at once, because long lists are long
  if (!places.has(element)) {
    const numbers = {__proto__: null};
    for (const child of element.parentNode ? childrenOf(element.parentNode) : [element])
      places.set(child, numbers[child.localName] = (numbers[child.localName] ?? 0) + 1);
  }
  return places.get(element) ?? 1;
};

const parentOf = element => element.parentElement ?? element.getRootNode().host;

const byPlace = element => {
  const steps = [];
  let anchor = '', doubtful = false;
  for (let node = element; node && !anchor; node = parentOf(node)) {
    anchor = node.localName === 'body' || node === document.documentElement ? node.localName : '';
    if (node !== element) anchor ||= byId(node, true) || byTestId(node);
    if (anchor) { steps.push({selector: anchor, node}); break }
    steps.push({selector: `${CSS.escape(node.localName)}:nth-of-type(${place(node)})`, node});
    doubtful ||= !node.parentElement && !!node.getRootNode().host?.childElementCount;
  }
  const path = steps.reverse().map(step => step.selector).join(' > ');
  return doubtful ? among(path, steps, element) : path;
};

// Playwright goes from a host to its shadow and to its own children alike.
const among = (path, steps, element) => {
  let found = [steps[0].node];
  for (const {node} of steps.slice(1))
    found = found.flatMap(parent => [...childrenOf(parent), ...parent.shadowRoot?.children ?? []])
      .filter(child => child.localName === node.localName && place(child) === place(node));
  const turn = each => roots.indexOf(each.getRootNode());
  found.sort((a, b) => turn(a) - turn(b));
  return found.length > 1 ? `${path} >> nth=${found.indexOf(element)}` : path;
};

// Playwright computes names too, from more than we do. Where they could differ, the place is safer.
const APART = 'input, select, textarea, iframe, svg, [aria-labelledby], [title]';
const isPlain = (element, field) => {
  const parts = [element, ...element.querySelectorAll('*')];
  return parts.length <= 8 && parts.every(part => !part.shadowRoot && part.localName !== 'slot'
    && ['::before', '::after'].every(which => /^(none|normal)$/.test(getComputedStyle(part, which).content))
    && (part === element || part === field || !part.matches(APART)));
};

const isSurelyNamed = (element, name) => {
  if (has(element, 'aria-labelledby') || element.localName === 'summary') return false;
  if (attribute(element, 'aria-label').trim()) return true;
  if (/^(select|textarea)$/.test(element.localName) || element.matches('input'))
    return labels.get(element)?.length === 1 && isPlain(labels.get(element)[0], element);
  const content = FROM_CONTENT.test(roleOf(element)) ? contentOf(element, true) : '';
  return !editable(element) && (!/\S/.test(content) || brief(content) === name) && isPlain(element);
};

const ROLES = /^(button|link|checkbox|radio|tab|textbox|searchbox|combobox|switch|menuitem|spinbutton|slider)$/;
const byRole = (element, role, name) =>
  ROLES.test(role) && name && name.length <= 80 && !/[^\x20-\uffff]/.test(name) && isSurelyNamed(element, name)
    ? `role=${role}[name=${quoted(name)}]` : '';
