// Show a country's help lines by Handrail's API: Node 18 or later, or a browser.
//
//     node find-help.mjs http://127.0.0.1:8000 KE

async function fetchJson(base, path, parameters = {}) {
  const address = new URL(path, base);
  address.search = new URLSearchParams(parameters);
  const answer = await fetch(address);
  const body = await answer.json();
  if (!answer.ok) throw new Error(`${body.detail} ${body.remedy ?? ""}`);
  return body;
}

async function* services(base, country) {
  const asked = { jurisdiction: country, fields: "name,channels,confidence", limit: 100 };
  while (true) {
    const page = await fetchJson(base, "/api/v1/resources", asked);
    yield* page.items;
    if (page.next === null) return;
    asked.cursor = page.next;
  }
}

// What may be shown of a record: never a number without its name and its day.
function lines(record, today) {
  if (record.show_until < today) return []; // too old a copy: fetch it again first
  const name = Object.values(record.name)[0];
  const unsure = record.display.not_yet_confirmed ?? [];
  return record.channels.map((channel, position) => {
    const mark = unsure.includes(position) ? ", not yet confirmed" : "";
    const madeUp = record.test ? " (made up, for tests)" : "";
    return `${name}${madeUp}: ${channel.type} ${channel.value} (as of ${record.display.as_of}${mark})`;
  });
}

const [base, country] = process.argv.slice(2);
const today = new Date().toISOString().slice(0, 10);
for (const line of lines(await fetchJson(base, "/api/v1/resources/test-line"), today)) {
  console.log(line);
}
for await (const record of services(base, country)) {
  for (const line of lines(record, today)) console.log(line);
}
