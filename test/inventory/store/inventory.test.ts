import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { claimsOf } from "#src/inventory/claims/index.ts";
import {
  type Entries,
  type Entry,
  type InventoryView,
  type Labels,
  type LabelSelector,
  NEEDS,
  type ReferenceEntry,
  type ServiceEntry,
  type WorkloadEntry,
} from "#src/inventory/model/index.ts";
import { Inventory, sliceFor, viewOfSlice } from "#src/inventory/store/index.ts";

const NEEDED = new Set(NEEDS);
const NAMESPACES = ["x", "y"];
const NAMES = ["a", "b"];

const entry = fc.record(
  {
    namespace: fc.constantFrom(...NAMESPACES),
    name: fc.constantFrom(...NAMES),
    isNamespaceOpen: fc.constant(true as const),
  },
  { requiredKeys: ["namespace", "name"] },
);
const value = fc.constantFrom("1", "2", "");
const labels = fc.dictionary(fc.constantFrom("p", "q", "__proto__"), value, { maxKeys: 3, noNullPrototype: true });
/** An entry with these parts besides namespace and name. */
function kindOf<Parts extends object>(parts: fc.Arbitrary<Parts>): fc.Arbitrary<Entry & Parts> {
  return fc.tuple(entry, parts).map(([identity, more]) => ({ ...identity, ...more }));
}

const service: fc.Arbitrary<ServiceEntry> = kindOf(
  fc.record(
    {
      type: fc.constant("LoadBalancer"),
      isHeadless: fc.constant(false),
      ports: fc.constant([{ port: 80, protocol: "TCP" }]),
      selector: labels,
      labels,
      externalIPs: fc.constant(["192.0.2.1"]),
    },
    { requiredKeys: ["type", "isHeadless", "ports"] },
  ),
);
const workload: fc.Arbitrary<WorkloadEntry> = kindOf(
  fc.record(
    { kind: fc.constantFrom("Deployment", "StatefulSet"), labels, replicas: fc.constant(1) },
    { requiredKeys: ["kind", "labels"] },
  ),
);
const scaler = kindOf(
  fc.record({ workload: fc.record({ kind: fc.constant("Deployment"), name: fc.constantFrom(...NAMES) }) }),
);
const target = fc.oneof(
  fc.record({ namespace: fc.constantFrom(...NAMESPACES), service: fc.constantFrom(...NAMES) }),
  fc.record({
    selector: fc.record(
      { matchLabels: labels, matchExpressions: fc.constant([{ key: "p", operator: "NotIn", values: ["1"] }]) },
      { requiredKeys: [] },
    ) satisfies fc.Arbitrary<LabelSelector>,
    namespaces: fc.option(fc.constant(["x"]), { nil: undefined }),
  }),
);
const reference: fc.Arbitrary<ReferenceEntry> = kindOf(
  fc.record({ group: fc.constant(""), kind: fc.constant("Ingress"), keys: fc.constant(["spec"]), target }),
);
const endpoints = kindOf(fc.record({ service: fc.constantFrom(...NAMES) }));
const quota = kindOf(fc.record({ services: fc.nat(2) }));
const grant = kindOf(fc.constant({ from: [], services: undefined }));

const entries: fc.Arbitrary<Entries> = fc.oneof(
  fc.record({ services: fc.tuple(service) }),
  fc.record({ workloads: fc.tuple(workload), references: fc.array(reference, { maxLength: 2 }) }),
  fc.record({ scalers: fc.tuple(scaler) }),
  fc.record({ references: fc.tuple(reference) }),
  fc.record({ endpoints: fc.tuple(endpoints) }),
  fc.record({ quotas: fc.tuple(quota) }),
  fc.record({ grants: fc.tuple(grant) }),
);
const changes = fc.array(fc.tuple(fc.constantFrom("1", "2", "3", "4", "5"), fc.option(entries)), { maxLength: 30 });

function sorted(found: Iterable<unknown>): readonly string[] {
  return Array.from(found, (one) => JSON.stringify(one)).sort();
}

function hasLabel(one: WorkloadEntry, [key, text]: readonly [string, string]): boolean {
  return Object.hasOwn(one.labels, key) && one.labels[key] === text;
}

/** The workloads that have all of the labels but one; without labels, a workload is near to nothing. */
function nearest(workloads: Iterable<WorkloadEntry>, selector: Labels): readonly WorkloadEntry[] {
  const wanted = Object.entries(selector);
  return [...workloads].filter(
    (one) => Object.keys(one.labels).length > 0 && wanted.filter((pair) => !hasLabel(one, pair)).length === 1,
  );
}

/** What the view says of a Service. */
function aboutOf(view: InventoryView, one: ServiceEntry): unknown {
  const { namespace, name, selector = {} } = one;
  return {
    services: sorted(view.servicesIn(namespace)),
    found: [false, true].map((isOpen) => sorted(view.findServices(namespace, name, isOpen))),
    claimants: claimsOf(one).map((claim) => sorted(view.claimants(claim))),
    selecting: Object.entries(selector).map(([key, text]) => sorted(view.servicesSelectingBy(key, text))),
    quotas: sorted(view.quotasIn(namespace)),
    references: sorted(view.referencesTo(one)),
    workloads: sorted(view.workloadsWith(selector, namespace)),
    near: [false, true].map((isOpen) => sorted(nearest(view.workloadsNear(selector, namespace, isOpen), selector))),
    all: sorted(view.workloadsIn(namespace)),
    endpoints: sorted(view.endpointsOf(namespace, name)),
    grants: sorted(view.grantsIn(namespace)),
  };
}

/** The inventory after the changes, and one of what is left. */
function after(steps: readonly (readonly [string, Entries | null])[]): { changed: Inventory; anew: Inventory } {
  const changed = new Inventory(true, NEEDED);
  const left = new Map<string, Entries>();
  for (const [key, one] of steps) {
    if (one === null) changed.delete(key);
    else changed.set(key, one);
    if (one === null) left.delete(key);
    else left.set(key, one);
  }
  const anew = new Inventory(true, NEEDED);
  for (const [key, one] of left) anew.set(key, structuredClone(one));
  return { changed, anew };
}

describe("an inventory", () => {
  it("is what is left after any changes", () => {
    fc.assert(
      fc.property(changes, service, (steps, one) => {
        const { changed, anew } = after(steps);
        expect(changed.size).toBe(anew.size);
        const [view, expected] = [changed.view(), anew.view()];
        for (const namespace of NAMESPACES) {
          for (const name of NAMES) {
            const asked = { ...one, namespace, name };
            expect(aboutOf(view, asked)).toEqual(aboutOf(expected, asked));
          }
        }
        expect(sorted(view.allServices(undefined))).toEqual(sorted(expected.allServices(undefined)));
        expect(sorted(view.allServices(["x"]))).toEqual(sorted(expected.allServices(["x"])));
      }),
    );
  });

  it("has a slice for a Service that says the same about it", () => {
    fc.assert(
      fc.property(changes, service, service, (steps, one, old) => {
        const view = after(steps).changed.view();
        const before = { ...old, namespace: one.namespace, name: one.name };
        const slice = viewOfSlice(structuredClone(sliceFor(view, one, before)));
        expect(aboutOf(slice, one)).toEqual(aboutOf(view, one));
        expect(aboutOf(slice, before)).toEqual(aboutOf(view, before));
        expect(slice.isComplete).toBe(true);
      }),
    );
  });

  it("finds what a search of everything finds", () => {
    fc.assert(
      fc.property(fc.array(workload, { maxLength: 8 }), labels, (workloads, selector) => {
        const inventory = new Inventory(true, NEEDED);
        for (const [key, one] of workloads.entries()) inventory.set(String(key), { workloads: [one] });
        const there = workloads.filter((one) => one.namespace === "x" || one.isNamespaceOpen === true);
        const wanted = Object.entries(selector);
        const expected = there.filter((one) => wanted.length > 0 && wanted.every((pair) => hasLabel(one, pair)));
        const view = inventory.view();
        expect(sorted(view.workloadsWith(selector, "x"))).toEqual(sorted(expected));
        expect(sorted(nearest(view.workloadsNear(selector, "x"), selector))).toEqual(sorted(nearest(there, selector)));
      }),
    );
  });
});
