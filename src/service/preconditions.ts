import { Path } from "../field/index.ts";
import type { Finding } from "./findings/index.ts";
import type { WriteMethod } from "./decode/index.ts";
import type { ObjectMeta } from "./schema/index.ts";

const METADATA = Path.root.child("metadata");
const LARGEST = 2n ** 64n - 1n;

/** A resource version as the server's storage reads it; undefined if it is no number, 0 if it is absent. */
export function parseResourceVersion(text: string | undefined): bigint | undefined {
  if (text === undefined) return 0n;
  // No more digits are converted than a number can have: the text may be huge.
  const [, digits] = /^0*(\d{1,20})$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const version = BigInt(digits);
  return version <= LARGEST ? version : undefined;
}

/**
 * Why a write is a conflict, or fails, before it is looked at any further: an update, or an apply that creates. Source:
 * `Update` of the generic registry, `Preconditions.Check` of its storage.
 * @param old the metadata of the stored object; undefined for a new one
 */
export function findConflict(
  metadata: ObjectMeta,
  old: ObjectMeta | undefined,
  method: WriteMethod | undefined,
): Finding | undefined {
  if (old === undefined && method !== "apply") return undefined;
  return findUidConflict(metadata, old, method) ?? findVersionConflict(metadata, old);
}

/** The uid is that of another object. A patch of a stored object with another uid gets as far as validation. */
function findUidConflict(
  { uid }: ObjectMeta,
  old: ObjectMeta | undefined,
  method: WriteMethod | undefined,
): Finding | undefined {
  if (uid === undefined || uid === old?.uid) return undefined;
  if (old === undefined) return { code: "uid-conflict", path: METADATA.child("uid"), found: uid };
  if (method !== undefined || old.uid === undefined) return undefined;
  return { code: "uid-conflict", path: METADATA.child("uid"), found: uid, facts: { other: old.uid } };
}

/** The resource version is not the stored one, or is no number. The stored one is unknown if it is absent. */
function findVersionConflict({ resourceVersion }: ObjectMeta, old: ObjectMeta | undefined): Finding | undefined {
  const path = METADATA.child("resourceVersion");
  const version = parseResourceVersion(resourceVersion);
  if (version === undefined) return { code: "resource-version-format", path, found: resourceVersion };
  const stored = parseResourceVersion(old?.resourceVersion) ?? 0n;
  if (version === 0n || stored === 0n || version === stored) return undefined;
  return { code: "stale-resource-version", path, found: resourceVersion, facts: { other: String(stored) } };
}
