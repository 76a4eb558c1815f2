import type { RuleText } from "../../reports/model/index.ts";
import { MESSAGES } from "../../service/messages/index.ts";

/** The rules of the check itself, in addition to those of the engine and of policies. */
export const CHECK_RULES = {
  "file-unreadable": {
    title: "every input is readable",
    help: "A file that cannot be read has not been checked, so the run cannot be clean.",
  },
  "file-unwritable": {
    title: "a file to be fixed is writable",
    help: "`--fix` writes safe fixes back. A file that cannot be written stays as it is, and the run cannot be clean.",
  },
  "too-many-findings": {
    title: "a file has no more findings than are reported",
    help: "At most 5000 findings are reported for each file. Findings over this limit are counted, and fail the run as they would on their own; a baseline cannot contain them one by one.",
  },
  "not-yaml": {
    title: "a manifest is valid YAML or JSON",
    help: "A text that the API server's YAML and JSON parsers refuse never becomes an object. YAML is read as version 1.1, as kubectl reads it.",
  },
  "chart-template": {
    title: "templates are rendered before they are checked",
    help: "A template of a chart is not a manifest until Helm has rendered it: `helm template NAME CHART | fairlead check -`.",
  },
  "not-a-manifest": {
    title: "every file of a searched folder is a manifest",
    help: "With `--strict-files`, files that are no manifests (no `apiVersion` and `kind`, or a patch that a kustomization names) are errors. Otherwise they are counted and skipped.",
  },
  "not-rendered": {
    title: "charts and overlays can be rendered",
    help: "`--render` runs `helm template`, and `kustomize build` or `kubectl kustomize`. What they cannot render has not been checked. If a chart can be rendered with others of its values, this is a warning.",
  },
  "bare-list": {
    title: "several manifests are a List or documents of their own",
    help: "kubectl reads an object of the kind List, or several documents. A bare list of manifests it refuses.",
  },
  "kind-missing": {
    title: "a manifest has a kind",
    help: "kubectl refuses a manifest without a kind.",
  },
  "version-missing": {
    title: "a Service has an apiVersion",
    help: "kubectl refuses a manifest without an apiVersion. The API server's endpoint for Services accepts it; `--assume-service` judges as that endpoint does.",
  },
  "kind-unknown": {
    title: "a kind is spelled as in the API",
    help: "Kinds are case-sensitive and singular: Service.",
  },
  "yaml-word": {
    title: "a scalar has the type that it appears to have",
    help: "YAML 1.1 reads on, off, yes, no, y and n as booleans, and a number with a leading zero as octal. Quote strings, and write numbers without leading zeros.",
  },
  "not-indented": {
    title: "what belongs in an object is indented under its key",
    help: "In YAML, a key in the column of the one above stands beside it. A key with nothing under it is empty.",
  },
  "external-name-address": {
    title: "an external name is a name",
    help: "The API server accepts an address as externalName. Cluster DNS answers with a CNAME record, whose target is a name, and CoreDNS has no record for an address.",
  },
  "no-effect": {
    title: "a field or annotation has an effect where it is set",
    help: "The API server accepts and stores it, and nothing reads it in this Service.",
  },
  "controller-annotation": {
    title: "a controller does not read an annotation as it is written",
    help: "The API server accepts any annotation. A controller ignores a name that it does not know, and ignores a value that it cannot read or stops working on the Service. The tables are from the controllers' documentation and code; a name that may be new is reported only if it is close to a known one.",
  },
  "field-cleared": {
    title: "a field of the manifest is stored",
    help: "The API server clears fields that do not go with others, without a warning.",
  },
  "removed-if-applied": {
    title: "a field that cannot change is not removed",
    help: "An apply removes a field that was applied before and is gone from the manifest; a field that somebody else set (kubectl create, a webhook, a controller) stays. An old manifest without the annotation of kubectl apply does not tell which.",
  },
  "stays-headless": {
    title: "a headless Service stays headless",
    help: "clusterIP: None cannot be taken away. If an update leaves clusterIP out, the stored value is kept.",
  },
  "duplicate-name": {
    title: "a Service name is unique in its namespace",
    help: "Of two Services with the same name and namespace, the one applied later replaces the other.",
  },
  "node-port-twice": {
    title: "a node port is requested once",
    help: "A node port belongs to one Service, whatever the protocol, and health check node ports are from the same range: the API server refuses the second request.",
  },
  "cluster-ip-twice": {
    title: "a cluster IP is requested once",
    help: "A cluster IP belongs to one Service: the API server refuses the second request.",
  },
  "external-ip-twice": {
    title: "an external IP and port belong to one Service",
    help: "Two Services with the same external IP and port take each other's traffic.",
  },
  "policy-default": {
    title: "a policy's default is applied",
    help: "A default is not applied if another policy takes precedence, if an exemption covers the Service, or if the API server would refuse the Service only because of it.",
  },
  "link-loop": {
    title: "symbolic links do not form a loop",
    help: "A link to a folder that contains it is skipped.",
  },
  "link-outside": {
    title: "symbolic links stay within the checked folder",
    help: "A link to a folder elsewhere is not followed: its files do not belong to the project. A link to a file elsewhere is an input that cannot be read. The folders /proc, /sys and /dev are not searched unless they are named.",
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
