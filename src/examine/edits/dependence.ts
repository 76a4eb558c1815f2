import type { Finding } from "../../service/findings/index.ts";
import type { KeyPath } from "../../text/document/index.ts";

/** What is judged by the value of a field: without the value, such findings say nothing. */
interface Dependence {
  /** The field, by its path without list positions. */
  readonly field: RegExp;
  readonly codes?: readonly Finding["code"][];
  /** The fields that are judged by it. */
  readonly fields?: RegExp;
  /** Whether this holds only within one list item. */
  readonly isWithinItem?: true;
}

const ADDRESSES = /^spec\.(clusterIPs?|ipFamilies|ipFamilyPolicy)\b/;

/** Source: section "Validation" of the Service reference. */
const DEPENDENCES: readonly Dependence[] = [
  { field: /^metadata(\.name|\.generateName)?$/, codes: ["name-required", "address-without-name"] },
  { field: /^spec\.type$/, fields: /^spec\b/, codes: ["only-load-balancer"] },
  { field: ADDRESSES, fields: ADDRESSES, codes: ["ports-required", "headless-type", "address-without-name"] },
  { field: /^spec\.selector$/, fields: ADDRESSES },
  { field: /^spec\.externalIPs$/, codes: ["external-policy-not-reachable"] },
  { field: /^spec\.externalTrafficPolicy$/, codes: ["health-check-port-unused"] },
  {
    field: /^spec\.ports\b/,
    fields: /^spec\.ports$/,
    codes: ["duplicate-port", "duplicate-node-port", "node-port-collides", "node-port-taken"],
  },
  { field: /^spec\.ports\.port$/, codes: ["port-range"], isWithinItem: true },
  { field: /^metadata\.annotations\b/, codes: ["topology-annotations-differ"] },
];

/** Whether a finding may depend on a value that cannot be read: it is about that value, or is judged by it. */
export function dependsOn({ code, path }: Finding, unread: KeyPath): boolean {
  const keys = path.keys();
  const shared = Math.min(keys.length, unread.length);
  if (unread.slice(0, shared).every((key, index) => key === keys[index])) return true;
  const isSameItem = itemOf(unread) === itemOf(keys);
  const [field, about] = [unread, keys].map((each) => each.filter((key) => typeof key === "string").join("."));
  return DEPENDENCES.some(
    (one) =>
      one.field.test(field ?? "") &&
      (one.isWithinItem !== true || isSameItem) &&
      (one.codes?.includes(code) === true || one.fields?.test(about ?? "") === true),
  );
}

/** The position of the first list item on the way. */
function itemOf(keys: KeyPath): string | number | undefined {
  return keys.find((key) => typeof key === "number");
}
