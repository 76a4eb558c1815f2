import type { Figures } from "./figures.ts";
import type { Conditions } from "./machine.ts";
import { markdownOf, type Table } from "./table.ts";

/** What each benchmark measures and how, for whoever reads the figures; and the order of the page. */
const ABOUT: Readonly<Record<string, string>> = {
  webhook: `All servers run at the same time, on one core; the load comes from another one. They are sent the same three reviews, which a real
API server sent, over TLS connections that stay open. Reviews, servers and rounds alternate, and a first round of each does not
count. A ratio is of one round to the bare server's round beside it: shown are the median of the rounds and, in parentheses, the
least and the most. Where the least and the most are far apart, the machine was disturbed, and the median says little.

- *bare node:https* reads and parses the body, and answers a constant: what no webhook in Node can avoid.
- *Express 5* does the same with its JSON parser.
- *Fairlead* runs with the flags of its image and its own log and metrics. *baseline* is the ready-made set, which has a warning
  about each review that is validated here. Of the 50 policies, 5 apply to the Service that is sent. The 10 validations, in CEL, hold.
- *Pepr* is its own controller, built by its own command and connected to a cluster, with one capability: it sets
  \`ipFamilyPolicy\` and denies the type NodePort. Its log is at its default level. Its launcher, a second process, is not counted.

All run with \`NODE_ENV=production\`. A fixed rate is an open loop: a review's time counts from when it should have been sent, so a
server that stalls is charged for everything that came meanwhile. *CPU* is the processor time of the server with all its
threads. The generator waits by spinning at a fixed rate, so it is always busy there; where it is busy nearly all of the time without
a fixed rate, it is the limit and not the server. Memory is resident memory of a fresh process with all below it.`,
  start: `Commands are timed as whole processes, in alternating rounds. Those of Fairlead find the compiled code of an earlier run, but
where the row says otherwise; so do its servers, as in the image. A server is ready when it prints that it listens and would pass its
readiness probe; Pepr, when its probe passes.`,
  judge: `The engine without the server, on the recorded questions, in one thread, by processor time; the best of ten rounds.`,
  check: `\`fairlead check\` as a whole process, beside programs that only do a part of its work with the same files, in alternating
rounds; the least time and the most memory of each count. *The package yaml alone* parses every document with that package, as a
program would that is written with it. *Its own reader alone* parses them with the reader that the check itself has: what is above
that is the check. *Reading and scanning alone* reads each file and searches its text for the kind. Manifests of other kinds are
parsed to the end by the check, because what cannot be read in them is reported. On two cores, the check starts no threads.`,
  policy: `The processor time of a review with one policy that applies to it, by itself and among a thousand that do not.`,
  cel: `Reviews with validations in CEL that hold, beside one without a policy; five typical expressions on one Service, without anything
around them; and reading a policy, by processor time in one thread; the best of ten rounds. The policies that do not match are
about other namespaces.`,
  inventory: `Reviews with the set \`consistency\`, whose rules look at other objects, beside one without a policy; the heap that
each kind of object takes in an inventory; how long it takes to read a large cluster, from a server on this machine that stands for
its API server, and how long that keeps everything else waiting; and \`fairlead check\` of files of which half are Services and half
the workloads that they select. A workload makes ten Pods. Reviews during an audit are sent at a constant rate over TLS; shown is the
median of the seconds, within and outside of rounds of the audit in the background.`,
  editor: `What an editor waits for: the diagnostics of a text of a thousand lines, when it is opened and after each character that is
typed into one of its Services, by processor time, warm; the best of fifteen rounds. Other Services of the text are not examined again.`,
  lsp: `The same through the real server and its protocol: from a key to the diagnostics of that version of the text, on a busy machine's
clock. All Services of the text have a mistake.`,
  playground: `The page that \`npm run build\` makes, in Chromium without a screen: from a key to the frame after the answer. The page waits
30 ms for the next key, and this counts. The text of a thousand lines has 70 Services, half of them with a mistake.`,
  overload: `Eight well-behaved clients, each sending 20 reviews a second, while others do what the row says. All share the machine.`,
  memory: `The peak memory of the server and its worker process together, with the heaps of two sizes of container.`,
};

/** `docs/performance.md`: ratios first, then how they were measured, then all figures. */
export function pageOf({ conditions, results, later = {} }: Figures): string {
  const order = [...Object.keys(ABOUT), ...Object.keys(results).filter((name) => !(name in ABOUT))];
  const tables = order.map((name) => ({ name, tables: results[name] ?? [] })).filter(({ tables }) => tables.length > 0);
  const ratios = tables.flatMap(({ tables }) => tables).filter(({ kind }) => kind === "ratios");
  const sections = tables.map(({ name, tables }) => sectionOf(name, tables, later[name]));
  return (
    [
      "<!-- Made by scripts/performance-docs.ts from bench/figures.json, which `npm run bench -- --write` writes. -->",
      "# Performance",
      "The figures of a table are of one run, on one machine. Compare the ratios; the absolute figures depend on the machine.",
      conditionsText(conditions),
      "## Ratios",
      ...ratios.map(textOf),
      "## Figures and method",
      ...sections,
      "",
    ]
      .join("\n\n")
      .trimEnd() + "\n"
  );
}

function conditionsText(conditions: Conditions): string {
  const { date, command, quick, cpu, cores, gibibytes, node, system, load, unbound } = conditions;
  const bound = unbound === undefined ? "servers on one core, load on another" : `nothing bound to a core: ${unbound}`;
  const rough = quick
    ? "\n\n**This was a quick run: its figures show that everything runs, and are too rough to compare by.**"
    : "";
  return (
    `\`${command}\`, ${date}: ${cores} cores (${cpu}), ${gibibytes} GiB, ${system}, Node ${node}; ${bound}; load of the machine ` +
    `before the run ${load}.${rough}`
  );
}

function sectionOf(name: string, tables: readonly Table[], later: Conditions | undefined): string {
  const figures = tables.filter(({ kind }) => kind === "figures").map(textOf);
  const about = ABOUT[name];
  const run = later === undefined ? [] : [conditionsText(later)];
  return [`### ${name}`, ...run, ...(about === undefined ? [] : [about]), ...figures].join("\n\n");
}

function textOf({ title, rows }: Table): string {
  return `**${title}**\n\n${markdownOf(rows)}`;
}
