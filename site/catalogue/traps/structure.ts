import { mended, service, yaml } from "../examples/write.ts";
import type { Trap } from "./trap.ts";

const SPEC = `
  selector:
    app: shop
  ports:
    - port: 80
`;

/** Indentation, keys, lists and documents. */
export const STRUCTURE = {
  "missing-space": {
    title: "A colon without a space is no separator",
    why: "`app:shop` is one text. Only a colon that a space or the end of the line follows separates a key from its value, so that addresses and times can be written without quotes.",
    rule: "wrong-type",
    at: ["metadata", "labels"],
    ...mended(service(SPEC, "name: shop\nlabels:\n  app:shop"), ["app:shop", "app: shop"]),
  },
  tab: {
    title: "A tab is no indentation",
    why: "Nobody knows how wide a tab is, so YAML allows only spaces.",
    rule: "not-yaml",
    ...mended(service("selector:\n  app: shop\nports:\n  - port: 80").replace("    - port", "\t- port"), [
      "\t- port",
      "    - port",
    ]),
  },
  "list-without-dash": {
    title: "A list of one still needs its dash",
    why: "Without the `-` it is an object with these keys.",
    rule: "wrong-type",
    at: ["spec", "ports"],
    ...mended(
      service(`
        selector:
          app: shop
        ports:
          port: 80
      `),
      ["ports:\n    port", "ports:\n    - port"],
    ),
  },
  "typographic-dash": {
    title: "– is not -",
    why: "Word processors and chats turn a hyphen into a dash. To YAML, an en dash is a letter as any other, so that the line is a key.",
    rule: "wrong-type",
    at: ["spec", "ports"],
    ...mended(
      service(`
        selector:
          app: shop
        ports:
          – port: 80
      `),
      ["–", "-"],
    ),
  },
  "no-break-space": {
    title: "A space that is none",
    why: "A no-break space (U+00A0), which web pages and chats contain, looks like a space and is a letter to YAML.",
    rule: "wrong-type",
    at: ["spec", "ports"],
    ...mended(
      service(`
        selector:
          app: shop
        ports:
          -\u00a0port: 80
      `),
      ["\u00a0", " "],
    ),
  },
  "duplicate-key": {
    title: "Of a key that is there twice, one is lost",
    why: "YAML forbids it, and most parsers take the last one.",
    rule: "duplicate-field",
    programs: {
      kubectl: "keeps the last, says nothing",
      apiServer: "refuses with `fieldValidation=Strict`, else a warning",
    },
    ...mended(
      service(`
        ports:
          - name: http
            port: 80
        selector:
          app: shop
        ports:
          - name: https
            port: 443
      `),
      ["  selector:\n    app: shop\n  ports:\n", ""],
      ["      port: 443\n", "      port: 443\n  selector:\n    app: shop\n"],
    ),
    at: ["spec", "ports"],
  },
  "merge-key": {
    title: "A key beside a merged one wins",
    why: "`<<` brings the keys of an anchored value, and a key that is written beside it wins. kubectl resolves that before it sends anything. A client that sends the text itself is refused.",
    programs: {
      kubectl: "resolves it, and sends the result",
      apiServer: "takes it for a duplicate key: refuses with `fieldValidation=Strict`, else a warning",
    },
    at: ["spec", "ports", 1],
    ...mended(
      service(`
        selector:
          app: shop
        ports:
          - &http
            name: http
            port: 80
            appProtocol: http
          - <<: *http
            name: admin
            port: 8080
      `),
      ["- &http\n      name", "- name"],
      ["- <<: *http\n      name: admin\n      port: 8080", "- name: admin\n      port: 8080\n      appProtocol: http"],
    ),
  },
  "several-documents": {
    title: "A body has one document, a file has many",
    why: "`---` between manifests is kubectl's: it sends each document by itself.",
    programs: { kubectl: "reads all", apiServer: "reads the first" },
    bad: `${service(SPEC)}---\n${service(SPEC, "name: shop-internal")}`,
    good: service(SPEC),
  },
  "document-end": {
    title: "What follows ... is not read",
    why: "Three dots end a document. kubectl splits a file at `---` only, and of each part it reads the first document: the second Service is lost without a word.",
    bad: `${service(SPEC)}...\n${service(SPEC, "name: shop-internal")}`,
    good: `${service(SPEC)}---\n${service(SPEC, "name: shop-internal")}`,
    note: "`fairlead check` reads what kubectl reads: one Service.",
  },
  "four-dashes": {
    title: "---- separates, and breaks",
    why: "kubectl splits a file at lines that start with `---`, and nothing but a comment may follow on such a line.",
    rule: "not-yaml",
    ...mended(`${service(SPEC)}----\n${service(SPEC, "name: shop-internal")}`, ["----", "---"]),
  },
  "document-on-separator": {
    title: "A document on the line of its separator",
    why: "kubectl splits a file at lines that start with `---`, and nothing but a comment may follow on such a line.",
    rule: "not-yaml",
    programs: { kubectl: "refuses since 1.22; before, reads it as the document", apiServer: "reads" },
    bad: `--- { apiVersion: v1, kind: Service, metadata: { name: shop }, spec: { ports: [{ port: 80 }] } }\n`,
    good: `---\n{ apiVersion: v1, kind: Service, metadata: { name: shop }, spec: { ports: [{ port: 80 }] } }\n`,
  },
  directive: {
    title: "%YAML before --- is a document of its own",
    why: "kubectl splits a file at `---` before it reads any of it, so that the directive stands alone.",
    rule: "not-yaml",
    programs: { kubectl: "refuses", apiServer: "reads" },
    ...mended(`%YAML 1.1\n---\n${service(SPEC)}`, ["%YAML 1.1\n", ""]),
  },
  "block-text": {
    title: "Whether a text ends with a line feed",
    why: "`|` keeps the line feed at the end of a text, `|-` does not. If the file ends without one, right behind the text, it depends on who reads it.",
    programs: { kubectl: "adds it", apiServer: "reads the text without it" },
    at: ["metadata", "annotations", "example.com/note"],
    bad: yaml(`
      apiVersion: v1
      kind: Service
      spec:
        selector:
          app: shop
        ports:
          - port: 80
      metadata:
        name: shop
        annotations:
          example.com/note: |
            Ask the checkout team.
    `).trimEnd(),
    good: yaml(`
      apiVersion: v1
      kind: Service
      spec:
        selector:
          app: shop
        ports:
          - port: 80
      metadata:
        name: shop
        annotations:
          example.com/note: |-
            Ask the checkout team.
    `),
  },
} as const satisfies Record<string, Trap>;
