import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The flags that the image starts Node with, but for the limit of the heap, which follows a container's. */
export const IMAGE_FLAGS: readonly string[] = entrypoint()
  .slice(1, -2)
  .filter((flag) => !flag.startsWith("--max-old-space-size"));

function entrypoint(): readonly string[] {
  const dockerfile = readFileSync(join(import.meta.dirname, "../../Dockerfile"), "utf8");
  const command: unknown = JSON.parse(/^ENTRYPOINT (\[.*\])$/m.exec(dockerfile)?.[1] ?? "[]");
  if (!Array.isArray(command)) throw new Error("the Dockerfile has no ENTRYPOINT");
  return command.map(String);
}
