// What could be used if it were shown, and what seems to open the place in which it lies.
const CONTROL = 'a[href], button, input, select, textarea, summary, [onclick], [role=button], [role=link], [role=tab], '
  + '[role=checkbox], [role=switch], [role=radio], [role^=menuitem], [role=option], [role=textbox], [role=combobox]';
const isShown = element => {
  const {width, height} = element.getBoundingClientRect();
  return width > 0 && height > 0 && element.checkVisibility({checkOpacity: true, checkVisibilityCSS: true});
};
const OPENS = ['aria-controls', 'aria-owns', 'popovertarget', 'commandfor', 'data-target', 'data-bs-target', 'href'];
const pointing = new Map();
for (const root of roots) for (const key of OPENS)
  for (const each of [...root.querySelectorAll(`[${key}]`)].slice(0, 500))
    for (const id of attribute(each, key).split(/\s+/).slice(0, 5)) pointing.set(id.replace(/^#/, ''), each);

const openersOf = node => {
  const labelled = attribute(node, 'aria-labelledby').split(/\s+/)[0], before = node.previousElementSibling;
  const next = before?.matches('[aria-expanded=false], [aria-haspopup]') ? before
    : before?.querySelector('[aria-expanded=false], [aria-haspopup]');
  const summary = node.localName === 'details' && !node.open ? node.querySelector(':scope > summary') : null;
  return [summary, pointing.get(node.id), labelled && node.getRootNode().getElementById?.(labelled), next];
};
// The outermost has to be opened first.
const openerOf = element => {
  let found = '';
  for (let node = element; node; node = parentOf(node)) {
    const shown = isShown(node);
    if (shown && !(node.localName === 'details' && !node.open)) break;
    const opener = openersOf(node).find(each => each && each !== element && isShown(each));
    if (opener) found = brief(nameOf(opener, roleOf(opener)) || opener.textContent, 100) || found;
  }
  return found;
};
const told = [];
const every = roots.flatMap(root => [...root.querySelectorAll(CONTROL)]).slice(0, 3000);
for (const element of every) {
  if (told.length >= most || performance.now() > end) break;
  if (element.type === 'hidden' || isShown(element)) continue;
  const role = roleOf(element) || 'generic';
  const name = nameOf(element, role) || brief(element.textContent, 100);
  if (name) told.push({role, name, tag: element.localName, type: typeof element.type === 'string' ? element.type : '', opener: openerOf(element)});
}
return JSON.stringify(told);
