// What is asked: everything that the document shows, one element of it, or how a frame is found.
const selectorOf = element => byId(element, true) || byTestId(element) || byId(element) || byPlace(element);
// Whole lines as far as they fit: half a line could hold half a secret.
const leading = (text, most) => {
  const told = [];
  let left = most;
  for (const line of text.split('\n').map(tidy).filter(Boolean)) {
    if (line.length > left && line.length < most / 4) return [...told, '…'].join('\n');
    told.push(line.length > left ? '…' : line);
    left -= told.at(-1).length;
  }
  return formed(told.join('\n'));
};
const shownIn = element => leading(read(element, 20_000, performance.now() + 100).shown, 2_000) || nameOf(element, '');

const everything = () => {
  const tree = {kids: []}, start = document.body ?? document.documentElement;
  const begin = {tree, shown: true, hidden: false, quiet: false, control: false, pointer: false};
  const outer = [...dialogs].filter(each => !within(parentOf(each), dialogs));
  for (const each of outer) visit(each, {...begin, dialog: true});
  for (const each of outer) skipped.add(each);
  visit(start, {...begin, dialog: false});
  for (const field of everywhere('input[type=file], input[type=checkbox], input[type=radio]')) {
    const stands = field.type === 'file' || labels.get(field)?.some(isDisplayed);
    if (!stands || described.has(field) || controls.length >= asked.controls) continue;
    controls.push(describe(field, roleOf(field), {hidden: true, dialog: within(field, dialogs)}));
  }
  cut ||= controls.length >= asked.controls;
  holdAll(controls);
  const all = read(null, 40_000, performance.now() + 200, false);
  const lines = linesOf(tree), texts = elements => [...new Set(elements.map(shownIn))].filter(Boolean).slice(0, 10);
  return {
    title: brief(`${document.title}`, 500), lines, controls: controls.map(withSelector),
    dialogs: texts([...dialogs]), alerts: texts(everywhere(ALERT).slice(0, 50).filter(isDisplayed)),
    frames: frames.slice(0, 20).map(({element, node}) => ({
      selector: selectorOf(element), line: node?.line ?? -1, in_dialog: within(element, dialogs),
      x: boxOf(element).x + element.clientLeft, y: boxOf(element).y + element.clientTop,
    })),
    text: leading(all.shown, 20_000), written: all.written === all.shown ? '' : leading(all.written, 20_000),
  };
};

const likeIt = (element, role) => {
  const own = other => ['name', 'href', tested.get(other) ?? 'data-testid'].map(key => attribute(other, key)).join(' ');
  const said = other => (nameOf(other, role) || (role ? '' : brief(contentOf(other, false)))).toLowerCase();
  const others = everywhere(`${CSS.escape(element.localName)}, [role]`).slice(0, 2_000).filter(other =>
    other !== element && roleOf(other) === role && own(other) === own(element) && isDisplayed(other));
  const words = text => text.replace(/[^\p{L}\p{N}]/gu, ''), name = words(said(element));
  return others.filter(other => words(said(other)) === name).length;
};

const alone = element => {
  const role = roleOf(element), about = {hidden: true, dialog: within(element, dialogs)};
  const control = withSelector(describe(element, role, about));  // by its place, as nothing else was named
  return {...control, alike: likeIt(element, role), framed: window !== window.parent};
};

const without = (prototypes, told) => {  // an old library's way to JSON is not ours
  const own = prototypes.map(each => each.toJSON);
  for (const each of prototypes) delete each.toJSON;
  try { return told() } finally { prototypes.forEach((each, i) => own[i] && (each.toJSON = own[i])) }
};

gather(document);
const dialogs = new Set(asked.what === 'selector' ? [] : [...everywhere(DIALOG).filter(isDisplayed), ...overlay()]);
const skipped = new Set(), disabled = new Set(everywhere('[aria-disabled=true]'));
end = performance.now() + asked.milliseconds;  // the page is laid out by now, which may take long
const answer = {everything, control: () => alone(one), selector: () => selectorOf(one)}[asked.what]();
return without([Object.prototype, Array.prototype], () => JSON.stringify(answer));
