// Changes a page as its developers would, seeded. What is looked for is held in `truth`, and no attribute shows it.
(() => {
  const SYNONYMS = {
    'sign in': 'Log in', 'log in': 'Sign in', save: 'Store', 'save changes': 'Update', 'search': 'Look up', find: 'Search',
    'add to basket': 'Put in the basket', subscribe: 'Sign me up', edit: 'Modify', remove: 'Delete', next: 'Following',
    'invite member': 'Ask someone in', discard: 'Throw away', cancel: 'Never mind', 'create task': 'Make the task',
    open: 'Show', archive: 'Put away', email: 'Electronic mail', phone: 'Telephone', postcode: 'ZIP', city: 'Town',
    country: 'Land', title: 'Heading', details: 'Description', back: 'Return', choose: 'Pick', apply: 'Use it',
    comprar: 'Pedir', buscar: 'Encontrar', guardar: 'Almacenar', editar: 'Modificar', eliminar: 'Borrar',
    nombre: 'Tu nombre', cancelar: 'Dejarlo', desconectar: 'Expulsar', 'ver detalles': 'Más información', ship: 'Send out',
    refund: 'Pay back', reply: 'Answer', compose: 'Write', start: 'Boot', stop: 'Halt', 'apply filters': 'Narrow down',
    'become a member': 'Join', 'show trains': 'Search', password: 'Secret word', 'user name': 'Login name',
    'cambiar contraseña': 'Actualizar clave', day: 'Date', class: 'Comfort', 'delete account': 'Close my account',
  };
  const MORE = ['now', 'here', 'please', 'online', 'today'];
  const WORDS = ['amber', 'birch', 'cobalt', 'dune', 'ember', 'fjord', 'grove', 'heron', 'ivory', 'jade', 'kelp', 'lotus'];
  const DECOYS = ['Preview', 'Print', 'Compare', 'Report', 'Pin', 'Translate', 'History', 'Duplicate', 'Rename', 'Feedback'];
  const CONTROLS = 'a[href],button,input,select,textarea,summary,[role=button],[role=tab],[role=menuitem],[role=switch]';
  const GROUPS = 'tr,li,article,.card,.producto,.trip,.task,.fila,.f,.line,.sc-row,p,fieldset';
  let state = 1;
  const next = () => {
    state = (state + 0x6D2B79F5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const pick = list => list[Math.floor(next() * list.length)];
  const fresh = () => `${pick(WORDS)}-${pick(WORDS)}-${Math.floor(next() * 900 + 100)}`;
  const others = () => [...document.querySelectorAll(CONTROLS)].filter(e => e !== truth && !e.contains(truth));
  const group = element => element.closest(GROUPS) ?? element;

  // Where what a person reads of it is written: text nodes and attributes of it, or of its label.
  const written = element => {
    const nodes = [], walk = (root, from) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const node = walker.currentNode;
        if (node.data.trim() && (from || !node.parentElement.closest('option,select,textarea'))) nodes.push(node);
      }
    };
    if (element.matches('input[type=submit],input[type=button],input[type=reset]')) return [[element, 'value']];
    const said = ['aria-label'].filter(name => element.getAttribute(name)).map(name => [element, name]);
    if (element.matches('input,select,textarea')) for (const label of element.labels ?? []) walk(label, false);
    else walk(element, true);
    const found = [...said, ...nodes.map(node => [node, null])];
    return found.length ? found : element.placeholder ? [[element, 'placeholder']] : [];
  };
  const read = ([node, name]) => name ? node.getAttribute(name) : node.data;
  const write = ([node, name], text) => { name ? node.setAttribute(name, text) : (node.data = text) };
  const typo = text => {
    const at = 1 + Math.floor(next() * Math.max(1, text.length - 3));
    return text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2);
  };
  const WAYS = {
    synonym: text => SYNONYMS[text.trim().toLowerCase()] ?? `${text.trim()} ${pick(MORE)}`,
    longer: text => `${text.trim()} ${pick(MORE)}`,
    typo: text => text.trim().length > 3 ? typo(text) : `${text} ${pick(MORE)}`,
    case: text => text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase(),
  };
  const say = (element, way) => {
    const places = written(element);
    if (places.length) write(places[0], WAYS[way](read(places[0])));
    return places.length > 0;
  };
  const rename = (element, name) => {
    if (!element.getAttribute(name)) return false;
    const fresh_ = fresh(), old = element.getAttribute(name);
    element.setAttribute(name, fresh_);
    if (name === 'id') for (const label of document.querySelectorAll('label')) if (label.htmlFor === old) label.htmlFor = fresh_;
    return true;
  };
  const copied = element => {
    const copy = element.cloneNode(true);
    for (const each of [copy, ...copy.querySelectorAll('[id]')]) each.removeAttribute('id');
    return copy;
  };
  const stranger = like => {
    const made = document.createElement(like.localName);
    for (const name of ['class', 'type', 'role', 'tabindex']) if (like.hasAttribute(name)) made.setAttribute(name, like.getAttribute(name));
    const text = pick(DECOYS);
    if (like.localName === 'a') made.setAttribute('href', '/' + text.toLowerCase());
    if (like.matches('input[type=submit],input[type=reset],input[type=button]')) made.value = text;
    else if (like.matches('input,select,textarea')) made.setAttribute('aria-label', text);
    else made.textContent = text;
    return made;
  };
  const beside = (place, made) => next() < 0.5 ? place.before(made) : place.after(made);

  const OF_IT = {
    id: () => rename(truth, 'id'),
    class: () => rename(truth, 'class'),
    test_id: () => rename(truth, 'data-testid'),
    name: () => rename(truth, 'name'),
    placeholder: () => truth.placeholder ? (truth.placeholder = WAYS.longer(truth.placeholder), true) : false,
    synonym: () => say(truth, 'synonym'), longer: () => say(truth, 'longer'),
    typo: () => say(truth, 'typo'), case: () => say(truth, 'case'),
    wrap: () => {
      const shell = document.createElement(pick(['div', 'span', 'section']));
      const whole = truth.closest('label') ?? truth;
      whole.replaceWith(shell); shell.append(whole);
      return true;
    },
    move: () => {
      const label = [...truth.labels ?? []].find(each => !each.contains(truth));
      const whole = truth.closest('label') ?? truth;
      const place = pick(others().filter(e => !whole.contains(e)));
      if (!place) return false;
      const spot = place.closest('label') ?? place;
      if (label) spot.after(label, whole); else spot.after(whole);
      return true;
    },
  };
  const OF_PAGE = {
    reorder: () => {
      const whole = group(truth), parent = whole.parentElement, kids = [...parent.children];
      if (kids.length < 2 || parent.localName === 'body') return false;
      for (let i = kids.length - 1; i > 0; i--) { const j = Math.floor(next() * (i + 1)); [kids[i], kids[j]] = [kids[j], kids[i]] }
      parent.append(...kids);
      return true;
    },
    duplicate: () => { const other = pick(others()); if (!other) return false; const whole = group(other);
      if (whole.contains(truth)) return false; beside(whole, copied(whole)); return true },
    twin: () => { truth.after(copied(truth)); return true },
    decoy: () => { const at = pick([truth, ...others()]); beside(at.closest('label') ?? at, stranger(truth)); return true },
    delete_other: () => { const other = pick(others()); if (!other) return false; other.remove(); return true },
    rename_others: () => { for (const other of others()) if (next() < 0.3) { rename(other, 'id'); rename(other, 'class') } return true },
    retell: () => { const other = pick(others()); return !!other && say(other, pick(Object.keys(WAYS))) },
    headings: () => { for (const each of document.querySelectorAll('h1,h2,h3,legend,th')) if (next() < 0.5 && !each.contains(truth) && !each.children.length) each.textContent = WAYS.longer(each.textContent); return true },
    banner: () => { const made = document.createElement('div'); made.style.cssText = 'height:90px;padding:10px'; made.textContent = 'We are moving to a new home'; document.body.prepend(made); return true },
  };
  const GONE = {
    deleted: () => { truth.remove(); return true },
    group_deleted: () => { const whole = group(truth); whole.remove(); return true },
    replaced: () => { (truth.closest('label') ?? truth).replaceWith(stranger(truth)); return true },
    other_kind: () => {
      if (!truth.matches('a,button,[role=button]')) { truth.remove(); return true }
      const made = document.createElement(truth.localName === 'a' ? 'button' : 'a');
      for (const each of truth.attributes) if (each.name !== 'role') made.setAttribute(each.name, each.value);
      made.removeAttribute('type'); if (made.localName === 'a') made.setAttribute('href', '#there');
      made.append(...truth.childNodes); truth.replaceWith(made);
      return true;
    },
    hidden: () => { truth.style.display = 'none'; return true },
    disabled: () => { if (!('disabled' in truth)) { truth.remove(); return true } truth.disabled = true; return true },
  };
  let truth = null, wasCalled = '';
  const called = element => {
    const labels = [...element.labels ?? []].map(each => each.textContent).join(' ');
    return (element.getAttribute('aria-label') || labels || element.textContent).trim().toLowerCase();
  };
  const textsIn = place => {
    const found = new Set(), walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.data.trim() && !truth.contains(node) && !node.parentElement.closest('option,script,style')) found.add(node.data.trim());
    }
    return found;
  };
  const near = () => {  // the texts of the nearest thing that has two besides its own: its card, its form
    let at = truth.parentElement;
    while (at?.parentElement && textsIn(at).size < 2) at = at.parentElement;
    return at ? [...textsIn(at)] : [];
  };
  const row = () => {  // the texts of the largest thing that holds no other that is called so
    const mates = others().filter(each => each.localName === truth.localName && [wasCalled, called(truth)].includes(called(each)));
    let at = truth;
    while (at.parentElement && !mates.some(each => at.parentElement.contains(each))) at = at.parentElement;
    return [...textsIn(at)];
  };
  window.bench = {
    hold: element => { truth = element; wasCalled = called(element) },
    is: element => element === truth,
    near, row,
    usable: () => {  // as Playwright sees it: what has no size cannot be clicked
      const {width, height} = truth.getBoundingClientRect();
      return truth.isConnected && !truth.matches(':disabled') && truth.checkVisibility({visibilityProperty: true}) && width > 0 && height > 0;
    },
    edit: (seed, names, most) => {  // in turn, until so many were possible
      state = seed | 0;
      const done = [];
      for (const name of names) if (done.length < most && (OF_IT[name] ?? OF_PAGE[name] ?? GONE[name])()) done.push(name);
      return done;
    },
  };
})()
