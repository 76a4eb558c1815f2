import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isObject } from "#src/field/json.ts";
import { ROOT } from "#test/paths.ts";

/** What a container gets from its image. */
export interface Image {
  /** Where things of this machine are in the container, as `[in the container, here]`; nothing of it can be written. */
  readonly binds: readonly (readonly [string, string])[];
  readonly entrypoint: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
  /** A name for what is run, as `imageID`. */
  readonly id: string;
}

const NODE = join(ROOT, "node_modules", "node", "bin", "node");
const PARTS = ["dist", "policies", "package.json", "LICENSE"];

/**
 * The image that `Dockerfile` would make of a checkout that is built: its files, Node and this machine's libraries.
 * @param checkout the folder of the checkout.
 */
export async function imageOf(checkout = ROOT): Promise<Image> {
  const dockerfile = await readFile(join(checkout, "Dockerfile"), "utf8");
  const folder = /^WORKDIR (\/app)$/m.exec(dockerfile)?.[1];
  const entrypoint: unknown = JSON.parse(/^ENTRYPOINT (\[.*\])$/m.exec(dockerfile)?.[1] ?? "[]");
  if (folder === undefined || !isWords(entrypoint) || entrypoint.length === 0)
    throw new Error(`${checkout}/Dockerfile: neither WORKDIR /app nor an ENTRYPOINT was found`);
  const environment = Object.fromEntries(
    [...dockerfile.matchAll(/^ENV (\w+)=(\S+)$/gm)].map(([, name = "", value = ""]) => [name, value]),
  );
  return {
    binds: [...PARTS.map((part) => [`${folder}/${part}`, join(checkout, part)] as const), ["/opt/node/bin/node", NODE]],
    entrypoint,
    environment: { PATH: "/opt/node/bin:/usr/local/bin:/usr/bin:/bin", ...environment },
    folder,
    id: `file://${checkout}`,
  };
}

function isWords(value: unknown): value is string[] {
  return Array.isArray(value) && !isObject(value) && value.every((word) => typeof word === "string");
}
