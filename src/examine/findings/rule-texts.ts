import { capitalized, type RuleText } from "../model/index.ts";
import { type Code, consequenceOf, MESSAGES, messageTitle } from "../../service/messages/index.ts";

/** The rules of the check itself, in addition to those of the engine and of policies. */
export const CHECK_RULES = {
  "file-unreadable": {
    title: "an input cannot be read",
    help: "A file that cannot be read has not been checked, so the run cannot be clean.",
  },
  "file-unwritable": {
    title: "a file cannot be written",
    help: "`--fix` writes safe fixes back. A file that cannot be written stays as it is, and the run cannot be clean.",
  },
  "too-many-findings": {
    title: "a file has more findings than are reported",
    help: "At most 5000 findings are reported for each file. Findings over this limit are counted, and fail the run as they would on their own; a baseline cannot contain them one by one.",
  },
  "not-yaml": {
    title: "a manifest is not valid YAML or JSON",
    help: "A text that the API server's YAML and JSON parsers refuse never becomes an object. YAML is read as version 1.1, as kubectl reads it.",
  },
  "chart-template": {
    title: "a template has not been rendered",
    help: "A template of a chart is not a manifest until Helm has rendered it: `helm template NAME CHART | fairlead check -`.",
  },
  "not-a-manifest": {
    title: "a file is not a manifest",
    help: "With `--strict-files`, files that are not manifests (no `apiVersion` and `kind`, or a patch that a kustomization names) are errors. Otherwise they are counted and skipped.",
  },
  "not-rendered": {
    title: "a chart or overlay cannot be rendered",
    help: "`--render` runs `helm template`, and `kustomize build` or `kubectl kustomize`. What they cannot render has not been checked. If a chart can be rendered with others of its values, this is a warning.",
  },
  "bare-list": {
    title: "a file is a list of manifests",
    help: "kubectl reads an object of the kind List, or several documents. A bare list of manifests it refuses.",
  },
  "kind-missing": {
    title: "a manifest has no kind",
    help: "kubectl refuses a manifest without a kind.",
  },
  "version-missing": {
    title: "a manifest has no apiVersion",
    help: "kubectl refuses a manifest without an apiVersion. The API server's endpoint for Services accepts it; `--assume-service` judges as that endpoint does.",
  },
  "kind-unknown": {
    title: "a kind is misspelled",
    help: "Kinds are case-sensitive and singular: Service.",
  },
  "yaml-word": {
    title: "YAML reads a scalar as another type",
    help: "YAML 1.1 reads on, off, yes, no, y and n as booleans, and a number with a leading zero as octal. Quote strings, and write numbers without leading zeros.",
  },
  "not-indented": {
    title: "the content of an object is not indented",
    help: "In YAML, a key in the column of the one above stands beside it. A key with nothing under it is empty.",
  },
  "external-name-address": {
    title: "an externalName is an address",
    help: "The API server accepts an address as externalName. Cluster DNS answers with a CNAME record, whose target is a name, and CoreDNS has no record for an address.",
  },
  "no-effect": {
    title: "a field or annotation has no effect",
    help: "The API server accepts and stores it, and nothing reads it in this Service.",
  },
  "controller-annotation": {
    title: "a controller does not read an annotation as it is written",
    help: "The API server accepts any annotation. A controller ignores a name that it does not know, and ignores a value that it cannot read or stops working on the Service. The tables are from the controllers' documentation and code; a name that may be new is reported only if it is close to a known one.",
  },
  "field-cleared": {
    title: "the API server clears a field",
    help: "The API server clears fields that do not go with others, without a warning.",
  },
  "removed-if-applied": {
    title: "applying the manifest removes an immutable field",
    help: "An apply removes a field that was applied before and is gone from the manifest; a field that somebody else set (kubectl create, a webhook, a controller) stays. An old manifest without the annotation of kubectl apply does not tell which.",
  },
  "stays-headless": {
    title: "a headless Service cannot get a cluster IP",
    help: "clusterIP: None cannot be removed. If an update leaves clusterIP out, the stored value is kept.",
  },
  "apply-fails": {
    title: "kubectl apply fails",
    help: "Some manifests make kubectl apply fail, whatever the API server would say of the Service. kubectl apply identifies ports by their number only, and refuses its own patch if ports of one number are not next to each other.",
  },
  "apply-conflict": {
    title: "a server-side apply conflicts with another manager",
    help: "A server-side apply is refused if it changes a field that another manager owns, as `metadata.managedFields` says.",
  },
  "port-lost": {
    title: "kubectl apply loses a port of the manifest",
    help: "kubectl apply identifies ports by their number only. If several share one, a change may reach the wrong one, and a deletion takes all of them.",
  },
  "resource-version-conflict": {
    title: "an update has a resourceVersion that is not the stored one",
    help: "With a resourceVersion in the manifest, an update is refused as a conflict unless this version is stored. That holds for kubectl apply, with --server-side, too, and for kubectl replace.",
  },
  "judged-as-new": {
    title: "a Service is judged as new",
    help: "`--against` finds the old Service by namespace and name. A Service that is moved or renamed, or whose name is generated, is created anew.",
  },
  "duplicate-name": {
    title: "two Services have the same name",
    help: "Of two Services with the same name and namespace, the one applied later replaces the other.",
  },
  "node-port-twice": {
    title: "two Services have the same node port",
    help: "A node port belongs to one Service, whatever the protocol, and health check node ports are from the same range: the API server refuses the second request.",
  },
  "cluster-ip-twice": {
    title: "two Services have the same cluster IP",
    help: "A cluster IP belongs to one Service: the API server refuses the second request.",
  },
  "external-ip-twice": {
    title: "two Services have the same external IP and port",
    help: "Two Services with the same external IP and port take each other's traffic.",
  },
  "policy-default": {
    title: "a policy's default is not applied",
    help: "A default is not applied if another policy takes precedence, if an exemption covers the Service, or if the API server would refuse the Service only because of it.",
  },
  "filled-in-otherwise": {
    title: "another version fills in another value",
    help: "`fairlead upgrade`: the API server of one of the two versions fills in a value that the other one leaves out, or another value. It does so for stored Services as well, whenever it reads one.",
  },
  "stored-otherwise": {
    title: "another version stores a Service otherwise",
    help: "`fairlead upgrade`: the API servers of the two versions make different objects of the same manifest: one of them keeps, drops or changes a value.",
  },
  "link-loop": {
    title: "symbolic links form a loop",
    help: "A link to a folder that contains it is skipped.",
  },
  "link-dangling": {
    title: "a symbolic link leads to a file that does not exist",
    help: "A link to a file that does not exist is skipped.",
  },
  "link-outside": {
    title: "a symbolic link leads outside the checked folder",
    help: "A link to a folder elsewhere is not followed: its files do not belong to the project. A link to a file elsewhere is an input that cannot be read. The folders /proc, /sys and /dev are not searched unless they are named.",
  },
} as const satisfies Record<string, RuleText>;

/** The id of a rule of the check itself. */
export type CheckRule = keyof typeof CHECK_RULES;

const OWN_RULES: ReadonlyMap<string, RuleText> = new Map(Object.entries(CHECK_RULES));

/** The title and help of a rule of the check itself; undefined for any other rule. */
export function checkRuleText(rule: string): RuleText | undefined {
  return OWN_RULES.get(rule);
}

/** The title and help of a rule of the engine or of the check; undefined for a policy rule. */
export function ruleText(rule: string): RuleText | undefined {
  const own = OWN_RULES.get(rule);
  if (own !== undefined) return own;
  return isCode(rule) ? { title: messageTitle(rule), help: `${capitalized(consequenceOf(rule))}.` } : undefined;
}

function isCode(rule: string): rule is Code {
  return Object.hasOwn(MESSAGES, rule);
}

const IN_CEL: RuleText = {
  title: "a Service does not comply with an expression of a policy",
  help: "The rule is written in CEL, in a policy that this run was given: the finding names it.",
  section: "admission-policies.md#rules-of-your-own",
};

/** As {@link ruleText}, including policy rules if there are policies: their table is loaded only then. */
export async function ruleTexts(withPolicies: boolean): Promise<(rule: string) => RuleText | undefined> {
  if (!withPolicies) return ruleText;
  const { findRule } = await import("../../policy/rules/index.ts");
  return (rule) => {
    if (!rule.startsWith("policy/")) return ruleText(rule);
    const found = findRule(rule.slice("policy/".length));
    return found === undefined ? IN_CEL : { title: found.fault, help: found.why };
  };
}
