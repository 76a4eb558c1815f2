import type { Path } from "../../field/path.ts";
import { type CIDR, parseCIDR } from "../../net/cidr.ts";
import type { Service } from "../../service/types.ts";
import { ANNOTATIONS, entryOf, SOURCE_RANGES, SPEC } from "./shared.ts";

export const SOURCE_RANGES_FIELD = SPEC.child("loadBalancerSourceRanges");

/** Annotations by which a cloud lets in more than the source ranges say. */
const MORE_RANGES = ["service.beta.kubernetes.io/azure-allowed-ip-ranges"];

/** Who is let in. */
export interface Range {
  readonly cidr: CIDR;
  readonly found: string;
  readonly path: Path;
  /** Where the list is that it stands in. */
  readonly list: Path;
}

/** The ranges that count: those of the field, else those of the annotation. What cannot be read the server refuses. */
export function sourceRanges({ metadata, spec }: Service): readonly Range[] {
  const field = spec.loadBalancerSourceRanges ?? [];
  return field.length > 0
    ? field.flatMap((found, index) => range(found, SOURCE_RANGES_FIELD.index(index), SOURCE_RANGES_FIELD))
    : listed(metadata.annotations, SOURCE_RANGES);
}

/** Whether there are any: the first that can be read is enough. */
export function hasSourceRanges({ metadata, spec }: Service): boolean {
  const field = spec.loadBalancerSourceRanges ?? [];
  const texts = field.length > 0 ? field : (entryOf(metadata.annotations, SOURCE_RANGES) ?? "").split(",");
  return texts.some((text) => parseCIDR(text.trim()) !== undefined);
}

/** The ranges that are let in beside those. */
export function moreRanges({ metadata }: Service): readonly Range[] {
  return MORE_RANGES.flatMap((key) => listed(metadata.annotations, key));
}

function listed(annotations: Readonly<Record<string, string>> | undefined, key: string): readonly Range[] {
  return (entryOf(annotations, key) ?? "")
    .split(",")
    .flatMap((found) => range(found, ANNOTATIONS.key(key), ANNOTATIONS.key(key)));
}

function range(text: string, path: Path, list: Path): readonly Range[] {
  const found = text.trim();
  const cidr = parseCIDR(found);
  return cidr === undefined ? [] : [{ cidr, found, path, list }];
}
