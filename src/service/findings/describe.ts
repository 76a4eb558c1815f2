import { Path } from "../../field/index.ts";
import { type Code, type Message, MESSAGES, type Reason } from "../messages/index.ts";
import type { Finding } from "./finding.ts";

/** A finding with its message, its fix and the API server's own names. */
export interface Description {
  readonly code: Code;
  /** The API server's name of the field, its quirks included: `spec.LoadBalancerSourceRanges[0]`. */
  readonly field: string;
  /** The API server's reason; undefined for a decoding error (400) and for a warning, which have none. */
  readonly reason: Reason | undefined;
  /** What is wrong, what was found, what would be right. */
  readonly message: string;
  /** What to change, where that is obvious. */
  readonly fix: string | undefined;
}

/** Describes a finding for people, with the API server's own names of its field and reason. */
export function describe(finding: Finding): Description {
  const rule: Message = MESSAGES[finding.code];
  const path = finding.reported ?? finding.path;
  const reported = rule.reportedAtParent === true ? (path.parent ?? Path.root) : path;
  return {
    code: finding.code,
    field: serverField(reported),
    reason: rule.reason,
    message: rule.message(finding),
    fix: rule.fix?.(finding),
  };
}

/** Where the API server's name of a field is not its path in the manifest. */
const QUIRKS: readonly { readonly text: RegExp; readonly server: string; readonly why: string }[] = [
  {
    text: /^spec\.loadBalancerSourceRanges/,
    server: "spec.LoadBalancerSourceRanges",
    why: "the server reports source ranges under a capital L; clients match on it",
  },
  {
    text: /^metadata\.ownerReferences\[\d+\]/,
    server: "metadata.ownerReferences",
    why: "the server does not say which owner",
  },
];

function serverField(path: Path): string {
  const text = path.toString();
  const quirk = QUIRKS.find((one) => one.text.test(text));
  return quirk === undefined ? text : text.replace(quirk.text, quirk.server);
}
