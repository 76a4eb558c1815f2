import { TYPES } from "../../service/schema/index.ts";
import {
  anyObject,
  flag,
  integer,
  listOf,
  mapOf,
  object,
  oneOf,
  optional,
  type Shape,
  text,
  type ValueOf,
  withDefault,
} from "./shape.ts";

export const API_VERSION = "fairlead.dev/v1alpha1" as const;
export const KIND = "ServicePolicy" as const;

/** The effect of a finding: refuse the Service, return a warning, or only record it. */
export const ACTIONS = ["deny", "warn", "audit"] as const;
/** The reasons that a ValidatingAdmissionPolicy can give: the API server refuses others, `Unauthorized` among them. */
export const REASONS = ["Forbidden", "Invalid", "RequestEntityTooLarge"] as const;
export const OPERATIONS = ["CREATE", "UPDATE", "DELETE"] as const;

/** In characters: beyond what is written by hand; the API server's own limit is 100,000. */
const MAX_EXPRESSION_LENGTH = 8192;
const DAY_IN_SECONDS = 86_400;
const globs = (description: string, format: "name-glob" | "user-glob" | "service-account-glob") =>
  listOf(description, text("a name, with * and ?", { format }), { minItems: 1 });

const namespaces = listOf(
  "namespaces by name: globs, one of which must match; globs after ! must not match",
  text("a name, with * and ?, or such a name after !", { format: "name-glob-or-not" }),
  { minItems: 1 },
);

/** The shape of a label selector. */
export function labelSelector(description: string) {
  return object(description, {
    matchLabels: optional(
      mapOf("labels that must have these values", text("the label's value", { format: "label-value" })),
    ),
    matchExpressions: optional(
      listOf(
        "requirements on the labels",
        object("a requirement", {
          key: text("the label's name", { format: "qualified-name" }),
          operator: oneOf("how the label is compared", ["In", "NotIn", "Exists", "DoesNotExist"]),
          values: optional(listOf("for In and NotIn: the values", text("a value", { format: "label-value" }))),
        }),
      ),
    ),
  });
}

const match = object("the Services that the policy applies to; an absent criterion matches everything", {
  namespaces: optional(namespaces),
  namespaceSelector: optional(labelSelector("namespaces by label")),
  objectSelector: optional(labelSelector("Services by label")),
  types: optional(listOf("Services by type", oneOf("a Service type", TYPES), { minItems: 1 })),
  operations: optional(listOf("the operations on the Service", oneOf("an operation", OPERATIONS), { minItems: 1 })),
});

const exemption = object("an exemption from the policy: all criteria that are present must match", {
  users: optional(globs("user names: globs, one of which must match", "user-glob")),
  groups: optional(globs("groups: globs, one of which must match one of the user's groups", "user-glob")),
  serviceAccounts: optional(
    globs("service accounts as namespace/name: globs, one of which must match", "service-account-glob"),
  ),
  namespaces: optional(globs("namespaces: globs, one of which must match", "name-glob")),
  names: optional(globs("names of Services: globs, one of which must match", "name-glob")),
  rules: optional(
    listOf(
      "the ids of the rules that it is limited to; if absent, it covers all rules and the defaults",
      text("a rule's id"),
      { minItems: 1 },
    ),
  ),
  reason: text("the reason, for readers of the audit log", { format: "words" }),
  expires: optional(text("the last day of the exemption, YYYY-MM-DD", { format: "date" })),
});

const portDefault = object("defaults for a port", {
  port: optional(integer("the port's number", { minimum: 1, maximum: 65_535 })),
  name: optional(text("the port's name: a glob", { format: "name-glob" })),
  protocol: optional(oneOf("the protocol", ["TCP", "UDP", "SCTP"])),
  appProtocol: optional(text("the application protocol", { format: "qualified-name" })),
});

const defaults = object("the values to set in fields that the author of a Service left open", {
  type: optional(oneOf("the Service's type", ["ClusterIP", "NodePort", "LoadBalancer"])),
  ipFamilyPolicy: optional(oneOf("one address family or two", ["SingleStack", "PreferDualStack", "RequireDualStack"])),
  internalTrafficPolicy: optional(
    oneOf("the endpoints that traffic from inside the cluster may use", ["Cluster", "Local"]),
  ),
  externalTrafficPolicy: optional(
    oneOf("the endpoints that traffic from outside the cluster may use", ["Cluster", "Local"]),
  ),
  trafficDistribution: optional(
    oneOf("which endpoints are preferred", ["PreferClose", "PreferSameZone", "PreferSameNode"]),
  ),
  loadBalancerClass: optional(text("which implementation serves load balancers", { format: "qualified-name" })),
  loadBalancerSourceRanges: optional(
    listOf("the address ranges that may use a load balancer", text("an address range", { format: "cidr" }), {
      minItems: 1,
    }),
  ),
  allocateLoadBalancerNodePorts: optional(flag("whether load balancers get node ports")),
  sessionAffinity: optional(oneOf("whether all connections of a client go to the same Pod", ["None", "ClientIP"])),
  timeoutSeconds: optional(
    integer("how long the affinity ClientIP lasts after the last packet, in seconds", {
      minimum: 1,
      maximum: DAY_IN_SECONDS,
    }),
  ),
  ports: optional(
    listOf("defaults for ports, by port number or name; the first entry that matches a port applies", portDefault),
  ),
  labels: optional(mapOf("labels to add", text("the label's value", { format: "label-value" }))),
  annotations: optional(mapOf("annotations to add", text("the annotation's value"))),
});

const action = oneOf("deny refuses the Service, warn returns a warning, audit only records the finding", ACTIONS);

const actions = optional(
  listOf(
    "different actions for some namespaces; the first entry that matches applies",
    object("an action for some namespaces", {
      namespaces: optional(namespaces),
      namespaceSelector: optional(labelSelector("namespaces by label")),
      action,
    }),
  ),
);

const ruleEntry = object("a built-in rule that the policy uses", {
  rule: text("the rule's id: see docs/rules.md or `fairlead rules`"),
  action: withDefault(action, "deny"),
  actions,
  parameters: optional(anyObject("the rule's parameters: see its page")),
  message: optional(text("the message to use instead of the rule's own", { format: "words" })),
});

const expression = (description: string) => text(description, { minLength: 1, maxLength: MAX_EXPRESSION_LENGTH });

const namedExpression = (description: string, name: Shape<string>, value: string) =>
  object(description, { name, expression: expression(value) });

const matchCondition = namedExpression(
  "a further condition for the policy to apply, in CEL",
  text("the condition's name", { format: "qualified-name" }),
  "an expression that is true for the Services that the policy applies to",
);

const variable = namedExpression(
  "a value that other expressions use as variables.NAME, computed once for each Service",
  text("the variable's name", { format: "cel-identifier" }),
  "an expression of any type; it can use the variables before it",
);

const validation = object("a rule of your own, in CEL", {
  name: optional(
    text("the name of the rule in reports and exemptions; by default validations[INDEX]", { format: "rule-name" }),
  ),
  expression: expression("an expression that is true for the Services that comply"),
  message: optional(text("what is wrong with a Service that does not comply", { format: "words" })),
  messageExpression: optional(
    expression("an expression that gives the message; if it fails or gives no single line of text, `message` is used"),
  ),
  reason: optional(oneOf("the reason of the refusal, as API clients see it", REASONS)),
  action: withDefault(action, "deny"),
  actions,
});

const metadata: Shape<{ readonly name: string }> = {
  schema: {
    type: "object",
    description: "the standard metadata of an object, with the policy's name",
    properties: {
      name: text("the policy's name; policies apply in the order of their names", { format: "dns-name" }).schema,
    },
    required: ["name"],
    additionalProperties: true,
  },
};

export const SPEC = object("what the policy applies to, its exemptions, its defaults and its rules", {
  match: optional(match),
  exempt: optional(
    listOf("exemptions: findings that they cover are shown as suppressed and do not affect the decision", exemption),
  ),
  allowAnnotation: withDefault(
    flag("whether an annotation on the Service may exempt it: exempt.fairlead.dev/RULE: REASON; expires YYYY-MM-DD"),
    false,
  ),
  undetermined: withDefault(
    oneOf("whether a default replaces a value if it cannot be determined whether its author or the API server set it", [
      "keep",
      "fill",
    ]),
    "keep",
  ),
  defaults: optional(defaults),
  rules: withDefault(listOf("the rules for Services", ruleEntry), []),
  matchConditions: optional(listOf("conditions that must all be true for the policy to apply", matchCondition)),
  params: optional(anyObject("values of your own that expressions use as params.NAME")),
  variables: optional(listOf("values that several expressions use", variable)),
  validations: optional(
    listOf("rules of your own, in CEL, as in a ValidatingAdmissionPolicy: see docs/admission-policies.md", validation, {
      minItems: 1,
    }),
  ),
  failurePolicy: withDefault(
    oneOf("what an expression that fails on a Service means: its action (Fail), or nothing (Ignore)", [
      "Fail",
      "Ignore",
    ]),
    "Fail",
  ),
});

export const DOCUMENT = object("A team's policy for Services: defaults to apply and rules to enforce.", {
  apiVersion: oneOf("the version of this format", [API_VERSION]),
  kind: oneOf("the kind of this document", [KIND]),
  metadata,
  spec: SPEC,
});

/** A valid policy document, with the defaults of the format filled in. */
export type ServicePolicy = ValueOf<typeof DOCUMENT>;
export type PolicySpec = ServicePolicy["spec"];
export type Match = ValueOf<typeof match>;
export type Exemption = ValueOf<typeof exemption>;
export type Defaults = ValueOf<typeof defaults>;
export type PortDefault = ValueOf<typeof portDefault>;
export type RuleEntry = ValueOf<typeof ruleEntry>;
export type ValidationEntry = ValueOf<typeof validation>;
export type NamedExpression = ValueOf<typeof variable>;
export type Reason = (typeof REASONS)[number];
export type LabelSelector = ValueOf<ReturnType<typeof labelSelector>>;
export type Action = (typeof ACTIONS)[number];
