import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { stringify } from "yaml";
import { makeContext } from "#src/check/context/context.ts";
import { examine } from "#src/examine/findings/examine.ts";
import { fixText } from "#src/examine/fixes/index.ts";
import { defaultSettings } from "#src/examine/settings/settings.ts";
import { Lines } from "#src/text/document/index.ts";
import { readText } from "#src/text/read.ts";
import { readRun } from "#test/conformance/vectors.ts";
import { ROOT } from "#test/paths.ts";

const context = await makeContext({ settings: defaultSettings("2026-11-26"), old: undefined, wantsServices: false });

function fixed(text: string): string {
  return fixText(text, "a.yaml", context).text;
}

const HEAD = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\n";

describe("a fix never duplicates a key", () => {
  it.each([
    {
      name: "two misspelt keys of one name",
      text: `${HEAD}spec:\n  ports:\n    - port: 80\n      targetport: 1\n      target-port: 2\n`,
      say: "more than one key here may be meant as targetPort: keep one of them",
    },
    {
      name: "a misspelt key beside the right one",
      text: `${HEAD}spec:\n  ports:\n    - port: 80\n      targetport: 1\n      targetPort: 2\n`,
      say: "targetPort is there already: keep one of the two",
    },
    {
      name: "in flow style",
      text: `${HEAD}spec: { ports: [{ port: 80, targetport: 1, "target-port": 2 }] }\n`,
      say: "more than one key here may be meant as targetPort: keep one of them",
    },
    {
      name: "a misspelt key beside one that a merge brings in",
      text: `${HEAD}spec:\n  ports:\n    - &p { port: 80, targetPort: 1 }\n    - { <<: *p, port: 81, targetport: 2 }\n`,
      say: "targetPort is there already: keep one of the two",
    },
  ])("$name", ({ text, say }) => {
    const fixes = [...examine(text, "a.yaml", context)].flatMap((event) =>
      event.type === "finding" && event.finding.rule === "unknown-field" ? [event.finding.fix] : [],
    );
    expect([fixed(text), new Set(fixes)]).toEqual([text, new Set([say])]);
  });

  it.each([
    {
      name: "where another merges its mapping and has the right one",
      text: `${HEAD}spec:\n  ports:\n    - &p { prt: 80, name: a }\n    - { <<: *p, port: 81, name: b }\n`,
    },
    {
      name: "that is duplicated, beside a wrong type that is reported first",
      text: '{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"Type":"NodePort","Type":{},"ports":7}}',
    },
  ])("$name", ({ text }) => {
    expect(fixed(text)).toBe(text);
  });
});

describe("a list or a map is never replaced", () => {
  it.each([
    { name: "as the version", text: "apiVersion: [v1]\nkind: Service\nmetadata: { name: web }\n" },
    {
      name: "as the version of an item, right behind its key",
      text: "apiVersion: v1\nkind: ServiceList\nitems: [{apiVersion:[]}]\n",
    },
    { name: "as a value of a few", text: `${HEAD}spec: { type: [nodeport], sessionAffinity: { none: "" } }\n` },
    { name: "as an address", text: `${HEAD}spec: { clusterIP: [none], externalIPs: [["192.0.02.1"]] }\n` },
    { name: "without braces, as an item", text: `${HEAD}spec: {externalIPs:[1: 0]}\n` },
    { name: "as a number", text: `${HEAD}spec: { ports: [{ port: ["80"], targetPort: { "80": "" } }] }\n` },
  ])("$name", ({ text }) => {
    expect(fixed(text)).toBe(text);
  });
});

describe("one run fixes what ten would", () => {
  it("values whose findings appear one after the other", () => {
    const ports = Array.from({ length: 8 }, (_, index) => `  - port: "${8000 + index}"\n    name: p${index}\n`).join(
      "",
    );
    const text = `${HEAD.replace("Service", "service")}spec:\n  type: nodePort\n  Ports:\n${ports}`;
    expect(fixed(text)).toBe(
      text
        .replace("kind: service", "kind: Service")
        .replace("nodePort", "NodePort")
        .replace("Ports", "ports")
        .replaceAll(/"(8\d+)"/g, "$1"),
    );
  });

  it("for all recorded objects, as YAML and as JSON", () => {
    const { vectors } = readRun(join(ROOT, "test/conformance/1.36-dual.jsonl.gz"));
    const texts = vectors.flatMap(({ object = {} }) => [stringify(object), JSON.stringify(object, undefined, 2)]);
    const changed = texts.map((text) => [text, fixed(text)] as const).filter(([text, once]) => once !== text);
    expect(changed.length).toBeGreaterThan(100);
    expect(changed.filter(([, once]) => fixed(once) !== once)).toEqual([]);
  }, 240_000);

  const key = (name: string) =>
    fc.oneof(
      { weight: 3, arbitrary: fc.constant(name) },
      fc.constantFrom(
        name.toLowerCase(),
        name.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`),
        `${name}s`,
        name.toUpperCase(),
        `"${name.toLowerCase()}"`,
      ),
    );
  const number = fc.constantFrom("80", '"80"', "'81'", "0120", "on", "70000", '"http"', "8_0", "null", "80.0");
  const word = fc.constantFrom(
    "web",
    "on",
    "1",
    "0120",
    '"x y"',
    "'1'",
    "~",
    "1:20",
    "2026-11-26",
    "é",
    "x # a comment",
  );
  const field = fc.oneof(
    fc.tuple(key("targetPort"), number),
    fc.tuple(key("nodePort"), number),
    fc.tuple(key("protocol"), fc.constantFrom("tcp", "TCP", "Udp", '"sctp"', "on")),
    fc.tuple(key("appProtocol"), word),
    fc.tuple(key("name"), word),
  );
  const port = fc
    .tuple(key("port"), number, fc.array(field, { maxLength: 4 }), fc.boolean())
    .map(([name, value, fields, isFlow]) => {
      const pairs = [[name, value], ...fields].map(([left = "", right = ""]) => `${left}: ${right}`);
      const isCommented = pairs.some((pair) => pair.includes("#"));
      return isFlow && !isCommented ? `    - { ${pairs.join(", ")} } # flow\n` : `    - ${pairs.join("\n      ")}\n`;
    });
  const top = fc.oneof(
    fc.tuple(key("type"), fc.constantFrom("nodePort", "NodePort", '"clusterip"', "LoadBalancer", "externalname")),
    fc.tuple(key("clusterIP"), fc.constantFrom("none", "None", "010.0.0.1", '"::FFFF:10.0.0.1"', "fd00:10:0::5")),
    fc.tuple(key("sessionAffinity"), fc.constantFrom("clientip", "ClientIP", "none")),
    fc.tuple(key("publishNotReadyAddresses"), fc.constantFrom('"true"', "yes", "true", "'false'")),
    fc.tuple(key("externalName"), word),
    fc.tuple(
      key("selector"),
      word.map((value) => `\n    app: &anchor ${value}\n    tier: *anchor`),
    ),
  );
  const manifest = fc
    .tuple(fc.constantFrom("Service", "service", "Services"), word, fc.array(top, { maxLength: 4 }), fc.array(port))
    .map(
      ([kind, label, tops, ports]) =>
        `# a comment\napiVersion: v1\nkind: ${kind}\nmetadata:\n  name: web\n  labels:\n    app: ${label}\nspec:\n` +
        tops.map(([left, right]) => `  ${left}: ${right}\n`).join("") +
        `  ports:\n${ports.join("")}`,
    );
  const texts = fc.array(manifest, { minLength: 1, maxLength: 3 }).map((all) => all.join("---\n"));

  it("for any manifests: a second run changes nothing, everything else stays, and no key is duplicated", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = fixText(text, "a.yaml", context);
        expect(fixed(once.text)).toBe(once.text);
        const [before, after] = [text, once.text].map((each) => readText(each, { format: "yaml" }));
        expect(after?.problems.length).toBe(before?.problems.length);
        const twice = (content: typeof before) => content?.documents.flatMap(({ duplicates }) => duplicates).length;
        expect(twice(after)).toBe(twice(before));
        expect(once.text.match(/#.*/g)).toEqual(text.match(/#.*/g));
        // Lines without a fix are as they were.
        const changed = new Set(
          once.rounds.flatMap((round) => round.edits.map((edit) => new Lines(round.text).lineOf(edit.start))),
        );
        const lines = once.text.split("\n");
        const unexpected = text.split("\n").filter((line, index) => line !== lines[index] && !changed.has(index + 1));
        expect(unexpected).toEqual([]);
      }),
      { numRuns: 200 },
    );
  }, 240_000);
});
