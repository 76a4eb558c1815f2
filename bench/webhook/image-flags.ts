import { readFileSync } from "node:fs";
import { join } from "node:path";
import { commandOf, stagesOf } from "#test/docker/dockerfile.ts";

/** The flags that the image starts Node with, but for the limit of the heap, which follows a container's. */
export const IMAGE_FLAGS: readonly string[] = entrypoint()
  .slice(1, -2)
  .filter((flag) => !flag.startsWith("--max-old-space-size"));

function entrypoint(): readonly string[] {
  const dockerfile = readFileSync(join(import.meta.dirname, "../../Dockerfile"), "utf8");
  const instruction = stagesOf(dockerfile)
    .at(-1)
    ?.instructions.find(({ name }) => name === "ENTRYPOINT");
  if (instruction === undefined) throw new Error("the Dockerfile has no ENTRYPOINT");
  return commandOf(instruction);
}
