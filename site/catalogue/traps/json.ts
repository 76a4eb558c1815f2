import { mended } from "../examples/write.ts";
import type { Trap } from "./trap.ts";

const TEXT = `{
  "apiVersion": "v1",
  "kind": "Service",
  "metadata": { "name": "shop" },
  "spec": {
    "selector": { "app": "shop" },
    "ports": [{ "port": 80 }]
  }
}
`;

/** What begins with a brace. */
export const JSON_TRAPS = {
  "json-comments": {
    title: "JSON with comments is YAML",
    why: "A file whose first character is `{` is read as JSON, whatever its name. Where that fails, it is read as YAML, which has comments and trailing commas in braces.",
    programs: {
      kubectl: "reads since 1.34; before, refuses",
      apiServer: "refuses as `application/json`",
    },
    at: ["spec", "ports"],
    ...mended(
      TEXT.replace("[{ ", "[\n      # the web\n      { ").replace("80 }]", "80 },\n    ]"),
      ["[\n      # the web\n      { ", "[{ "],
      ["80 },\n    ]", "80 }]"],
    ),
  },
  "json-duplicate-key": {
    title: "A key that is twice in JSON is read twice",
    why: "The API server decodes both into the same field, one after the other: a list keeps what the second one does not say, and an error in the first is an error.",
    rule: "duplicate-field",
    programs: {
      kubectl: "keeps the last value",
      apiServer: "reads both, one into the other: an error in the first is an error",
    },
    at: ["spec", "ports"],
    ...mended(TEXT.replace('"ports"', '"ports": [{ "name": "http", "port": 8080 }],\n    "ports"'), [
      '"ports": [{ "name": "http", "port": 8080 }],\n    ',
      "",
    ]),
  },
  "field-case": {
    title: "apiVersion in capitals",
    why: "kubectl sends the fields in the order of their names, and the API server takes `apiVersion` and `kind` in any case, the last one if there are several. Capitals come before small letters.",
    rule: "unknown-field",
    programs: { kubectl: "sorts them", apiServer: "takes the last one" },
    ...mended(TEXT.replace('"apiVersion": "v1"', '"APIVERSION": "v2",\n  "apiVersion": "v1"'), [
      '"APIVERSION": "v2",\n  ',
      "",
    ]),
  },
} as const satisfies Record<string, Trap>;
