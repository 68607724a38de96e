'use strict';
(async () => {
  const at = (id) => document.getElementById(id);
  const table = at('keys');
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const kinds = heads.map((head) => head.dataset.kind);
  const level = kinds.indexOf('level');
  const findings = kinds.indexOf('findings');
  const step = 200;
  let rows;
  try {
    const packed = Uint8Array.from(atob(at('data').textContent.trim()), (letter) => letter.charCodeAt(0));
    const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
    rows = JSON.parse(await new Response(unpacked).text());
  } catch (failure) {
    at('count').textContent += ' This browser cannot unpack the others: a newer one shows all of them.';
    return;
  }
  const texts = rows.map((row) => row.join('\n').toLowerCase());
  let found = rows.map((row, place) => place);
  let shown = 0;
  let sorted = -1;
  let upwards = true;

  const cell = (value, column) => {
    const td = document.createElement('td');
    td.dataset.label = heads[column].innerText;
    if (value !== null) {
      td.textContent = value;
    }
    if (kinds[column] === 'number' || kinds[column] === 'long') {
      td.className = kinds[column];
    }
    if (column === level) {
      td.className = 'level-' + value;
    }
    return td;
  };

  const show = (most) => {
    const fragment = document.createDocumentFragment();
    for (const place of found.slice(shown, most)) {
      const tr = document.createElement('tr');
      rows[place].forEach((value, column) => tr.append(cell(value, column)));
      fragment.append(tr);
    }
    body.append(fragment);
    shown = Math.min(most, found.length);
    const number = new Intl.NumberFormat('en');
    at('count').textContent = number.format(shown) + ' of ' + number.format(found.length) + ' keys shown'
      + (found.length < rows.length ? ', of ' + number.format(rows.length) + ' flagged' : '')
      + '. What is shown is what is printed.';
    at('more').hidden = shown >= found.length;
  };

  const redraw = () => {
    body.replaceChildren();
    shown = 0;
    show(step);
  };

  const compare = (one, other) => {
    const a = rows[one][sorted];
    const b = rows[other][sorted];
    if (a === b) {
      return one - other;
    }
    // What is not known comes last either way.
    if (a === null || b === null) {
      return a === null ? 1 : -1;
    }
    const order = a < b ? -1 : 1;
    return upwards ? order : -order;
  };

  const filter = () => {
    const words = at('text').value.trim().toLowerCase();
    const wanted = at('level').value;
    const rule = at('rule').value;
    found = [];
    rows.forEach((row, place) => {
      if ((words === '' || texts[place].includes(words)) && (wanted === '' || row[level] === wanted)
          && (rule === '' || row[findings].split(', ').includes(rule))) {
        found.push(place);
      }
    });
    if (sorted >= 0) {
      found.sort(compare);
    }
    redraw();
  };

  heads.forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = head.textContent;
    button.addEventListener('click', () => {
      upwards = sorted === column ? !upwards : true;
      sorted = column;
      heads.forEach((each) => each.removeAttribute('aria-sort'));
      head.setAttribute('aria-sort', upwards ? 'ascending' : 'descending');
      found.sort(compare);
      redraw();
    });
    head.replaceChildren(button);
  });
  at('text').addEventListener('input', filter);
  at('level').addEventListener('change', filter);
  at('rule').addEventListener('change', filter);
  at('more').addEventListener('click', () => show(shown + step));
  at('controls').hidden = false;
  redraw();
  document.documentElement.dataset.ready = 'true';
})();
