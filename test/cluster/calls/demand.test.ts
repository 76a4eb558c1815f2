import { expect, it } from "@jest/globals";
import { demandsOf } from "#src/cluster/calls/demand.ts";
import type { PolicySet } from "#src/policy/model/types.ts";
import { policies } from "../../policy/support.ts";
import {
  admissionSet,
  bindingOf,
  mutatingPolicy,
  validatingPolicy,
} from "../../policy/admission-policies/documents.ts";

const NOTHING = { create: "nowhere", update: "nowhere", status: "nowhere", delete: "nowhere" };
const WRITES = { ...NOTHING, create: "everywhere", update: "everywhere" };
const TRUE = [{ expression: "true" }];

const validating = validatingPolicy("p", { validations: TRUE });
const onDelete = validatingPolicy("p", {
  validations: TRUE,
  matchConstraints: {
    resourceRules: [
      { apiGroups: ["*"], apiVersions: ["*"], operations: ["DELETE"], resources: ["*"] },
      { apiGroups: [""], apiVersions: ["v1"], operations: ["UPDATE"], resources: ["services/status"] },
    ],
  },
});
const mutating = mutatingPolicy("p", [{ jsonPatch: '[JSONPatch{op: "test", path: "/kind", value: "Service"}]' }]);

it.each<{ name: string; set: PolicySet; validate?: object; mutate?: object }>([
  { name: "validations are about writes", set: policies({ validations: TRUE }), validate: WRITES },
  {
    name: "about deletions if the policy names them, and in its namespaces",
    set: policies({ match: { operations: ["CREATE", "DELETE"], namespaces: ["team-*"] }, validations: TRUE }),
    validate: { ...NOTHING, create: ["team-*"], delete: ["team-*"] },
  },
  {
    name: "a ValidatingAdmissionPolicy is about what its rules name",
    set: admissionSet(validating, bindingOf(validating, "b")),
    validate: WRITES,
  },
  {
    name: "with any resource, and the status",
    set: admissionSet(onDelete, bindingOf(onDelete, "b")),
    validate: { ...NOTHING, status: "everywhere", delete: "everywhere" },
  },
  {
    name: "a MutatingAdmissionPolicy is asked when Services are mutated",
    set: admissionSet(mutating, bindingOf(mutating, "b")),
    mutate: WRITES,
  },
])("$name", ({ set, validate = NOTHING, mutate = NOTHING }) => {
  expect(demandsOf(set, { validates: false, fillsFamilies: false })).toEqual({ validate, mutate });
});
