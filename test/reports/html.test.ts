import { describe, expect, it } from "@jest/globals";
import type { CheckedService, CheckFinding } from "#src/examine/model/types.ts";
import type { Service } from "#src/service/schema/types.ts";
import { ESTATE_SUMMARY, FINDINGS, SERVICES } from "./estate.ts";
import { CLEAN, finding, HOSTILE, hostileFinding, report, service } from "./fixtures.ts";

describe("the HTML report", () => {
  it("asks for nothing and lets nothing run but what it brings", async () => {
    const page = await report("html", { findings: FINDINGS, services: SERVICES, summary: ESTATE_SUMMARY });
    expect(page).toMatch(/^<!doctype html>\n/);
    expect(page).toContain(`content="default-src &#39;none&#39;; script-src &#39;sha256-`);
    expect(page).not.toMatch(/\s(?:src|srcset|on\w+|style)=|@import|url\(/i);
    expect(page.match(/<script>/g)).toHaveLength(1);
  });

  it("escapes whatever comes from the user's files", async () => {
    const hostile = service({ file: HOSTILE, namespace: HOSTILE, name: HOSTILE, text: `a: '${HOSTILE}'\n` });
    const page = await report("html", { findings: [hostileFinding()], services: [hostile] });
    expect(page).not.toContain("<script>alert");
    expect(page.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cs}\u202e]/u);
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;&#39;");
  });

  it.each([
    { name: "errors", summary: ESTATE_SUMMARY, want: "3 errors to fix" },
    { name: "warnings alone", summary: { ...CLEAN, warnings: 2 }, want: "No errors; 2 warnings" },
    {
      name: "inputs that cannot be read",
      summary: { ...CLEAN, errors: 2, unusable: 2 },
      want: "2 inputs could not be",
    },
    { name: "nothing found", summary: CLEAN, want: "No errors and no warnings: the API server would accept" },
    { name: "nothing but what is suppressed", summary: { ...CLEAN, suppressed: 2 }, want: "except for 2 suppressed." },
    {
      name: "something not judged",
      summary: { ...CLEAN, leftOut: ["2 files"] },
      want: "warnings in what was checked.",
    },
    { name: "nothing checked", summary: { ...CLEAN, services: 0 }, want: "No Service was found" },
  ])("says in a sentence what came of it: $name", async ({ summary, want }) => {
    expect(await report("html", { summary })).toContain(want);
  });

  it("shows a thousand Services, those with findings before those without", async () => {
    const many = Array.from({ length: 1002 }, (_, index) => service({ name: `web-${index}` }));
    const last = finding({ service: { namespace: "shop", name: "web-1001" } });
    const page = await report("html", { findings: [last], services: many });
    expect(page.match(/<details /g)).toHaveLength(1000);
    expect(page).toContain(`data-name="shop/web-1001"`);
    expect(page).toContain("2 more Services without findings");
  });

  it("shows errors first, then warnings and notes, suppressed findings last, each by file", async () => {
    const placed = (file: string, severity: "error" | "warning" | "note", line: number, extra: object = {}) =>
      finding({ file, severity, region: { startLine: line, startColumn: 1, endLine: line, endColumn: 2 }, ...extra });
    const suppressed = { suppressed: { by: "baseline", reason: "known" } };
    const page = await report("html", {
      findings: [
        placed("a.yaml", "note", 1),
        placed("a.yaml", "warning", 2),
        placed("b.yaml", "error", 1, suppressed),
        placed("b.yaml", "warning", 2),
        placed("b.yaml", "error", 3),
        placed("b.yaml", "error", 4),
        placed("c.yaml", "error", 1, suppressed),
      ],
    });
    const order = [...page.matchAll(/<h3>(.*?)<|<code>([abc]\.yaml:\d+):1<\/code>/g)].map(
      ([, head, place]) => head ?? place,
    );
    expect(order).toEqual(
      [
        ["b.yaml", "b.yaml:3", "b.yaml:4"],
        ["a.yaml", "a.yaml:2"],
        ["b.yaml", "b.yaml:2"],
        ["a.yaml", "a.yaml:1"],
        ["b.yaml", "b.yaml:1"],
        ["c.yaml", "c.yaml:1"],
      ].flat(),
    );
  });

  it("has filters by rule and severity only where there are findings", async () => {
    const groups = async (findings: readonly CheckFinding[]): Promise<string[]> =>
      (await report("html", { findings })).match(/<(?:label class="rules"|div class="toggles")[^>]*>/g) ?? [];
    const isHidden = (tag: string): boolean => tag.includes(" hidden");
    expect((await groups([])).map(isHidden)).toEqual([true, true]);
    expect((await groups([finding()])).map(isHidden)).toEqual([false, false]);
  });

  it("shows text in backticks as code", async () => {
    const message = "YAML takes `on` for <b>true</b>";
    const page = await report("html", { findings: [finding({ message, fix: 'write `"on"`' })] });
    expect(page).toContain("YAML takes <code>on</code> for &lt;b&gt;true&lt;/b&gt;</a>");
    expect(page).toContain("<dd>write <code>&quot;on&quot;</code></dd>");
  });

  it("says when and how it was made, and of which commit", async () => {
    const run = { date: "2026-11-27T09:30:00Z", command: "fairlead check '<b>'", commit: "0123456789abcdef0123" };
    const textOf = (html: string): string => html.replaceAll(/<span class="word">|<\/span>/g, "");
    const page = await report("html", { options: { run } });
    expect(page).toContain(`<time datetime="2026-11-27T09:30:00Z">2026-11-27 09:30 UTC</time>`);
    expect(page).toContain("commit <code>0123456789ab</code>");
    expect(textOf(page)).toContain("<code>fairlead check &#39;&lt;b&gt;&#39;</code>");
    expect(await report("html", { options: { run: { ...run, commit: undefined } } })).not.toContain("commit <code>");
  });

  it("says what is suppressed, and why", async () => {
    const known = finding({ suppressed: { by: "baseline", reason: "known on 2026-11-01" } });
    const page = await report("html", { findings: [known] });
    expect(page).toContain("suppressed by the baseline: known on 2026-11-01");
  });
});

const STORED: Service = {
  metadata: { name: "web" },
  spec: { type: "NodePort", clusterIP: "0.0.0.0", ports: [{ port: 80, targetPort: 80, nodePort: 0 }] },
  status: { loadBalancer: {} },
};

/** The rows of the one Service on the page, both columns: line number, kind, and text. */
async function rows(overrides: Partial<CheckedService>): Promise<{ manifest: string[]; stored: string[] }> {
  const page = await report("html", { services: [service({ stored: STORED, ...overrides })] });
  const [manifest = [], stored = []] = page
    .split("<pre ")
    .slice(1)
    .map((block) =>
      block
        .slice(0, block.indexOf("</pre>"))
        .split(/<span class="row/)
        .slice(1)
        .map((row) => {
          const kind = row.slice(0, row.indexOf('"')).trim();
          const text = row.slice(row.indexOf(">") + 1).replaceAll(/<span class="spoken">.*?<\/span>|<[^>]*?>/gs, "");
          return `${kind}|${text}`;
        }),
    );
  return { manifest, stored };
}

describe("a manifest beside the object as it would be stored", () => {
  it("marks what is added, changed and allocated, and lays the same beside the same", async () => {
    const text = "metadata:\n  name: web # the name\nspec:\n  type: ClusterIP\n  ports:\n    - port: 80\n";
    expect(await rows({ text, allocated: ["/spec/clusterIP", "/spec/ports/0/nodePort"] })).toEqual({
      manifest: [
        "|1metadata:",
        "|2  name: web # the name",
        "|3spec:",
        "changed|4  type: ClusterIP",
        "|5  ports:",
        "|6    - port: 80",
        "filler|",
        "filler|",
        "filler|",
        "filler|",
        "filler|",
      ],
      stored: [
        "|metadata:",
        "|  name: web",
        "|spec:",
        "changed|  type: NodePort",
        "|  ports:",
        "|    - port: 80",
        "added|      targetPort: 80",
        "picked|      nodePort: allocated",
        "picked|  clusterIP: allocated",
        "added|status:",
        "added|  loadBalancer: {}",
      ],
    });
  });

  it.each([
    {
      name: "a field",
      text: "spec:\n  type: NodePort\n  externalName: a.example\n",
      want: ["dropped|3  externalName: a.example"],
    },
    {
      name: "a block, but not the line after it",
      text: "spec:\n  sessionAffinityConfig:\n    clientIP:\n      timeoutSeconds: 1\n  type: NodePort\n",
      want: ["dropped|2  sessionAffinityConfig:", "dropped|3    clientIP:", "dropped|4      timeoutSeconds: 1"],
    },
    { name: "no null and nothing empty, which say nothing", text: "metadata: { labels: {}, uid: null }\n", want: [] },
    {
      name: "a field of JSON",
      text: '{\n  "spec": {\n    "externalName": "a"\n  }\n}\n',
      want: [`dropped|3    &quot;externalName&quot;: &quot;a&quot;`],
    },
  ])("marks what is dropped: $name", async ({ text, want }) => {
    const { manifest } = await rows({ text });
    expect(manifest.filter((row) => row.startsWith("dropped"))).toEqual(want);
  });

  it.each([
    { name: "an octal number of YAML 1.1", text: "spec:\n  ports:\n    - port: 0120\n" },
    { name: "quotes", text: 'spec:\n  type: "NodePort"\n' },
    { name: "JSON", text: '{"spec":{"type":"NodePort"}}' },
    { name: "a carriage return", text: "spec:\r\n  type: NodePort\r\n" },
  ])("does not take for a change what is only written otherwise: $name", async ({ text }) => {
    const { manifest, stored } = await rows({ text });
    expect([...manifest, ...stored].filter((row) => row.startsWith("changed") || row.startsWith("dropped"))).toEqual(
      [],
    );
  });

  it("shows an item of a List without its indentation, under the file's line numbers", async () => {
    const text = "kind: Service\n    spec:\n      type: ClusterIP\n";
    const { manifest } = await rows({ text, region: { startLine: 7, startColumn: 5, endLine: 9, endColumn: 22 } });
    expect(manifest.slice(0, 1)).toEqual(["dropped|7kind: Service"]);
    expect(manifest).toContain("changed|9  type: ClusterIP");
  });

  it("marks nothing where the manifest's text does not stand alone", async () => {
    const { stored } = await rows({ text: "spec: *elsewhere\n" });
    expect(stored.filter((row) => !row.startsWith("|"))).toEqual(["filler|"]);
  });

  it("quotes what would be read as something else", async () => {
    const annotations = { a: "yes", b: "80", c: "1:20", d: "10.0.0.1", e: "", f: "x: y", g: "2027-01-31" };
    const { stored } = await rows({ text: "kind: Service\n", stored: { ...STORED, metadata: { annotations } } });
    expect(stored.slice(2, 9)).toEqual([
      "added|    a: &quot;yes&quot;",
      "added|    b: &quot;80&quot;",
      "added|    c: &quot;1:20&quot;",
      "added|    d: 10.0.0.1",
      "added|    e: &quot;&quot;",
      "added|    f: &quot;x: y&quot;",
      "added|    g: &quot;2027-01-31&quot;",
    ]);
  });

  it("says so where nothing is stored", async () => {
    const page = await report("html", { services: [service()] });
    expect(page).toContain("the API server refuses this object");
  });
});
