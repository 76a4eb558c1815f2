import type { Value } from "../../cel/values/index.ts";
import type { JsonObject } from "../../field/index.ts";
import { atomicPlaces, configurationProblems, mergeConfiguration } from "../../service/merge/index.ts";
import { configurationJson } from "./configuration-json.ts";
import { PatchFailure } from "./json-patch.ts";

/**
 * The object with the configuration merged into it that an expression has given. Source: `ApplyStructuredMergeDiff` of the API
 * server.
 * @param minor the minor version of the API server
 * @throws PatchFailure where the server refuses to
 */
export function applyConfiguration(object: JsonObject, result: Value, minor: number): JsonObject {
  const { apiVersion, kind } = object;
  const configuration = { ...configurationJson(result), apiVersion, kind };
  const problems = configurationProblems(configuration, minor);
  if (problems.length > 0) {
    const text =
      problems.length === 1 ? problems.join("") : ["errors:", ...problems.map((one) => `  ${one}`)].join("\n");
    throw new PatchFailure(`error applying patch: failed to convert patch object to typed object: ${text}`);
  }
  const atomics = atomicPlaces(configuration);
  if (atomics.length > 0) {
    throw new PatchFailure(
      `error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: ${atomics.join(", ")}`,
    );
  }
  return mergeConfiguration(object, configuration);
}
