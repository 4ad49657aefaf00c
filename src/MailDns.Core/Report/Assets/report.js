// Buttons and boxes of the report. Without it the page says the same; text is only ever read here, never made markup.
(function () {
  'use strict';

  const announce = document.getElementById('announce');
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));

  function say(text) {
    announce.textContent = '';
    window.setTimeout(() => { announce.textContent = text; }, 50);
  }

  // The clipboard of old browsers, and of pages that are no secure context.
  function copyBySelection(source) {
    const selection = window.getSelection();
    const range = document.createRange();
    range.selectNodeContents(source);
    selection.removeAllRanges();
    selection.addRange(range);
    const done = document.execCommand('copy');
    if (done) {
      selection.removeAllRanges();
    }

    return done;
  }

  async function copy(button) {
    const source = document.getElementById(button.dataset.copy);
    let done = false;
    try {
      await navigator.clipboard.writeText(source.textContent);
      done = true;
    } catch {
      done = copyBySelection(source);
    }

    const label = button.querySelector('span');
    label.textContent = done ? 'Copied' : 'Selected';
    button.classList.toggle('done', done);
    say(done ? 'Copied to the clipboard.' : 'The text is selected: copy it with the keyboard.');
    window.setTimeout(() => {
      label.textContent = 'Copy';
      button.classList.remove('done');
    }, 2000);
  }

  function filter() {
    const shown = new Set(all('#filter input').filter(box => box.checked).map(box => box.value));
    const known = new Set(all('#filter input').map(box => box.value));
    const visible = status => shown.has(status) || !known.has(status);
    all('[data-status]').forEach(item => { item.hidden = !visible(item.dataset.status); });
    all('.area, .findings').forEach(group => { group.hidden = !group.querySelector('.finding:not([hidden])'); });
    all('[data-has]').forEach(item => { item.hidden = !item.dataset.has.split(' ').some(status => status === 'NotApplicable' ? shown.size === known.size : visible(status)); });
    const findings = all('.finding').filter(item => !item.closest('[hidden]')).length;
    say(findings === 1 ? '1 finding is shown.' : findings + ' findings are shown.');
  }

  function sort(table, head, column) {
    const descending = head.getAttribute('aria-sort') === 'ascending'
      || (head.getAttribute('aria-sort') !== 'descending' && head.classList.contains('number'));
    const value = row => row.cells[column].dataset.value || row.cells[column].textContent;
    const compare = head.dataset.sort === 'number' ? (a, b) => value(a) - value(b) : (a, b) => value(a).localeCompare(value(b), 'en');
    const pages = paged.get(table);
    const rows = (pages ? pages.rows : Array.from(table.tBodies[0].rows)).sort((a, b) => (descending ? -1 : 1) * compare(a, b));
    if (pages) {
      pages.show(0);
    } else {
      table.tBodies[0].append(...rows);
    }

    all('th', table.tHead).forEach(other => other.removeAttribute('aria-sort'));
    head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
    say('Sorted by ' + head.textContent + (descending ? ', largest first.' : ', smallest first.'));
  }

  function makeSortable(table) {
    all('th', table.tHead).forEach((head, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'sort';
      button.textContent = head.textContent;
      button.addEventListener('click', () => sort(table, head, column));
      head.replaceChildren(button);
    });
  }

  // Long tables: a page of rows is in the document at a time, and the search looks through all of them.
  const paged = new Map();

  function makePages(table) {
    const size = Number(table.dataset.size);
    const waiting = document.getElementById(table.id + '-waiting');
    const rows = Array.from(table.tBodies[0].rows).concat(waiting ? Array.from(waiting.content.querySelectorAll('tr')) : []);
    if (rows.length < 20) {
      return;
    }

    all('tbody.waiting', table).forEach(body => body.remove());
    all('tbody.rest', table).forEach(body => { body.hidden = false; });
    const control = (name, attributes, text) => {
      const element = Object.assign(document.createElement(name), attributes);
      element.append(text || '');
      return element;
    };
    const search = control('input', { type: 'search', className: 'search' });
    const label = control('label', {}, 'Search sources ');
    const back = control('button', { type: 'button', className: 'copy' }, 'Previous');
    const on = control('button', { type: 'button', className: 'copy' }, 'Next');
    const where = control('span', { className: 'where' });
    const bar = control('div', { className: 'pager' });
    label.append(search);
    bar.append(label, back, on, where);
    let page = 0;
    const show = wanted => {
      const words = search.value.toLowerCase().split(' ').filter(word => word);
      const found = words.length === 0 ? rows : rows.filter(row => {
        const text = row.textContent.toLowerCase();
        return words.every(word => text.includes(word));
      });
      const last = Math.max(0, Math.ceil(found.length / size) - 1);
      page = Math.min(Math.max(0, wanted), last);
      const shown = found.slice(page * size, (page + 1) * size);
      table.tBodies[0].replaceChildren(...shown);
      all('tbody.rest', table).forEach(body => { body.hidden = page < last || words.length > 0; });
      back.disabled = page === 0;
      on.disabled = page === last;
      where.textContent = found.length === 0 ? 'No source has that.' : (page * size + 1) + ' to ' + (page * size + shown.length) + ' of ' + found.length;
    };
    const turn = (button, step) => button.addEventListener('click', () => {
      show(page + step);
      say(where.textContent);
      if (button.disabled) {
        (button === on ? back : on).focus();
      }
    });
    turn(back, -1);
    turn(on, 1);
    search.addEventListener('input', () => {
      show(0);
      say(where.textContent);
    });
    table.parentElement.before(bar);
    paged.set(table, { rows, show });
    show(0);
  }

  // A link to something inside a closed part opens it.
  function open(hash) {
    const target = hash.length > 1 ? document.getElementById(hash.slice(1)) : null;
    if (target instanceof HTMLDetailsElement) {
      target.open = true;
    }
  }

  all('button[data-copy]').forEach(button => {
    button.hidden = false;
    button.addEventListener('click', () => { copy(button); });
  });
  const boxes = document.getElementById('filter');
  if (boxes && boxes.querySelector('input')) {
    boxes.hidden = false;
    boxes.addEventListener('change', filter);
  }

  all('table.sortable').forEach(makeSortable);
  all('table.paged').forEach(makePages);
  all('a[href^="#"]').forEach(link => link.addEventListener('click', () => open(link.getAttribute('href'))));
  open(window.location.hash);
}());
