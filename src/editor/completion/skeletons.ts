import { API_VERSION, KIND } from "../../policy/schema/index.ts";
import type { Expected, FieldWord, Word } from "../words/index.ts";

/** A document to start from. */
interface Skeleton {
  readonly label: string;
  readonly detail: string;
  readonly lines: readonly string[];
}

/** What an empty document may become. */
export const SKELETONS: readonly Skeleton[] = [
  {
    label: "Service",
    detail: "a Service with one port",
    lines: [
      "apiVersion: v1",
      "kind: Service",
      "metadata:",
      "  name: web",
      "spec:",
      "  selector:",
      "    app.kubernetes.io/name: web",
      "  ports:",
      "    - name: http",
      "      port: 80",
      "      targetPort: http",
      "",
    ],
  },
  {
    label: KIND,
    detail: "a policy of Fairlead with one rule",
    lines: [
      `apiVersion: ${API_VERSION}`,
      `kind: ${KIND}`,
      "metadata:",
      "  name: team",
      "spec:",
      "  rules:",
      "    - rule: named-ports",
      "      action: warn",
      "",
    ],
  },
];

const KINDS: readonly Word[] = [
  { label: "Service", rank: 0 },
  { label: KIND, detail: "a policy of Fairlead", rank: 1 },
];
const VERSIONS: readonly Word[] = [
  { label: "v1", detail: "of a Service", rank: 0 },
  { label: API_VERSION, detail: "of a ServicePolicy", rank: 1 },
];

/** The keys of a document that does not say yet what it is. */
const FIELDS: readonly FieldWord[] = [
  { label: "apiVersion", kind: "field", takes: { type: "text", isText: true, values: () => VERSIONS }, rank: 0 },
  { label: "kind", kind: "field", takes: { type: "text", isText: true, values: () => KINDS }, rank: 1 },
];

/** What a place takes in a document that does not say yet what it is. @param keys from the manifest on */
export function unsaidExpected(keys: readonly (string | number)[]): Expected | undefined {
  if (keys.length === 0) return { type: "object", fields: () => FIELDS };
  return keys.length === 1 ? FIELDS.find(({ label }) => label === keys[0])?.takes : undefined;
}
