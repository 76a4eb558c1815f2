import { type Path, trimSpace } from "../../../field/index.ts";
import { type CIDR, parseCIDR } from "../../../net/index.ts";
import type { Service } from "../../../service/schema/index.ts";
import { type Cel, quoted } from "../../in-cel/index.ts";
import { ANNOTATIONS, ownValue, SOURCE_RANGES, SPEC } from "../kit/index.ts";

/** The path of the field for source ranges. */
export const SOURCE_RANGES_FIELD = SPEC.child("loadBalancerSourceRanges");

/** Annotations of clouds that admit ranges in addition to the source ranges. */
const ADDITIONAL_RANGES = ["service.beta.kubernetes.io/azure-allowed-ip-ranges"];

/** A source range, from which traffic is admitted. */
export interface SourceRange {
  readonly cidr: CIDR;
  /** The range as written. */
  readonly found: string;
  readonly path: Path;
  /** The path of the list that contains the range. */
  readonly list: Path;
}

/** The effective ranges: those of the field, else those of the annotation. The API server refuses invalid ones. */
export function sourceRanges({ metadata, spec }: Service): readonly SourceRange[] {
  const field = spec.loadBalancerSourceRanges ?? [];
  return field.length > 0
    ? field.flatMap((found, index) => parseRange(found, SOURCE_RANGES_FIELD.index(index), SOURCE_RANGES_FIELD))
    : rangesOf(metadata.annotations, SOURCE_RANGES);
}

/** Whether there are valid ranges, none of which is the whole internet: 0.0.0.0/0 and ::/0 let everyone in. */
export function limitsSources({ metadata, spec }: Service): boolean {
  const field = spec.loadBalancerSourceRanges ?? [];
  const texts = field.length > 0 ? field : (ownValue(metadata.annotations, SOURCE_RANGES) ?? "").split(",");
  const ranges = texts.map((text) => parseCIDR(trimSpace(text))).filter((range) => range !== undefined);
  return ranges.length > 0 && ranges.every(({ prefix }) => prefix > 0);
}

/** The additional ranges from annotations of clouds. */
export function additionalRanges({ metadata }: Service): readonly SourceRange[] {
  return ADDITIONAL_RANGES.flatMap((key) => rangesOf(metadata.annotations, key));
}

/**
 * The texts of {@link sourceRanges} in CEL, for Services that the API server has accepted: it has read them.
 */
export const RANGE_VARIABLES: Readonly<Record<string, Cel>> = {
  sourceRanges:
    "object.spec.?loadBalancerSourceRanges.orValue([]).size() > 0 ? " +
    `object.spec.loadBalancerSourceRanges.map(one, one.trim()) : ${textsOf(SOURCE_RANGES)}.filter(one, one != "")`,
};

/** Both as lists in CEL, with expressions for the path of the range at `index`. */
export const RANGE_LISTS: readonly { readonly of: Cel; readonly path: Cel }[] = [
  {
    of: "variables.sourceRanges",
    path:
      "(object.spec.?loadBalancerSourceRanges.orValue([]).size() > 0 ? " +
      `"spec.loadBalancerSourceRanges[" + string(index) + "]" : ${quoted(ANNOTATIONS.key(SOURCE_RANGES).toString())})`,
  },
  ...ADDITIONAL_RANGES.map((key) => ({
    of: `${textsOf(key)}.filter(one, isCIDR(one))`,
    path: quoted(ANNOTATIONS.key(key).toString()),
  })),
];

/** {@link limitsSources} in CEL. */
export const LIMITS_SOURCES: Cel = `variables.sourceRanges.size() > 0 && !variables.sourceRanges.exists(one, one.matches("/0+$"))`;

/** The texts of an annotation, separated by commas. */
function textsOf(key: string): Cel {
  return `variables.annotations[?${quoted(key)}].orValue("").split(",").map(one, one.trim())`;
}

function rangesOf(annotations: Readonly<Record<string, string>> | undefined, key: string): readonly SourceRange[] {
  return (ownValue(annotations, key) ?? "")
    .split(",")
    .flatMap((found) => parseRange(found, ANNOTATIONS.key(key), ANNOTATIONS.key(key)));
}

function parseRange(text: string, path: Path, list: Path): readonly SourceRange[] {
  const found = trimSpace(text);
  const cidr = parseCIDR(found);
  return cidr === undefined ? [] : [{ cidr, found, path, list }];
}
