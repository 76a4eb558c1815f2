import type { Entries, Entry, ReferenceEntry, ReferenceTarget } from "../../inventory/model/index.ts";
import type { AppliedSet } from "../layout/index.ts";
import { withChanges } from "./changed-entries.ts";
import { type FoundObject, isService } from "./found-object.ts";

/** A namespace and a name. */
export interface Place {
  readonly namespace: string;
  readonly name: string;
}

/** Whether the set leaves its objects as they are written. */
export function isPlain({ namespace, prefix = "", suffix = "" }: AppliedSet): boolean {
  return namespace === undefined && prefix === "" && suffix === "";
}

/** The namespace and name that an object gets when a set is applied. */
export function appliedPlace({ namespace, name }: Place, set: AppliedSet): Place {
  return { namespace: set.namespace ?? namespace, name: `${set.prefix ?? ""}${name}${set.suffix ?? ""}` };
}

/** What a set makes of its objects, by what kustomize does with names and namespaces. */
export class AppliedNames {
  /** The places that the Services of a written place get: those of two bases may differ. */
  readonly #services = new Map<string, Place[]>();

  /** Adds an object that the set, as it is for the object's file, changes. */
  add(object: FoundObject, set: AppliedSet): void {
    if (!isService(object)) return;
    const key = `${object.namespace}/${object.name}`;
    const places = this.#services.get(key);
    if (places === undefined) this.#services.set(key, [appliedPlace(object, set)]);
    else places.push(appliedPlace(object, set));
  }

  /** The object as the set applies it. */
  applied(object: FoundObject, set: AppliedSet): FoundObject {
    const changed =
      set.changes === undefined ? object : withChanges(object, appliedPlace(object, set).name, set.changes);
    return isPlain(set)
      ? changed
      : { ...changed, ...appliedPlace(object, set), entries: this.#entries(changed.entries, set) };
  }

  #entries(entries: Entries, set: AppliedSet): Entries {
    const { services, workloads, scalers, endpoints, quotas, grants, references } = entries;
    const placed = <Kind extends Entry>(entry: Kind): Kind => placedIn(set, entry);
    return {
      ...(services && { services: services.map(placed) }),
      ...(workloads && { workloads: workloads.map(placed) }),
      ...(scalers && {
        scalers: scalers.map((entry) => ({
          ...placed(entry),
          workload: { ...entry.workload, name: appliedPlace({ ...entry.workload, namespace: "" }, set).name },
        })),
      }),
      ...(endpoints && {
        endpoints: endpoints.map((entry) => ({
          ...placed(entry),
          service: this.#service({ namespace: entry.namespace, name: entry.service }, entry, set).name,
        })),
      }),
      ...(quotas && { quotas: quotas.map(placed) }),
      ...(grants && { grants: grants.map(placed) }),
      ...(references && { references: references.map((reference) => this.reference(reference, set)) }),
    };
  }

  /** A reference as the set applies it: kustomize renames what it names if that is in the same set. */
  reference(reference: ReferenceEntry, set: AppliedSet): ReferenceEntry {
    if (isPlain(set)) return reference;
    return { ...placedIn(set, reference), target: this.#target(reference, set) };
  }

  #target({ target, ...entry }: ReferenceEntry, set: AppliedSet): ReferenceTarget {
    if ("service" in target) {
      const { namespace, name } = this.#service({ namespace: target.namespace, name: target.service }, entry, set);
      return { namespace, service: name };
    }
    const { namespace } = set;
    if (namespace === undefined || target.namespaces === undefined) return target;
    return { ...target, namespaces: target.namespaces.map((one) => (one === entry.namespace ? namespace : one)) };
  }

  /** @param owner what names the Service */
  #service(written: Place, owner: Entry, set: AppliedSet): Place {
    const places = this.#services.get(`${written.namespace}/${written.name}`) ?? [];
    const sameWay = appliedPlace(written, set);
    const found = places.find(({ namespace, name }) => namespace === sameWay.namespace && name === sameWay.name);
    if (found !== undefined) return found;
    const [first] = places;
    if (first !== undefined) return first;
    const isOwnNamespace = written.namespace === owner.namespace;
    return { namespace: isOwnNamespace ? (set.namespace ?? written.namespace) : written.namespace, name: written.name };
  }
}

function placedIn<Kind extends Entry>(set: AppliedSet, entry: Kind): Kind {
  // What is in no namespace stays so.
  const { namespace, name } = appliedPlace(entry, entry.namespace === "" ? withoutNamespace(set) : set);
  const placed = { ...entry, namespace, name };
  if (set.namespace !== undefined) Reflect.deleteProperty(placed, "isNamespaceOpen");
  return placed;
}

function withoutNamespace(set: AppliedSet): AppliedSet {
  return { ...set, namespace: undefined };
}
