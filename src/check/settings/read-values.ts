import { parseCIDR } from "../../net/index.ts";
import { type ClusterProfile, parsePortRange } from "../../service/cluster/index.ts";
import type { FieldValidation } from "../../service/decode/index.ts";
import { APPLY_MODES, type ApplyMode } from "../../service/merge/index.ts";
import { Unusable } from "../../usage/index.ts";

const FIELD_VALIDATION: ReadonlyMap<string, FieldValidation> = new Map([
  ["strict", "Strict"],
  ["warn", "Warn"],
  ["ignore", "Ignore"],
]);

/** Reads how unknown and duplicate fields are treated: `strict`, `warn` or `ignore`. @throws {Unusable} */
export function readFieldValidation(text: string): FieldValidation {
  const found = FIELD_VALIDATION.get(text.toLowerCase());
  if (found === undefined)
    throw new Unusable(`${quote(text)} is not a mode of field validation; write strict, warn or ignore`);
  return found;
}

/** Reads how manifests are applied: `client`, `server-side` or `replace`. @throws {Unusable} */
export function readApplyMode(text: string): ApplyMode {
  const found = APPLY_MODES.find((mode) => mode === text);
  if (found === undefined)
    throw new Unusable(`${quote(text)} is not a way to apply; write client, server-side or replace`);
  return found;
}

/** Reads `30000-32767`: the first and the last port of a range. @throws {Unusable} */
export function readPortRange(text: string): ClusterProfile["nodePortRange"] {
  const range = parsePortRange(text.trim());
  if (range === undefined) throw new Unusable(`${quote(text)} is not a range of ports; write one like 30000-32767`);
  return range;
}

/** Reads service CIDRs, separated by commas; the first one is of the primary family. @throws {Unusable} */
export function readServiceCIDRs(texts: readonly string[]): string[] {
  const ranges = texts.flatMap((text) => text.split(",")).map((text) => text.trim());
  for (const range of ranges) {
    if (parseCIDR(range) === undefined) {
      throw new Unusable(`${quote(range)} is not a CIDR; write one like 10.96.0.0/16 or fd00:10:96::/112`);
    }
  }
  return ranges;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
