/**
 * The changes that CONTRIBUTING.md tells how to make, each in miniature. An edit puts text before or behind an anchor, the
 * first place where the file has it, or makes a new file.
 */
export type Edit =
  | { readonly file: string; readonly before: string; readonly insert: string }
  | { readonly file: string; readonly behind: string; readonly insert: string }
  | { readonly file: string; readonly create: string };

export interface Change {
  /** The heading in CONTRIBUTING.md. */
  readonly heading: string;
  /** By hand, in the order of CONTRIBUTING.md. */
  readonly edits: readonly Edit[];
  /** What `npm run docs` then writes. */
  readonly generated: readonly string[];
  /** A command that shows that the change works, and what it then prints. */
  readonly shows: { readonly command: readonly string[]; readonly prints: string };
}

const MANIFEST = {
  file: "colour.yaml",
  text: "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {colour: blue, ports: [{port: 80}]}\n",
};

/** A Service with the field that the first change makes. */
export const EXAMPLE = MANIFEST;

export const CHANGES: readonly Change[] = [
  {
    heading: "A field of the Service",
    edits: [
      {
        file: "src/service/schema/schema.ts",
        behind: '  trafficDistribution: { ...optionalText, since: fieldSince("trafficDistribution") },\n',
        insert: "  colour: optionalText,\n",
      },
      {
        file: "src/service/schema/types.ts",
        behind: "  trafficDistribution?: string;\n",
        insert: "  colour?: string;\n",
      },
      {
        file: "src/service/schema/spec-help.ts",
        before: '  "spec.externalName": {\n',
        insert: '  "spec.colour": { purpose: "The colour of the Service." },\n',
      },
    ],
    generated: ["docs/service.md"],
    shows: { command: ["check", "--no-config", "--show", "stored", MANIFEST.file], prints: "colour: blue" },
  },
  {
    heading: "A warning or a refusal of the API server",
    edits: [
      {
        file: "src/service/messages/warnings.ts",
        before: '  "ignored-field": {\n',
        insert: `  "colour-deprecated": {
    title: "colours are deprecated",
    message: ({ found }) => \`the colour \${valueText(found)} is deprecated\`,
    fix: () => "leave spec.colour out",
  },
`,
      },
      {
        file: "src/service/validate/warnings.ts",
        behind: "  warnIgnored(service, version, findings);\n",
        insert:
          '  if (spec.colour !== undefined) findings.add("colour-deprecated", SPEC.child("colour"), spec.colour);\n',
      },
      {
        file: "src/service/schema/spec-help.ts",
        behind: '  "spec.colour": { purpose: "The colour of the Service."',
        insert: ', warnings: ["colour-deprecated"]',
      },
      {
        file: "test/service/examples.ts",
        before: '  "ignored-field": {',
        insert: '  "colour-deprecated": { path: Path.root.child("spec").child("colour"), found: "blue" },\n',
      },
      {
        file: "site/catalogue/examples/warnings.ts",
        before: '  "topology-hints-deprecated": {\n',
        insert: `  "colour-deprecated": {
    ...mended(service(\`\${SPEC.trimEnd()}\\n  colour: blue\\n\`), ["\\n  colour: blue", ""]),
    why: "Nothing reads the colour.",
  },
`,
      },
      {
        file: "test/service/validate/warnings.test.ts",
        before: "  {\n    about: ",
        insert: `  {
    about: "colours are deprecated",
    rows: [{ rule: "any", spec: { colour: "blue" }, want: [said("colour-deprecated", "colour", "blue")] }],
  },
`,
      },
    ],
    generated: ["docs/service.md"],
    shows: { command: ["check", "--no-config", MANIFEST.file], prints: 'the colour "blue" is deprecated' },
  },
  {
    heading: "A policy rule",
    edits: [
      {
        file: "src/policy/rules/metadata/plain-colour.ts",
        create: `import { defineRule, SPEC } from "../kit/index.ts";

export const plainColour = defineRule({
  meta: {
    id: "plain-colour",
    title: "A Service has no colour",
    fault: "a Service has a colour",
    why: "Colours distract.",
    group: "advice",
  },
  parameters: {},
  messages: { colour: { text: "the Service has a colour", fix: "leave spec.colour out" } },
  check: () => (service) =>
    service.spec.colour === undefined ? [] : [{ says: "colour", path: SPEC.child("colour"), found: service.spec.colour }],
  cel: () => [{ says: "colour", where: "has(object.spec.colour)", path: "spec.colour" }],
  examples: {
    good: [{ name: "plain", spec: {} }],
    bad: [{ name: "blue", spec: { colour: "blue" }, finds: ["spec.colour"] }],
  },
});
`,
      },
      {
        file: "src/policy/rules/metadata/index.ts",
        before: "export {",
        insert: 'export { plainColour } from "./plain-colour.ts";\n',
      },
    ],
    generated: ["docs/rules.md", "schemas/policy-test.schema.json", "schemas/service-policy.schema.json"],
    shows: { command: ["rules"], prints: "plain-colour" },
  },
  {
    heading: "A report format",
    edits: [
      {
        file: "src/reports/formats/count.ts",
        create: `import type { Reporter } from "../model/index.ts";

/** The number of findings. */
export function createCountReporter(): Reporter {
  let count = 0;
  return {
    finding: () => {
      count++;
      return "";
    },
    end: () => \`\${count} counted\\n\`,
  };
}
`,
      },
      {
        file: "src/reports/formats/index.ts",
        before: "export {",
        insert: 'export { createCountReporter } from "./count.ts";\n',
      },
      {
        file: "src/reports/reporter.ts",
        before: "  html: async",
        insert: '  count: async () => (await import("./formats/index.ts")).createCountReporter,\n',
      },
      {
        file: "docs/report.md",
        before: "| `html`",
        insert:
          "| `count`  | those who count                    | at the end             | counted                                     |\n",
      },
    ],
    generated: [],
    shows: { command: ["check", "--no-config", "--format", "count", MANIFEST.file], prints: "1 counted" },
  },
  {
    heading: "A setting of `serve`",
    edits: [
      {
        file: "src/serve/config/settings.ts",
        behind: "  readonly policies: readonly string[];\n",
        insert: "  readonly colour: string;\n",
      },
      {
        file: "src/serve/config/settings.ts",
        before: '  {\n    path: ["policies"],\n',
        insert: `  {
    path: ["colour"],
    flag: "colour",
    value: "COLOUR",
    help: "colour of the server",
    schema: { type: "string", enum: ["blue", "red"] },
    default: "blue",
  },
`,
      },
    ],
    generated: ["docs/settings.md"],
    shows: { command: ["serve", "--help"], prints: "colour of the server (FAIRLEAD_COLOUR)" },
  },
  {
    heading: "A value of the chart that sets a setting",
    edits: [
      {
        file: "src/serve/config/settings.ts",
        behind:
          '    help: "colour of the server",\n    schema: { type: "string", enum: ["blue", "red"] },\n    default: "blue",\n',
        insert: '    chart: { key: ["config", "colour"], description: "The colour of the server." },\n',
      },
    ],
    generated: [
      "charts/fairlead/README.md",
      "charts/fairlead/templates/_settings.tpl",
      "charts/fairlead/values.schema.json",
      "charts/fairlead/values.yaml",
      "deploy/fairlead.yaml",
      "docs/settings.md",
    ],
    shows: { command: ["serve", "--help"], prints: "--colour <COLOUR>" },
  },
  {
    heading: "A command",
    edits: [
      {
        file: "src/commands/colour.ts",
        create: `import { Command } from "commander";

/** The command \`fairlead colour\`. */
export function command(): Command {
  return new Command("colour").action(() => {
    process.stdout.write("blue\\n");
  });
}
`,
      },
      {
        file: "src/commands/commands.ts",
        before: "  completion: {",
        insert: '  colour: { description: "print a colour", load: () => import("./colour.ts") },\n',
      },
    ],
    generated: [],
    shows: { command: ["colour"], prints: "blue" },
  },
];
