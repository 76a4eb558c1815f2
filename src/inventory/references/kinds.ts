import type { Finder } from "./found.ts";
import { inIngress } from "./ingress.ts";
import { inStatefulSet } from "./stateful-set.ts";

/** Kinds of a group whose objects name Services in the same way. */
interface Referrer {
  readonly groups: readonly string[];
  readonly kinds: readonly string[];
  readonly find: Finder;
  /** Whether the objects are in no namespace. */
  readonly isClusterScoped?: true;
}

/** What names Services. The version does not matter: the finders know the fields of each. */
const REFERRERS: readonly Referrer[] = [
  { groups: ["networking.k8s.io", "extensions"], kinds: ["Ingress"], find: inIngress },
  { groups: ["apps"], kinds: ["StatefulSet"], find: inStatefulSet },
];

const byKind = new Map(
  REFERRERS.flatMap((referrer) =>
    referrer.groups.flatMap((group) => referrer.kinds.map((kind) => [`${group}/${kind}`, referrer] as const)),
  ),
);

/** How objects of this kind name Services; undefined if they do not. */
export function referrerOf(group: string, kind: string): Referrer | undefined {
  return byKind.get(`${group}/${kind}`);
}
