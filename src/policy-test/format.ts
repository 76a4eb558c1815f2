import { BUILT_IN_PROFILES } from "../service/cluster/index.ts";
import {
  anyObject,
  flag,
  listOf,
  mapOf,
  object,
  oneOf,
  optional,
  type Shape,
  text,
  type ValueOf,
  withDefault,
} from "../policy/schema/index.ts";

const anything = (description: string): Shape<unknown> => ({ schema: { description } });

const request = object("the request in which the API server receives the Service", {
  operation: optional(
    oneOf("the operation; if absent, update where there is an oldService, else create", [
      "create",
      "update",
      "status",
      "delete",
    ]),
  ),
  namespace: optional(text("the namespace; if absent, that of the Service, else default")),
  namespaceLabels: optional(mapOf("the labels of the namespace", text("the label's value"))),
  user: optional(text("the name of the user")),
  groups: optional(listOf("the groups of the user", text("a group"))),
  today: optional(text("the current day, YYYY-MM-DD, which ends exemptions; if absent, today", { format: "date" })),
  cluster: optional(
    oneOf("the cluster profile, as for `fairlead check --cluster-profile`; if absent, unknown", [
      ...BUILT_IN_PROFILES.keys(),
    ]),
  ),
  version: optional(
    text("the version of the API server, such as 1.36; if absent, that of `fairlead test`, else the newest known", {
      format: "kubernetes-version",
    }),
  ),
  featureGates: optional(mapOf("the feature gates of the API server that are not as by default", flag("its value"))),
});

const finding = object("an expected finding; fields that are absent are not compared", {
  rule: text("the rule's id, or the name or index of a validation: validations[0]"),
  path: optional(text("the path of the field, such as spec.ports[0].name")),
  action: optional(oneOf("the action", ["deny", "warn", "audit"])),
  policy: optional(text("the name of the policy")),
  message: optional(text("the message")),
  suppressed: withDefault(flag("whether an exemption covers the finding"), false),
});

const testCase = object("a case: a Service, and what is expected of it", {
  name: text("what the case shows", { minLength: 1 }),
  service: optional(anyObject("the Service as its author writes it; absent for a delete")),
  oldService: optional(anyObject("the stored Service, for an update, a write of the status or a delete")),
  others: optional(
    listOf("the other objects in the cluster, for rules that look at them: all there are", anyObject("an object")),
  ),
  request: optional(request),
  expect: object("the expected outcome, at least one of these; what is absent is not compared", {
    allowed: optional(flag("whether the API server and the policies admit the Service")),
    findings: optional(listOf("all findings of the policies, in any order; [] if there are none", finding)),
    admitted: optional(anyObject("fields of the Service after defaulting; null for a field that is absent")),
  }),
});

/** The shape of a policy test file. */
export const TEST_FILE_SHAPE = object("tests of ServicePolicies", {
  policies: listOf(
    "the policies: paths relative to this file, names of ready-made ones, or ServicePolicy objects",
    anything("a path, the name of a ready-made policy, or a ServicePolicy"),
    { minItems: 1 },
  ),
  cases: listOf("the cases", testCase, { minItems: 1 }),
});

/** One case of a test file. */
export type TestCase = ValueOf<typeof testCase>;
/** An expected finding; absent properties are not compared. */
export type ExpectedFinding = ValueOf<typeof finding>;
