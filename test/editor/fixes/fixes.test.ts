import { describe, expect, test } from "@jest/globals";
import { analyse, type Analysis } from "#src/editor/analysis/index.ts";
import { exemptionsAt, fixAll, fixesAt } from "#src/editor/fixes/index.ts";
import { applyEdits } from "#src/examine/edits/index.ts";
import { fixText } from "#src/examine/fixes/index.ts";
import type { Context } from "#src/examine/findings/index.ts";
import { compileFiles } from "#src/policy/files/index.ts";
import { contextOf } from "../contexts.ts";
import { drawText, FILES, ODD_TEXTS, textOf } from "../samples.ts";

const PLAIN = await contextOf();

const HEAD = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n";
const PORT = "  ports:\n    - port: 80\n";

/** The text after each fix that is offered for the whole text, by its title. */
function fixedTexts(text: string, context: Context = PLAIN): Readonly<Record<string, string>> {
  const analysis = analyse(text, "a.yaml", context);
  const all = fixesAt(analysis, { start: 0, end: text.length });
  return Object.fromEntries(all.map(({ fix }) => [fix.title, applyEdits(text, fix.edits).text]));
}

test.each<[string, string, Readonly<Record<string, string>>]>([
  [
    "a safe one, as check --fix makes it",
    `${HEAD}spec:\n  type: nodeport\n${PORT}`,
    { "Replace nodeport with NodePort": `${HEAD}spec:\n  type: NodePort\n${PORT}` },
  ],
  [
    "a number in quotes",
    `${HEAD}spec:\n  ports: [{ port: "80" }]\n`,
    { "Write 80 without quotes": `${HEAD}spec:\n  ports: [{ port: 80 }]\n` },
  ],
  [
    "a field without effect, with the comment behind it",
    `${HEAD}spec:\n  clusterIP: None\n  trafficDistribution: PreferSameZone # near\n  # ports\n${PORT}`,
    { "Remove trafficDistribution": `${HEAD}spec:\n  clusterIP: None\n  # ports\n${PORT}` },
  ],
  [
    "an object without effect, not the comment above the next field",
    `${HEAD}spec:\n  sessionAffinityConfig:\n    clientIP:\n      timeoutSeconds: 5\n\n  # the ports\n${PORT}`,
    { "Remove sessionAffinityConfig": `${HEAD}spec:\n\n  # the ports\n${PORT}` },
  ],
  [
    "in braces",
    `${HEAD}spec: { ports: [{ port: 80, nodePort: 30080 }] }\n`,
    { "Remove nodePort": `${HEAD}spec: { ports: [{ port: 80 }] }\n` },
  ],
  [
    "behind a dash",
    `${HEAD}spec:\n  ports:\n    - nodePort: 30080\n      port: 80\n`,
    { "Remove nodePort": `${HEAD}spec:\n  ports:\n    - port: 80\n` },
  ],
  [
    "a field that nobody knows",
    `${HEAD}spec:\n  frobnicate: 1\n${PORT}`,
    { "Remove frobnicate": `${HEAD}spec:\n${PORT}` },
  ],
  [
    "the name of a port",
    `${HEAD}spec:\n  ports:\n    - name: web\n      port: 80\n    - port: 53\n      protocol: UDP\n`,
    {
      "Name the port udp-53": `${HEAD}spec:\n  ports:\n    - name: web\n      port: 80\n    - name: udp-53\n      port: 53\n      protocol: UDP\n`,
    },
  ],
  [
    "a key that YAML takes for a boolean",
    `${HEAD}spec:\n  selector:\n    on: x\n${PORT}`,
    { "Put on in quotes": `${HEAD}spec:\n  selector:\n    "on": x\n${PORT}` },
  ],
  [
    "an octal number",
    `${HEAD}spec:\n  ports:\n    - port: 0120\n`,
    { "Write 120": `${HEAD}spec:\n  ports:\n    - port: 120\n` },
  ],
  [
    "an apiVersion",
    "kind: Service\nmetadata:\n  name: web\nspec:\n  ports: [{ port: 80 }]\n",
    {
      "Write apiVersion: v1": "kind: Service\napiVersion: v1\nmetadata:\n  name: web\nspec:\n  ports: [{ port: 80 }]\n",
    },
  ],
  [
    "an apiVersion behind a byte order mark",
    "\ufeffkind: Service\nmetadata:\n  name: web\nspec:\n  ports: [{ port: 80 }]\n",
    {
      "Write apiVersion: v1":
        "\ufeffkind: Service\napiVersion: v1\nmetadata:\n  name: web\nspec:\n  ports: [{ port: 80 }]\n",
    },
  ],
  [
    "two ways",
    `${HEAD}spec:\n  type: LoadBalancer\n  loadBalancerSourceRanges: ["10.1.2.3/8"]\n${PORT}`,
    {
      "Write 10.1.2.3/32": `${HEAD}spec:\n  type: LoadBalancer\n  loadBalancerSourceRanges: ["10.1.2.3/32"]\n${PORT}`,
      "Write 10.0.0.0/8": `${HEAD}spec:\n  type: LoadBalancer\n  loadBalancerSourceRanges: ["10.0.0.0/8"]\n${PORT}`,
    },
  ],
  [
    "JSON",
    '{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}, "spec": {"ports": [{"port": 80, "nodePort": 30080}]}}',
    {
      "Remove nodePort":
        '{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}, "spec": {"ports": [{"port": 80}]}}',
    },
  ],
])("fixes: %s", (_what, text, expected) => {
  expect(fixedTexts(text)).toEqual(expected);
});

describe("what a policy would find in a fixed Service", () => {
  const policies = compileFiles([
    {
      file: "p.yaml",
      text: `apiVersion: fairlead.dev/v1alpha1
kind: ServicePolicy
metadata: { name: p }
spec:
  rules:
    - { rule: controller-annotations, action: warn }
    - { rule: public-load-balancer, action: warn }
    - { rule: named-ports, action: deny }
`,
    },
  ]).policies;
  const context = { ...PLAIN, policies };
  const titles = (text: string): readonly string[] => Object.keys(fixedTexts(text, context));

  test("refuses a suggestion", () => {
    const internal = "service.beta.kubernetes.io/aws-load-balancer-internal";
    const text = `${HEAD}  annotations:\n    ${internal}: 0.0.0.0/0\nspec:\n  type: LoadBalancer\n  loadBalancerClass: service.k8s.aws/nlb\n  ports: [{ port: 80, name: a }]\n`;
    expect(titles(text)).toEqual(['Write "true"']);
  });

  test("refuses neither a safe fix nor one of a Service that policies could not read", () => {
    expect(titles(`${HEAD}spec:\n  ports: [{ port: "80" }]\n`)).toContain("Write 80 without quotes");
    expect(titles(`${HEAD}spec:\n  type: Nodeport\n${PORT}`)).toContain("Replace Nodeport with NodePort");
    expect(titles(`${HEAD}spec:\n  ports:\n    - port: 0120\n`)).toContain("Write 120");
  });
});

test("a fix may change the name of a Service that has other errors", () => {
  const text = `${HEAD.replace("web", "Web")}spec:\n  ports: [{ port: 0 }]\n`;
  expect(Object.keys(fixedTexts(text))).toContain("Write web");
});

test("of all files, each fix that is offered makes its diagnostic go, and is not alone in being safe", () => {
  let offered = 0;
  for (const file of FILES) {
    const analysis = analyse(textOf(file), file, { ...PLAIN, isNamed: true });
    for (const { diagnostic, fix } of fixesAt(analysis, { start: 0, end: analysis.text.length })) {
      const after = analyse(applyEdits(analysis.text, fix.edits).text, file, analysis.context);
      const alike = ({ diagnostics }: Analysis) =>
        diagnostics.filter(({ code, field }) => code === diagnostic.code && field === diagnostic.field).length;
      expect([file, fix.title, alike(after) < alike(analysis)]).toEqual([file, fix.title, true]);
      expect(fix.edits.map(({ start, end }) => analysis.text.slice(start, end))).toEqual(
        fix.edits.map(({ before }) => before),
      );
      offered++;
    }
  }
  expect(offered).toBeGreaterThan(50);
});

test("all fixes at once are those of check --fix", () => {
  const drawn = Array.from({ length: 30 }, (_, seed) => drawText(seed * 7919));
  for (const text of [...FILES.map(textOf), ...Object.values(ODD_TEXTS), ...drawn]) {
    const analysis = analyse(text, "a.yaml", { ...PLAIN, isNamed: true });
    expect(applyEdits(text, fixAll(analysis)).text).toBe(fixText(text, "a.yaml", analysis.context).text);
  }
});

describe("exemptions", () => {
  const policyOf = (allows: boolean) =>
    compileFiles([
      {
        file: "p.yaml",
        text: `apiVersion: fairlead.dev/v1alpha1\nkind: ServicePolicy\nmetadata: { name: p }\nspec: { allowAnnotation: ${allows}, rules: [{ rule: named-ports, action: deny }] }\n`,
      },
    ]).policies;
  const exempted = (text: string, allows = true): readonly string[] => {
    const analysis = analyse(text, "a.yaml", { ...PLAIN, policies: policyOf(allows) });
    const all = exemptionsAt(analysis, { start: 0, end: text.length });
    return all.map(({ fix }) => applyEdits(text, fix.edits).text);
  };
  const SPEC = "spec:\n  ports: [{ port: 80 }]\n";
  const NAME = "exempt.fairlead.dev/named-ports";

  test.each([
    ["block", `${HEAD}${SPEC}`, `${HEAD}  annotations:\n    ${NAME}: ""\n${SPEC}`],
    [
      "annotations that are there, indented by four",
      `apiVersion: v1\nkind: Service\nmetadata:\n    name: a\n    annotations:\n        b: c\n${SPEC}`,
      `apiVersion: v1\nkind: Service\nmetadata:\n    name: a\n    annotations:\n        ${NAME}: ""\n        b: c\n${SPEC}`,
    ],
    [
      "empty annotations",
      `${HEAD}  annotations: # none\n${SPEC}`,
      `${HEAD}  annotations: # none\n    ${NAME}: ""\n${SPEC}`,
    ],
    [
      "no metadata",
      `apiVersion: v1\nkind: Service\n${SPEC}`,
      `apiVersion: v1\nkind: Service\nmetadata:\n  annotations:\n    ${NAME}: ""\n${SPEC}`,
    ],
    [
      "carriage returns",
      `${HEAD}${SPEC}`.replaceAll("\n", "\r\n"),
      `${HEAD}  annotations:\n    ${NAME}: ""\n${SPEC}`.replaceAll("\n", "\r\n"),
    ],
    [
      "flow",
      `apiVersion: v1\nkind: Service\nmetadata: { name: a }\n${SPEC}`,
      `apiVersion: v1\nkind: Service\nmetadata: { annotations: { ${NAME}: "" }, name: a }\n${SPEC}`,
    ],
    [
      "null for annotations, and a comment",
      `${HEAD}  annotations: ~ # none\n${SPEC}`,
      `${HEAD}  annotations: # none\n    ${NAME}: ""\n${SPEC}`,
    ],
    [
      "null for metadata, with carriage returns",
      `apiVersion: v1\nkind: Service\nmetadata: null\n${SPEC}`.replaceAll("\n", "\r\n"),
      `apiVersion: v1\nkind: Service\nmetadata:\n  annotations:\n    ${NAME}: ""\n${SPEC}`.replaceAll("\n", "\r\n"),
    ],
    [
      "null in flow",
      `apiVersion: v1\nkind: Service\nmetadata: { name: a, annotations: null }\n${SPEC}`,
      `apiVersion: v1\nkind: Service\nmetadata: { name: a, annotations: { ${NAME}: "" } }\n${SPEC}`,
    ],
    [
      "null in JSON",
      '{"apiVersion": "v1", "kind": "Service", "metadata": null, "spec": {"ports": [{"port": 1}]}}',
      `{"apiVersion": "v1", "kind": "Service", "metadata": {"annotations": {"${NAME}": ""}}, "spec": {"ports": [{"port": 1}]}}`,
    ],
    [
      "an item of a List",
      `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  metadata:\n    name: a\n  spec: { ports: [{ port: 1 }] }\n`,
      `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  metadata:\n    name: a\n    annotations:\n      ${NAME}: ""\n  spec: { ports: [{ port: 1 }] }\n`,
    ],
    [
      "JSON",
      '{\n  "apiVersion": "v1", "kind": "Service",\n  "metadata": {\n    "name": "a"\n  },\n  "spec": {"ports": [{"port": 1}]}\n}\n',
      `{\n  "apiVersion": "v1", "kind": "Service",\n  "metadata": {\n    "annotations": {"${NAME}": ""},\n    "name": "a"\n  },\n  "spec": {"ports": [{"port": 1}]}\n}\n`,
    ],
  ])("an annotation in the style of the text: %s", (_style, text, expected) => {
    expect(exempted(text)).toEqual([expected]);
  });

  test("the annotation exempts nothing before it has a reason", () => {
    const [text = ""] = exempted(`${HEAD}${SPEC}`);
    const findings = (of: string) => analyse(of, "a.yaml", { ...PLAIN, policies: policyOf(true) }).diagnostics;
    expect(findings(text)).toMatchObject([
      { code: "policy/named-ports", message: `the port 80 has no name (the annotation ${NAME} must give a reason)` },
    ]);
    expect(findings(text)[0]).not.toHaveProperty("suppressed");
    expect(findings(text.replace('""', '"by hand"'))).toMatchObject([
      { suppressed: "suppressed by an annotation: by hand" },
    ]);
  });

  test.each([
    ["a policy that does not allow it", `${HEAD}${SPEC}`, false],
    ["one that is there", `${HEAD}  annotations: { ${NAME}: "" }\n${SPEC}`, true],
    ["a merge in braces", `apiVersion: v1\nkind: Service\nmetadata:\n  <<: &x { name: a }\n${SPEC}`, true],
    ["annotations that are labels, too", `${HEAD}  annotations: &l\n  labels: *l\n${SPEC}`, true],
    ["fields that are not indented", `apiVersion: v1\nkind: Service\nmetadata:\nname: a\n${SPEC}`, true],
    ["nothing to exempt", `${HEAD}spec: { ports: [{ port: 1, name: a }] }\n`, true],
  ])("none for %s", (_why, text, allows) => {
    expect(exempted(text, allows)).toEqual([]);
  });
});
