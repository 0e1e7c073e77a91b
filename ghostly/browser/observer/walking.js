// One way through all that is displayed: the tree, the controls, the dialogs. Without recursion: pages are deep.
const NONE = /^(script|style|noscript|template|head|title|link|meta|object|video|audio|canvas|param|source)$/;
const USABLE = new RegExp('^(button|link|checkbox|radio|switch|tab|menuitem|menuitemcheckbox|menuitemradio|option'
  + '|treeitem|combobox|listbox|textbox|searchbox|slider|spinbutton)$');
const PLAIN = /^(paragraph|list|listitem|group|term|definition|blockquote)$/;
const HOLDING = /^(input|select|textarea)$/;
const DIALOG = 'dialog[open], [role=dialog], [role=alertdialog], [aria-modal=true]';
const ALERT = '[role=alert], [aria-live=assertive]';
const controls = [], frames = [], described = new Set(), roleNames = new Map();
let made = 0, cut = false, end = Infinity;

const everywhere = selector => roots.flatMap(root => [...root.querySelectorAll(selector)]);
const isDisplayed = element => {
  const {width, height} = element.getBoundingClientRect();
  return width > 0 && height > 0 && element.checkVisibility({checkOpacity: true, checkVisibilityCSS: true});
};
const within = (element, ancestors) => {
  for (let node = element; node; node = node.assignedSlot ?? parentOf(node)) if (ancestors.has(node)) return true;
  return false;
};

// What is fixed over the middle of the page, and has something beneath it, is a dialog even if nobody says so.
const overlay = () => {
  let top = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
  while (top && !(getComputedStyle(top).position === 'fixed' && top.textContent.trim())) top = parentOf(top);
  const parts = [.1, .3, .5, .7, .9];
  const covers = (right, down) => {
    const there = document.elementsFromPoint(innerWidth * right, innerHeight * down);
    return there.includes(top) && there.slice(there.indexOf(top))
      .some(other => !top.contains(other) && !other.contains(top) && other.textContent.trim());
  };
  return top && parts.some(right => parts.some(down => covers(right, down))) ? [top] : [];
};

const stateOf = (element, role) => {
  const is = key => attribute(element, `aria-${key}`);
  const box = /^(checkbox|radio)$/.test(element.type) && element.localName === 'input';
  const checkable = box || /^(checkbox|radio|switch|menuitemcheckbox|menuitemradio)$/.test(role);
  return {
    checked: checkable ? (box ? element.checked : is('checked') === 'true') : null,
    enabled: !matches(element, ':disabled') && !(disabled.size && within(element, disabled)),
    selected: is('selected') === 'true', pressed: is('pressed') === 'true', expanded: is('expanded'),
    level: role === 'heading' ? +(is('level') || element.localName[1]) || 2 : 0,
  };
};

const valueOf = element => {
  if (!HOLDING.test(element.localName) || isSecret(element)) return '';
  if (element.localName === 'select') return brief([...element.selectedOptions].map(each => each.label).join(', '));
  if (element.type === 'file') return brief([...element.files].map(file => file.name).join(', '));
  return /^(checkbox|radio|submit|button|reset|image|hidden)$/.test(element.type) ? '' : brief(element.value, 500);
};

// Why the page does not take what a field holds: the browser kept the form from being sent, and went to its first field
// that is wrong; or the page itself says so. What is merely empty on a form that nobody has sent is not refused.
const TELLS_WHO_TRIED = CSS.supports('selector(:user-invalid)');
const isWrong = field => TELLS_WHO_TRIED && HOLDING.test(field?.localName) && field.matches(':user-invalid');
const isInUse = field => !!field.form && field.getRootNode().activeElement?.form === field.form;
const isKept = field => isWrong(field) && isInUse(field) && !has(field.form, 'novalidate')
  && isWrong(field.getRootNode().activeElement);
const wordsOf = (element, key) => {
  const ids = attribute(element, key).split(/\s+/).filter(Boolean).slice(0, 5);
  const told = ids.map(id => element.getRootNode().getElementById?.(id)).filter(other => other && isDisplayed(other));
  return brief(told.map(other => contentOf(other, true)).join(' '));
};
// Of an address the browser quotes a part at times: half a secret could no longer be found.
const ownWords = field => {
  const said = field.validationMessage, parts = field.value.includes('@') ? field.value.split('@') : [];
  return brief(said.includes(field.value) ? said : parts.filter(part => part.length > 3)
    .reduce((told, part) => told.replaceAll(part, '…'), said));
};
// What the page says beside a field that it marks and ties nothing to: in what holds this field alone.
const SAYS_NO = ['[role=alert]', 'mat-error',
  ...['err', 'invalid', 'danger', 'feedback', 'message', 'help', 'hint'].map(part => `[class*=${part} i]`)].join();
const FIELD = 'input:not([type=hidden]), select, textarea';
const besides = element => {
  for (let at = parentOf(element), levels = 0; at && levels < 4 && at.querySelectorAll(FIELD).length < 2; levels++) {
    const told = [...at.querySelectorAll(SAYS_NO)].filter(each => !each.contains(element) && isDisplayed(each));
    const said = brief(told.map(each => contentOf(each, true)).find(Boolean) ?? '', 300);
    if (said) return said;
    at = parentOf(at);
  }
  return '';
};
const refusalOf = element => {
  const kept = isKept(element);
  if (!kept && !/^(true|grammar|spelling)$/.test(attribute(element, 'aria-invalid'))) return {invalid: '', lacking: false};
  const said = wordsOf(element, 'aria-errormessage') || wordsOf(element, 'aria-describedby');
  const own = HOLDING.test(element.localName) ? ownWords(element) : '';
  const empty = HOLDING.test(element.localName) && (element.validity.valueMissing || element.value === '');
  return {invalid: (kept ? own || said : said || own) || besides(element) || 'invalid', lacking: empty && isInUse(element)};
};

// The texts that stand nearest in the tree: beside it, or beside what it lies in. A row's button is known by its row,
// and not by the row's other buttons alone, nor by links as "Permalink": each row has those.
const BUTTON = 'button, summary, [role=button]';
let linked = null;
const isOnManyLinks = said => {
  if (!linked) {
    linked = new Map();
    for (const link of everywhere('a[href]').slice(0, 5_000)) {
      const text = brief(link.textContent, 80);
      linked.set(text, (linked.get(text) ?? 0) + 1);
    }
  }
  return linked.get(said) > 1;
};
const isTelling = (parent, said) => !parent.closest(BUTTON) && !(parent.closest('a[href]') && isOnManyLinks(said));
const neighboursOf = (element, name) => {
  const found = new Set();
  let telling = false;
  const take = node => {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    for (let text = node.nodeType === 3 ? node : walker.nextNode(), steps = 0; text && steps < 20; steps++) {
      const parent = text.parentElement, said = /\S/.test(text.data) ? brief(text.data, 80) : '';
      const silent = !parent || NONE.test(parent.localName) || /^(option|textarea)$/.test(parent.localName);
      if (said && said !== name && !silent && parent.checkVisibility()) {
        found.add(said);
        telling ||= isTelling(parent, said);
      }
      if (found.size >= 6) return;
      text = walker.nextNode();
    }
  };
  const enough = () => found.size >= 6 || found.size >= 2 && telling;
  for (let at = element, levels = 0; at && at !== document.body && !enough() && levels < 12; levels++) {
    let before = at.previousSibling, after = at.nextSibling;
    for (let steps = 0; (before || after) && found.size < 6 && steps < 12; steps++) {
      if (before) take(before);
      if (after && found.size < 6) take(after);
      before = before?.previousSibling; after = after?.nextSibling;
    }
    at = parentOf(at);
  }
  return [...found];
};

const pathOf = element => {
  const tags = [];
  for (let node = element; node && tags.length < 30; node = parentOf(node)) tags.push(node.localName);
  return tags.reverse().join('/');
};

const boxOf = element => {
  const box = element.getBoundingClientRect(), round = number => Math.round(number * 10) / 10;
  const [right, down] = asked.framed ? [0, 0] : [scrollX, scrollY];
  return {x: round(box.x + right), y: round(box.y + down), width: round(box.width), height: round(box.height)};
};

const describe = (element, role, about) => {
  const tag = element.localName, own = (key, most) => brief(attribute(element, key), most), box = boxOf(element);
  const name = about.name ?? nameOf(element, role), state = about.state ?? stateOf(element, role);
  const options = tag === 'select' ? element.options : element.list?.options ?? [];
  const text = HOLDING.test(tag) || tag === 'iframe' ? '' : brief(contentOf(element, false));
  const test = tested.get(element);
  if (role && name && !about.hidden) count(`${role} ${name.toLowerCase()}`);
  return {
    role: role || 'generic', name: name || (role ? '' : text || leadOf(element)), tag,
    type: HOLDING.test(tag) ? element.type : own('type'),
    id: own('id'), name_attribute: own('name'), test_id: test ? own(test) : '', classes: own('class', 300),
    label: labelsOf(element), placeholder: own('placeholder'), title: own('title'), alt: own('alt'),
    href: own('href', 500), text, value: valueOf(element), checked: state.checked, enabled: state.enabled,
    options: [...options].slice(0, 50).map(option => brief(option.label || option.value, 100)).filter(Boolean),
    visible: box.width > 0 && box.height > 0 && getComputedStyle(element).visibility === 'visible',
    in_dialog: about.dialog, path: pathOf(element), neighbours: neighboursOf(element, name),
    headings: headingsOf(element), box,
    ...refusalOf(element),
    element, hidden: about.hidden,
  };
};

const withSelector = ({element, hidden, ...control}) => {
  const {role, name, visible} = control, alone = counts.get(`${role} ${name.toLowerCase()}`) === 1;
  const named = alone && visible && !hidden && !cut ? byRole(element, role, name) : '';
  const sure = byId(element, true) || byTestId(element) || named;
  return {...control, selector: sure || byId(element) || byPlace(element), ...rowFor({element, role, name})};
};

// In a grid the keyboard goes to one cell at a time, and a column can be sorted by what says how it is.
const OF_GRID = /^(columnheader|rowheader|gridcell)$/;
const isUsable = (element, tag, role, clickable) => clickable || USABLE.test(role) && tag !== 'option'
  || OF_GRID.test(role) && (has(element, 'tabindex') || has(element, 'aria-sort'))
  || has(element, 'onclick') || attribute(element, 'tabindex') >= '0' || editable(element);

const labelFor = (role, name, state) => [
  role, name && quoted(name), state.checked && '[checked]', !state.enabled && '[disabled]',
  state.expanded === 'true' && '[expanded]', state.selected && '[selected]', state.pressed && '[pressed]',
  state.level && `[level=${state.level}]`].filter(Boolean).join(' ');

const grow = (tree, node) => {
  if (!tree || made >= 2 * asked.nodes) return null;  // a text may share its parent's line
  made++;
  tree.kids.push(node);
  return node;
};

const say = (tree, text) => {
  const last = tree?.kids.at(-1);
  if (last?.text !== undefined) last.text += last.text.length < 5000 ? text : '';
  else if (tree && /\S/.test(text)) grow(tree, {text});
};

const enter = (element, state) => {
  const tag = element.localName;
  if (NONE.test(tag) || skipped.has(element)) return null;
  const style = getComputedStyle(element);
  if (style.display === 'none') return null;
  const role = roleOf(element, tag), shown = style.visibility === 'visible', pointer = style.cursor === 'pointer';
  const hidden = state.hidden || attribute(element, 'aria-hidden') === 'true';
  const below = {...state, hidden, shown, pointer};
  const clickable = pointer && !state.pointer && !state.control && tag !== 'label' && tag !== 'option';
  const usable = shown && isUsable(element, tag, role, clickable);
  if (!usable && !role) {
    below.quiet ||= tag === 'label' && !!element.control;
    if (!style.display.startsWith('inline')) say(state.tree, ' ');
    return below;
  }
  const about = {name: nameOf(element, role), state: stateOf(element, role), hidden, dialog: state.dialog};
  below.control ||= usable;
  if (usable && controls.length < asked.controls) {
    described.add(element);
    controls.push(describe(element, role, about));
  }
  const repeats = state.quiet && !about.name && PLAIN.test(role);  // the name above says it already
  if (role && shown && !hidden && !repeats) {
    const node = grow(state.tree, {label: labelFor(role, role === 'row' ? '' : about.name, about.state), kids: []});
    below.tree = node;
    below.quiet = state.quiet || FROM_CONTENT.test(role) && !!about.name;
    if (node && valueOf(element)) node.kids.push({text: valueOf(element)});
    if (/^i?frame$/.test(tag) && isDisplayed(element)) frames.push({element, node});
  }
  return below;
};

const hasKids = element => !HOLDING.test(element.localName) && !/^i?frame$/.test(element.localName)
  && (element.localName !== 'svg' || element.querySelector('a, [role], [tabindex], [onclick]'));

const visit = (start, begin) => {
  const stack = [[start, begin]];
  for (let steps = 1; stack.length; steps++) {
    if (steps % 64 === 0 && performance.now() > end) { cut = true; return }
    const [node, state] = stack.pop();
    if (node.nodeType === 3 && state.shown && !state.hidden && !state.quiet) say(state.tree, node.data);
    if (node.nodeType !== 1) continue;
    const below = enter(node, state);
    if (!below || !hasKids(node)) continue;
    const kids = kidsOf(node);
    for (let i = kids.length; i--;) stack.push([kids[i], below]);
  }
};

const linesOf = root => {
  const lines = [], stack = root.kids.map(kid => [kid, 0]).reverse();
  while (stack.length && lines.length < asked.nodes) {
    const [node, depth] = stack.pop(), indent = '  '.repeat(Math.min(depth, 20));
    const kids = (node.kids ?? []).filter(kid => kid.text === undefined || /\S/.test(kid.text));
    const alone = kids.length === 1 && kids[0].text !== undefined ? `: ${brief(kids[0].text, 1000) || '…'}` : '';
    node.line = lines.length;
    lines.push(`${indent}- ${node.label ?? `text: ${brief(node.text, 1000) || '…'}`}${alone}`);
    if (!alone) for (let i = kids.length; i--;) stack.push([kids[i], depth + 1]);
  }
  return lines;
};
