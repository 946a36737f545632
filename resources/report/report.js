// Query by query: what each method found of a photo. Inlined by evaluation/report.py.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const names = data.names;
  const find = (id) => document.getElementById(id);
  const make = (tag, className, text) => {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  };
  const say = (kind, value) => (names[kind] || {})[value] || value;
  const methodOf = (row) =>
    [row.backbone, say("pooling", row.pooling), say("metric", row.metric),
     row.sources.join("+"), say("rerank", row.rerank)].join(", ");
  const precision = (query, row) => data.strips[query.answers[row]].sum / query.right;
  const picture = (number, alt) => {
    const { jpeg } = data.pictures[number];
    if (!jpeg) return make("span", "", data.pictures[number].name);
    const image = make("img");
    image.src = "data:image/jpeg;base64," + jpeg;
    image.alt = alt;
    image.decoding = "async";
    return image;
  };

  // The method whose queries are listed, their order, and the one that is shown.
  const method = find("method"), order = find("order"), layout = find("layout");
  let chosen = 0;
  data.rows.forEach((row, number) => method.append(new Option(methodOf(row), number)));
  method.value = data.best;
  if (new Set(data.rows.map((row) => row.backbone)).size < 2) layout.parentElement.hidden = true;

  const partner = (number) => {  // the same method without re-ranking
    const row = data.rows[number];
    return data.rows.findIndex((other) => other.rerank === "none" &&
      ["backbone", "pooling", "metric"].every((name) => other[name] === row[name]) &&
      other.sources.join() === row.sources.join());
  };
  const ORDERS = {
    worst: (row) => (a, b) => precision(a, row) - precision(b, row),
    gained: (row) => {
      const before = partner(row);
      const gain = (query) => before < 0 ? 0 : precision(query, row) - precision(query, before);
      return (a, b) => gain(b) - gain(a);
    },
    listed: () => () => 0,
  };

  const list = () => {
    const row = Number(method.value), place = find("queries");
    const queries = data.queries_asked.map((query, number) => [query, number]);
    const compare = ORDERS[order.value](row);
    queries.sort(([a], [b]) => compare(a, b));
    place.replaceChildren(...queries.map(([query, number]) => {
      const item = make("li"), button = make("button");
      button.type = "button";
      button.dataset.query = number;
      const name = make("span", "name", query.name);
      name.title = query.name;
      button.append(picture(query.picture, ""), name,
                    make("span", "ap", precision(query, row).toFixed(2)));
      button.addEventListener("click", () => { chosen = number; show(); });
      item.append(button);
      return item;
    }));
    return queries.length ? queries[0][1] : 0;
  };

  const strip = (query, number, label) => {
    const line = make("tr"), head = make("th", "", label), found = data.strips[query.answers[number]];
    head.scope = "row";
    head.append(make("small", "", "AP@7 " + precision(query, number).toFixed(3)));
    line.append(head);
    found.pictures.forEach((one, place) => {
      const right = found.hits[place] === "1", cell = make("td");
      const frame = make("div", right ? "hit right" : "hit"), name = data.pictures[one].name;
      frame.title = name;
      frame.append(picture(one, `Top-${place + 1}: ${name}${right ? " (right)" : ""}`));
      cell.append(frame);
      line.append(cell);
    });
    return line;
  };

  const show = () => {
    const query = data.queries_asked[chosen], row = data.rows[Number(method.value)];
    for (const button of document.querySelectorAll("#queries button")) {
      const current = Number(button.dataset.query) === chosen;
      if (current) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
    const head = make("div", "of"), about = make("div");
    const answers = query.right === 1 ? "1 right answer" : `${query.right} right answers`;
    const fixed = layout.value === "backbone" ? "pooling" : "backbone";
    about.append(make("h3", "", query.name), make("p", "muted", `${answers} in the catalogue. Shown: ` +
      `${say(fixed, row[fixed])}, ${say("metric", row.metric)}, sources ${row.sources.join("+")}.`));
    head.append(picture(query.picture, "The photo " + query.name), about);
    const varied = layout.value;  // as the paper's Table 5 (poolings) or Table 6 (backbones)
    const tables = Object.keys(names.rerank).map((rerank) => {
      const members = data.rows.map((other, number) => [other, number]).filter(([other]) =>
        other.rerank === rerank && other[fixed] === row[fixed] && other.metric === row.metric &&
        other.sources.join() === row.sources.join());
      if (!members.length) return "";
      const known = Object.keys(names[varied] || {});
      members.sort(([a], [b]) => known.indexOf(a[varied]) - known.indexOf(b[varied]));
      const table = make("table", "strips"), body = make("tbody"), top = make("thead"), line = make("tr");
      table.append(make("caption", "", names.strips[rerank] || rerank));
      line.append(make("th"));
      for (let place = 1; place <= 7; place++) line.append(make("th", "", "Top-" + place));
      top.append(line);
      body.append(...members.map(([other, number]) => strip(query, number, say(varied, other[varied]))));
      table.append(top, body);
      return table;
    });
    find("query").replaceChildren(head, ...tables.filter(Boolean));
  };

  const again = () => { chosen = list(); show(); };
  method.addEventListener("change", again);
  order.addEventListener("change", again);
  layout.addEventListener("change", show);
  for (const cell of document.querySelectorAll("button.cell")) {
    cell.addEventListener("click", () => {
      method.value = cell.dataset.row;
      again();
      find("by-query").scrollIntoView({ behavior: "smooth" });
      find("by-query").focus({ preventScroll: true });
    });
  }
  again();
})();
