// Roles and names as assistive technology is told of them: near enough to recognise a control by.
// What is too long is left out and not cut, because a secret in it could no longer be found.
const attribute = (element, key) => Element.prototype.getAttribute.call(element, key) ?? '';
// Of a form, a field called `matches` would be asked.
const matches = (element, selector) => Element.prototype.matches.call(element, selector);
const has = (element, key) => Element.prototype.hasAttribute.call(element, key);
const tidy = text => text.replace(/[\s\u00ad\u200b\u2060\ufeff]+/g, ' ').trim();
const brief = (text, most = 200) => text.length > 10 * most || (text = tidy(text)).length > most ? '' : formed(text);
const formed = text => text.toWellFormed?.() ?? text;
const TYPES = {checkbox: 'checkbox', radio: 'radio', range: 'slider', number: 'spinbutton', search: 'searchbox',
  button: 'button', submit: 'button', reset: 'button', image: 'button', file: 'button'};
const TAGS = {article: 'article', aside: 'complementary', blockquote: 'blockquote', button: 'button',
  caption: 'caption',
  dd: 'definition', details: 'group', dialog: 'dialog', dt: 'term', fieldset: 'group', figure: 'figure', h1: 'heading',
  h2: 'heading', h3: 'heading', h4: 'heading', h5: 'heading', h6: 'heading', hr: 'separator', iframe: 'iframe',
  frame: 'iframe', li: 'listitem', main: 'main', menu: 'list', meter: 'meter', nav: 'navigation', ol: 'list',
  ul: 'list', optgroup: 'group', option: 'option', output: 'status', p: 'paragraph', progress: 'progressbar',
  search: 'search', summary: 'button', svg: 'img', table: 'table', td: 'cell', textarea: 'textbox', tr: 'row'};
const FROM_CONTENT = new RegExp('^(button|cell|checkbox|columnheader|gridcell|heading|link|menuitem|menuitemcheckbox'
  + '|menuitemradio|option|radio|rowheader|switch|tab|tooltip|treeitem)$');
const SECTIONS = 'article, aside, main, nav, section';

const roleOf = (element, tag = element.localName) => {
  const own = attribute(element, 'role').trim().toLowerCase().split(/\s+/)[0].slice(0, 30);
  if (own) return /^(none|presentation|generic)$/.test(own) ? '' : own;
  if (tag === 'input') {
    if (element.type === 'hidden') return '';
    return TYPES[element.type] ?? (has(element, 'list') ? 'combobox' : 'textbox');
  }
  if (tag === 'a' || tag === 'area') return has(element, 'href') ? 'link' : '';
  if (tag === 'img') return has(element, 'alt') && !attribute(element, 'alt') ? '' : 'img';
  if (tag === 'select') return element.multiple || element.size > 1 ? 'listbox' : 'combobox';
  if (tag === 'th') return attribute(element, 'scope') === 'row' ? 'rowheader' : 'columnheader';
  if (tag === 'header' || tag === 'footer')
    return element.closest(SECTIONS) ? '' : tag === 'header' ? 'banner' : 'contentinfo';
  if (tag === 'section' || tag === 'form')
    return has(element, 'aria-label') || has(element, 'aria-labelledby') ? {section: 'region', form: 'form'}[tag] : '';
  return TAGS[tag] ?? (editable(element) ? 'textbox' : '');
};

const editable = element => has(element, 'contenteditable')
  && !/^false$/i.test(attribute(element, 'contenteditable'));

const kidsOf = element => {
  if (element.localName === 'slot' && element.assignedNodes().length) return element.assignedNodes();
  if (element.localName === 'details' && !element.open) return element.querySelectorAll(':scope > summary');
  return (element.shadowRoot ?? element).childNodes;
};

// The text in an element. ``spoken``: with what stands for pictures and with labels, as in a name.
const contentOf = (element, spoken, except = null) => {
  if (!element.childElementCount && !element.shadowRoot && element.localName !== 'slot')
    return element.textContent;
  const parts = [], stack = [element];
  for (let steps = 0; stack.length && steps < 300; steps++) {
    const node = stack.pop();
    if (typeof node === 'string') { parts.push(node); continue }
    if (node.nodeType === 3) { parts.push(node.data); continue }
    if (node.nodeType !== 1 || node === except || /^(script|style|template|noscript)$/.test(node.localName)) continue;
    if (node !== element) {
      const style = getComputedStyle(node);
      if (style.display === 'none' || style.visibility !== 'visible') continue;
      if (spoken && attribute(node, 'aria-hidden') === 'true') continue;
      const label = spoken ? attribute(node, 'aria-label') || attribute(node, 'alt') : '';
      if (label) { parts.push(' ', label, ' '); continue }
      if (/^(input|select|textarea|iframe)$/.test(node.localName)) continue;
      if (!style.display.startsWith('inline')) { parts.push(' '); stack.push(' ') }
    }
    const kids = kidsOf(node);
    for (let i = kids.length; i--;) stack.push(kids[i]);
  }
  return stack.length ? 'x'.repeat(1e4) : parts.join('');
};

// What a person would call something that holds too much to be its name: a card goes by its heading.
const leadOf = element => {
  const heading = element.querySelector('h1, h2, h3, h4, h5, h6');
  if (heading) return brief(contentOf(heading, true));
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let steps = 0; walker.nextNode() && steps < 20; steps++)
    if (/\S/.test(walker.currentNode.data)) return brief(walker.currentNode.data);
  return '';
};

const labels = new Map();  // filled at once, because each ``element.labels`` goes through the whole document
const labelsOf = element =>
  brief((labels.get(element) ?? []).map(label => contentOf(label, true, element)).join(' '));

const namedBy = element => {
  if (!has(element, 'aria-labelledby')) return '';
  const ids = attribute(element, 'aria-labelledby').split(/\s+/).filter(Boolean).slice(0, 10);
  return brief(ids.map(id => element.getRootNode().getElementById?.(id)).filter(Boolean)
    .map(other => attribute(other, 'aria-label') || contentOf(other, true)).join(' '));
};

const nameOf = (element, role) => {
  const tag = element.localName, own = key => brief(attribute(element, key));
  const given = namedBy(element) || own('aria-label');
  if (given) return given;
  if (tag === 'input' && /^(submit|button|reset)$/.test(element.type))
    return brief(element.value) || own('title') || {submit: 'Submit', reset: 'Reset', button: ''}[element.type];
  if (tag === 'input' && element.type === 'image') return own('alt') || own('title') || 'Submit';
  if (/^(input|select|textarea|meter|output|progress)$/.test(tag))
    return labelsOf(element) || own('title') || own('placeholder');
  if (tag === 'img' || tag === 'area') return own('alt') || own('title');
  const titled = {svg: 'title', fieldset: 'legend', table: 'caption', figure: 'figcaption'}[tag];
  const title = titled && element.querySelector(`:scope > ${titled}`);
  if (title) return brief(contentOf(title, true));
  const content = FROM_CONTENT.test(role) ? contentOf(element, true) : '';
  return brief(content) || own('title') || own('placeholder') || (/\S/.test(content) ? leadOf(element) : '');
};
