import type { JsonObject } from "../../field/index.ts";
import type { Entries } from "../model/index.ts";
import { grantsIn, referencesIn } from "../references/index.ts";
import { type ExtractOptions, typeOf } from "../read/index.ts";
import { endpointsEntry, sliceEntry } from "./endpoints-entry.ts";
import { isMadeByWorkload } from "./owners.ts";
import { experimentsOf } from "./experiments.ts";
import { quotaEntry } from "./quota-entry.ts";
import { scalerEntry } from "./scaler-entry.ts";
import { serviceEntry } from "./service-entry.ts";
import { templatesIn } from "./templates-in.ts";
import { isWorkloadKind, workloadEntry } from "./workload-entry.ts";

type Extractor = (object: JsonObject, options: ExtractOptions) => Entries;

/** The kinds of which one entry is kept, besides workloads and references; `group/kind`. */
const KINDS: Readonly<Record<string, Extractor>> = {
  "/Service": (object, options) => ({ services: [serviceEntry(object, options.namespace, options)] }),
  "/Endpoints": (object, options) => {
    const entry = endpointsEntry(object, options);
    return entry === undefined ? {} : { endpoints: [entry] };
  },
  "discovery.k8s.io/EndpointSlice": (object, options) => {
    const entry = sliceEntry(object, options);
    return entry === undefined ? {} : { endpoints: [entry] };
  },
  "/ResourceQuota": (object, options) => {
    const entry = quotaEntry(object, options);
    return entry === undefined ? {} : { quotas: [entry] };
  },
};

/**
 * What an inventory keeps of an object; undefined for one that it does not know or of which it keeps nothing. Never
 * throws, whatever is in the object; of an object that has nothing but metadata, it keeps what that tells. Lists are the caller's matter.
 */
export function entriesOf(object: JsonObject, options: ExtractOptions): Entries | undefined {
  const type = typeOf(object);
  if (type === undefined) return undefined;
  const { group, kind } = type;
  const key = `${group}/${kind}`;
  const workload = isMadeByWorkload(kind, object) ? undefined : workloadEntry(group, kind, object, options);
  const experiments = workload === undefined ? [] : experimentsOf(group, workload, object);
  const templates = isWorkloadKind(group, kind) ? [] : templatesIn(group, kind, object, options);
  const scaler = scalerEntry(group, kind, object, options);
  const grants = grantsIn(object, options);
  const references = referencesIn(object, options);
  const entries: Entries = {
    ...(Object.hasOwn(KINDS, key) && KINDS[key]?.(object, options)),
    ...(workload !== undefined && { workloads: [workload, ...experiments] }),
    ...(templates.length > 0 && { workloads: templates }),
    ...(scaler !== undefined && { scalers: [scaler] }),
    ...(grants.length > 0 && { grants }),
    ...(references.length > 0 && { references }),
  };
  return Object.keys(entries).length === 0 ? undefined : entries;
}
