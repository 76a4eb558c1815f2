import { execFile } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { withNamed } from "#bench/figures.ts";
import { pageOf } from "#bench/page.ts";
import { attempt } from "#bench/webhook/prepared.ts";
import { ROOT } from "#test/paths.ts";

const CONDITIONS = {
  date: "2027-01-31",
  command: "npm run bench -- --write",
  quick: false,
  cpu: "a processor",
  cores: 2,
  gibibytes: 8,
  node: "24.0.0",
  system: "linux x64",
  load: 0.1,
};

describe("the page of figures", () => {
  const results = {
    check: [{ title: "check", kind: "figures", rows: [{ ms: 5 }] }],
    webhook: [
      { title: "Webhook", kind: "figures", rows: [{ "per second": 9 }] },
      { title: "Webhook, beside the bare server", kind: "ratios", rows: [{ "of bare": "0.90" }] },
    ],
  } as const;

  it("names machine, command and date, then has the ratios, then the figures", () => {
    const page = pageOf({ conditions: CONDITIONS, results });
    const inOrder = [
      "`npm run bench -- --write`, 2027-01-31: 2 cores (a processor), 8 GiB, linux x64, Node 24.0.0; servers on one core",
      "## Ratios\n\n**Webhook, beside the bare server**\n\n| of bare |\n|---|\n| 0.90 |",
      "### webhook",
      "**Webhook**\n\n| per second |",
      "### check",
    ];
    const places = inOrder.map((text) => page.indexOf(text));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(page).not.toContain("quick run");
  });

  it("says of a benchmark that was run by itself later when that was", () => {
    const conditions = { ...CONDITIONS, date: "2027-02-01", command: "npm run bench -- --write check" };
    const check = [{ title: "check", kind: "figures", rows: [{ ms: 6 }] }] as const;
    const page = pageOf(withNamed({ conditions: CONDITIONS, results }, { conditions, results: { check } }));
    expect(page).toContain("### check\n\n`npm run bench -- --write check`, 2027-02-01: 2 cores");
    expect(page).toContain("| 6 |");
    expect(page).toContain("### webhook\n\nAll servers");
  });

  it("says what makes the figures worth less", () => {
    const conditions = { ...CONDITIONS, quick: true, unbound: "taskset is not available" };
    const page = pageOf({ conditions, results });
    expect(page).toContain("This was a quick run");
    expect(page).toContain("nothing bound to a core: taskset is not available");
  });
});

describe("npm run bench", () => {
  it.each([[["wobhook"], "no benchmark wobhook; there are cel, check, "]])("refuses %j", async (args, message) => {
    const run = new Promise<{ code: unknown; stderr: string }>((resolve) => {
      execFile(process.execPath, [join(ROOT, "bench/run.ts"), ...args], (error, _stdout, stderr) => {
        resolve({ code: error?.code, stderr });
      });
    });
    const { code, stderr } = await run;
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  it("has a note where a peer cannot be run", async () => {
    const prepare = () => Promise.reject(new Error("KUBECONFIG is not set"));
    expect(await attempt("Pepr", prepare)).toEqual({ name: "Pepr", why: "KUBECONFIG is not set" });
  });
});
