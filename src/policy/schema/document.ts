import {
  anyObject,
  flag,
  integer,
  listOf,
  mapOf,
  object,
  oneOf,
  optional,
  text,
  withDefault,
  type Holds,
  type Shape,
} from "./shape.ts";

export const API_VERSION = "fairlead.dev/v1alpha1";
export const KIND = "ServicePolicy";

/** The effect of a finding: refuse the Service, return a warning, or only record it. */
export const ACTIONS = ["deny", "warn", "audit"] as const;
export const TYPES = ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"] as const;
export const OPERATIONS = ["CREATE", "UPDATE", "DELETE"] as const;

const DAY_IN_SECONDS = 86_400;
const globs = (description: string, format: "name-glob" | "user-glob" | "service-account-glob") =>
  listOf(description, text("a name, with * and ?", { format }), { minItems: 1 });

const namespaces = listOf(
  "namespaces by name: globs, one of which must match; with ! in front, those that must not",
  text("a name, with * and ?, or such a name after !", { format: "name-glob-or-not" }),
  { minItems: 1 },
);

function labelSelector(description: string) {
  return object(description, {
    matchLabels: optional(
      mapOf("labels that must have these values", text("the label's value", { format: "label-value" })),
    ),
    matchExpressions: optional(
      listOf(
        "what must hold of the labels",
        object("one requirement", {
          key: text("the label's name", { format: "qualified-name" }),
          operator: oneOf("how the label is compared", ["In", "NotIn", "Exists", "DoesNotExist"]),
          values: optional(listOf("for In and NotIn: the values", text("a value", { format: "label-value" }))),
        }),
      ),
    ),
  });
}

const match = object("which Services the policy is about; what is absent matches everything", {
  namespaces: optional(namespaces),
  namespaceSelector: optional(labelSelector("namespaces by label")),
  objectSelector: optional(labelSelector("Services by label")),
  types: optional(listOf("Services by type", oneOf("a Service type", TYPES), { minItems: 1 })),
  operations: optional(listOf("what is being done to the Service", oneOf("an operation", OPERATIONS), { minItems: 1 })),
});

const exemption = object("whom the policy lets pass: everything that is given must hold", {
  users: optional(globs("user names: globs, one of which must match", "user-glob")),
  groups: optional(globs("groups: globs, one of which must match one of the user's groups", "user-glob")),
  serviceAccounts: optional(
    globs("service accounts as namespace/name: globs, one of which must match", "service-account-glob"),
  ),
  namespaces: optional(globs("namespaces: globs, one of which must match", "name-glob")),
  names: optional(globs("names of Services: globs, one of which must match", "name-glob")),
  rules: optional(
    listOf("only these rules, by id; all of them and the defaults where absent", text("a rule's id"), { minItems: 1 }),
  ),
  reason: text("why, for those who read the audit log", { format: "words" }),
  expires: optional(text("the last day on which the exemption holds, YYYY-MM-DD", { format: "date" })),
});

const portDefault = object("what a port gets where its author left it open", {
  port: optional(integer("the port's number", { minimum: 1, maximum: 65_535 })),
  name: optional(text("the port's name: a glob", { format: "name-glob" })),
  protocol: optional(oneOf("the protocol", ["TCP", "UDP", "SCTP"])),
  appProtocol: optional(text("the application protocol", { format: "qualified-name" })),
});

const defaults = object("what is filled in where the author of a Service left it open", {
  type: optional(oneOf("the Service's type", ["ClusterIP", "NodePort", "LoadBalancer"])),
  ipFamilyPolicy: optional(oneOf("one address family or two", ["SingleStack", "PreferDualStack", "RequireDualStack"])),
  internalTrafficPolicy: optional(oneOf("which endpoints traffic from inside may use", ["Cluster", "Local"])),
  externalTrafficPolicy: optional(oneOf("which endpoints traffic from outside may use", ["Cluster", "Local"])),
  trafficDistribution: optional(
    oneOf("which endpoints are preferred", ["PreferClose", "PreferSameZone", "PreferSameNode"]),
  ),
  loadBalancerClass: optional(text("which implementation serves load balancers", { format: "qualified-name" })),
  loadBalancerSourceRanges: optional(
    listOf("who may use a load balancer", text("an address range", { format: "cidr" }), { minItems: 1 }),
  ),
  allocateLoadBalancerNodePorts: optional(flag("whether load balancers get node ports")),
  sessionAffinity: optional(oneOf("whether a client keeps its Pod", ["None", "ClientIP"])),
  timeoutSeconds: optional(
    integer("for how long after its last packet, where the affinity is ClientIP", {
      minimum: 1,
      maximum: DAY_IN_SECONDS,
    }),
  ),
  ports: optional(listOf("by port number or name; the first entry that matches a port counts", portDefault)),
  labels: optional(mapOf("labels to add", text("the label's value", { format: "label-value" }))),
  annotations: optional(mapOf("annotations to add", text("the annotation's value"))),
});

const action = oneOf("deny refuses the Service, warn warns, audit only writes it down", ACTIONS);

const ruleEntry = object("a built-in rule at work", {
  rule: text("the rule's id: see docs/rules.md or `fairlead rules`"),
  action: withDefault(action, "deny"),
  actions: optional(
    listOf(
      "other actions for some namespaces; the first entry that matches counts",
      object("an action for some namespaces", {
        namespaces: optional(namespaces),
        namespaceSelector: optional(labelSelector("namespaces by label")),
        action,
      }),
    ),
  ),
  parameters: optional(anyObject("the rule's parameters: see its page")),
  message: optional(text("what to tell the user in place of the rule's own sentence", { format: "words" })),
});

const metadata: Shape<{ readonly name: string }> = {
  schema: {
    type: "object",
    description: "the policy's name, and what every object may have",
    properties: {
      name: text("policies apply in the order of their names", { format: "dns-name" }).schema,
    },
    required: ["name"],
    additionalProperties: true,
  },
};

export const SPEC = object("what the policy is about, whom it lets pass, what it fills in and what it asks for", {
  match: optional(match),
  exempt: optional(listOf("who is let pass: what is found is shown as suppressed and changes no decision", exemption)),
  allowAnnotation: withDefault(
    flag("whether an annotation on the Service may exempt it: exempt.fairlead.dev/RULE: REASON; expires YYYY-MM-DD"),
    false,
  ),
  undetermined: withDefault(
    oneOf("whether to fill in a value that its author or the API server may have set, nobody can tell who", [
      "keep",
      "fill",
    ]),
    "keep",
  ),
  defaults: optional(defaults),
  rules: withDefault(listOf("what is asked of Services", ruleEntry), []),
});

export const DOCUMENT = object("What a team wants of its Services: what is filled in, and what is asked for.", {
  apiVersion: oneOf("the version of this format", [API_VERSION]),
  kind: oneOf("the kind of this document", [KIND]),
  metadata,
  spec: SPEC,
});

/** A valid policy document, with the defaults of the format filled in. */
export type ServicePolicy = Holds<typeof DOCUMENT>;
export type PolicySpec = ServicePolicy["spec"];
export type Match = Holds<typeof match>;
export type Exemption = Holds<typeof exemption>;
export type Defaults = Holds<typeof defaults>;
export type PortDefault = Holds<typeof portDefault>;
export type RuleEntry = Holds<typeof ruleEntry>;
export type LabelSelector = Holds<ReturnType<typeof labelSelector>>;
export type Action = (typeof ACTIONS)[number];
