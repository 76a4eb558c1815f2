import type { RuleText } from "../../reports/model/index.ts";
import { MESSAGES } from "../../service/messages/index.ts";

/** The rules of the check itself, in addition to those of the engine and of policies. */
export const CHECK_RULES = {
  "file-unreadable": {
    title: "every input can be read",
    help: "A file that cannot be read has not been checked, so the run cannot be clean.",
  },
  "file-unwritable": {
    title: "a file that is to be fixed can be written",
    help: "`--fix` writes plain fixes back. What cannot be written stays as it is, and the run cannot be clean.",
  },
  "too-many-findings": {
    title: "a file has no more findings than can be told of",
    help: "Of one file 5000 findings are reported. What is beyond is counted, and fails the run as it would by itself; a baseline cannot know it one by one.",
  },
  "not-yaml": {
    title: "a manifest can be parsed",
    help: "What the API server's YAML and JSON readers refuse never becomes an object. YAML is read in dialect 1.1, as kubectl reads it.",
  },
  "chart-template": {
    title: "templates are rendered before they are checked",
    help: "A file of a chart's templates is no manifest until Helm has rendered it: `helm template NAME CHART | fairlead check -`.",
  },
  "kind-missing": {
    title: "a manifest says what it is",
    help: "kubectl refuses a manifest without a kind.",
  },
  "version-missing": {
    title: "a Service says which API it is of",
    help: "kubectl refuses a manifest without an apiVersion. The API server's endpoint would not: `--assume-service` judges as that does.",
  },
  "kind-unknown": {
    title: "a kind is spelled as the API spells it",
    help: "Kinds are case-sensitive and in the singular: Service.",
  },
  "yaml-word": {
    title: "a word means what it looks like",
    help: "YAML 1.1 reads on, off, yes, no, y and n as booleans and a leading zero as octal. Quote what is meant as text, and write numbers without leading zeros.",
  },
  "duplicate-name": {
    title: "a name is given once in a namespace",
    help: "Of two Services of one name in one namespace the later applied replaces the earlier.",
  },
  "node-port-twice": {
    title: "a node port is asked for once",
    help: "A cluster gives a node port to one Service, whatever the protocol, and health check ports are of the same range: the API server refuses the second.",
  },
  "cluster-ip-twice": {
    title: "a cluster IP is asked for once",
    help: "A cluster IP belongs to one Service: the API server refuses the second.",
  },
  "external-ip-twice": {
    title: "an external IP and port lead to one Service",
    help: "Two Services on one external IP and port take each other's traffic.",
  },
  "policy-default": {
    title: "a policy's default is filled in",
    help: "A default is left out where another policy comes first, where an exemption covers the Service, and where the API server would refuse what it accepts otherwise.",
  },
  "link-loop": {
    title: "links do not lead back",
    help: "A link to a folder that is being checked already is passed over.",
  },
  "link-outside": {
    title: "links stay within what is checked",
    help: "A link to a folder elsewhere is not followed: what is there is none of the project's, and may be anything. A link to a file elsewhere is an input that cannot be read. The folders /proc, /sys and /dev are not looked into unless they are named.",
  },
} as const satisfies Record<string, RuleText>;

/** The id of a rule of the check itself. */
export type CheckRule = keyof typeof CHECK_RULES;

const ENGINE_RULES: ReadonlyMap<string, { readonly title: string; readonly reason?: string }> = new Map(
  Object.entries(MESSAGES),
);
const OWN_RULES: ReadonlyMap<string, RuleText> = new Map(Object.entries(CHECK_RULES));

/** The title and help of a rule of the check itself; undefined for any other rule. */
export function checkRuleText(rule: string): RuleText | undefined {
  return OWN_RULES.get(rule);
}

/** The title and help of a rule of the engine or of the check; undefined for a policy rule. */
export function ruleText(rule: string): RuleText | undefined {
  const own = OWN_RULES.get(rule);
  if (own !== undefined) return own;
  const found = ENGINE_RULES.get(rule);
  if (found === undefined) return undefined;
  const help =
    found.reason === undefined
      ? `The API server's rule: ${found.title}.`
      : `The API server's rule: ${found.title}. It reports a breach as ${found.reason}.`;
  return { title: found.title, help };
}

/** As {@link ruleText}, including policy rules if there are policies: their table is loaded only then. */
export async function ruleTexts(withPolicies: boolean): Promise<(rule: string) => RuleText | undefined> {
  if (!withPolicies) return ruleText;
  const { findRule } = await import("../../policy/rules/index.ts");
  return (rule) => {
    const found = rule.startsWith("policy/") ? findRule(rule.slice("policy/".length)) : undefined;
    return found === undefined ? ruleText(rule) : { title: found.title, help: found.why };
  };
}
