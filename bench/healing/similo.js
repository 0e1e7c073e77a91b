// What Similo takes down of each element: its tags, its attributes, its neighbours within 50 px.
() => {
  const TAGS = 'input,textarea,button,select,a,h1,h2,h3,h4,h5,li,span,div,p,th,tr,td,label,svg';
  const path = (e, byId) => {
    if (byId && e.id) return `//*[@id='${e.id}']`;
    if (!e.parentElement) return '/html[1]';
    const same = [...e.parentElement.children].filter(each => each.localName === e.localName);
    return `${path(e.parentElement, byId)}/${e.localName}[${same.indexOf(e) + 1}]`;
  };
  const all = [...document.querySelectorAll(TAGS)].filter(e => e.checkVisibility() && e.getBoundingClientRect().width > 0
    && e.getBoundingClientRect().height > 0);
  const told = all.map(e => {
    const box = e.getBoundingClientRect(), text = e.textContent.trim(), cls = e.getAttribute('class') ?? '';
    const plain = text.length >= 3 && text.length <= 50 && !/[\n\t]/.test(text) ? text : '';
    const button = e.localName === 'button' || e.localName === 'a' && cls.includes('btn')
      || e.localName === 'input' && /^(button|submit|reset)$/.test(e.type);
    return {
      tag: e.localName, class: cls, name: e.getAttribute('name') ?? '', id: e.id, href: e.href ?? '', alt: e.alt ?? '',
      xpath: path(e, false), idxpath: path(e, true), is_button: button ? 'yes' : 'no',
      x: Math.trunc(box.x + scrollX), y: Math.trunc(box.y + scrollY), width: Math.trunc(box.width), height: Math.trunc(box.height),
      visible_text: plain || (typeof e.value === 'string' ? e.value : '') || e.placeholder || e.title || '',
    };
  });
  for (const e of told) {
    if (e.height > 100 || e.width > 600) { e.neighbor_text = ''; continue }
    const near = told.filter(o => o !== e && o.height <= 100 && o.x < e.x + e.width + 50 && o.x + o.width > e.x - 50
      && o.y < e.y + e.height + 50 && o.y + o.height > e.y - 50);
    e.neighbor_text = [...new Set(near.flatMap(o => o.visible_text.toLowerCase().split(/\s+/)).filter(Boolean))].join(' ');
  }
  for (const e of told) for (const key of ['class', 'name', 'id', 'href', 'alt', 'visible_text']) e[key] = e[key].toLowerCase();
  return {told, truth: all.findIndex(window.bench.is)};
}
