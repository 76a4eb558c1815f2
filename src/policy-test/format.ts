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
} from "../policy/schema/index.ts";

const anything = (description: string): Shape<unknown> => ({ schema: { description } });

const request = object("what is being done, and by whom", {
  operation: optional(oneOf("the operation", ["create", "update", "delete"])),
  namespace: optional(text("the namespace; that of the Service where absent")),
  namespaceLabels: optional(mapOf("the namespace's labels", text("a value"))),
  user: optional(text("the user's name")),
  groups: optional(listOf("the user's groups", text("a group"))),
  today: optional(text("the day of the judgement; the real one where absent", { format: "date" })),
  cluster: optional(oneOf("the cluster's address families", ["ipv4", "ipv6", "dual", "dual6"])),
  version: optional(text("the Kubernetes version, such as 1.36", { format: "kubernetes-version" })),
});

const finding = object("a finding: what is given must be equal", {
  rule: text("the rule's id"),
  path: optional(text("where")),
  action: optional(oneOf("the action", ["deny", "warn", "audit"])),
  policy: optional(text("the policy's name")),
  message: optional(text("the sentence")),
  suppressed: optional(flag("whether an exemption covers it; false where absent")),
});

const testCase = object("one case", {
  name: text("what is shown", { minLength: 1 }),
  service: optional(anyObject("the Service, as its author writes it; absent for a delete")),
  oldService: optional(anyObject("the Service before, for an update or a delete")),
  request: optional(request),
  expect: object("what should come of it; what is absent is not looked at", {
    allowed: optional(flag("whether the Service is let in: by the API server and by the policies")),
    findings: optional(listOf("all findings, in any order", finding)),
    admitted: optional(anyObject("fields of the Service after the defaults; null for one that must be absent")),
  }),
});

/** The shape of a policy test file. */
export const TEST_FILE_SHAPE = object("a test of policies", {
  policies: listOf("files beside this one, names of ready-made sets, or policies themselves", anything("a policy"), {
    minItems: 1,
  }),
  cases: listOf("the cases", testCase, { minItems: 1 }),
});

/** One case of a test file. */
export type TestCase = ValueOf<typeof testCase>;
/** An expected finding; absent properties are not compared. */
export type ExpectedFinding = ValueOf<typeof finding>;
